"""What an editor does: checks a pack, loads a transcript, looks at it."""
