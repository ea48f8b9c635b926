"""A folder of text files that an editor edits: read, validated, every mistake told."""
