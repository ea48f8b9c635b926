"""What an editor may want to change in a pack though nothing in it is wrong."""
