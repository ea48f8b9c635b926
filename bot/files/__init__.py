"""Files from anybody: what may be read of them, and how much."""
