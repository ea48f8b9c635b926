"""Copies of the state and the loaded interviews: written, kept for some days, and put back."""
