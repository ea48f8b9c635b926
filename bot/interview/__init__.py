"""The content: files in, typed rows out."""
