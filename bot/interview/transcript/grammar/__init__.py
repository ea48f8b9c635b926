"""The shapes in which a file marks a new voice: found by what they explain, then applied."""
