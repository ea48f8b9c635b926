"""A game of several rounds in a channel: led from its first question to its board."""
