"""Whether a body is within Discord's limits, and what is wrong with it where it is not."""
