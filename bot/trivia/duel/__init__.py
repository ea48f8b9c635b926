"""Duels: two members, the same questions, each in their own time."""
