"""A transcript made into a pack: planned first, so that nothing changes before somebody agreed."""
