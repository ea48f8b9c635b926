"""Marks in the index of words: what a quote can be asked for beside its words."""

from typing import Final

# Marks stand in the index like words; from the private area, so that nobody can type them.
MATURE: Final = "\ue000m"
SPOILER: Final = ("", "\ue000s1", "\ue000s2")


def speaker_mark(place: int) -> str:
    """Mark the quotes of a speaker by their place among the people."""
    return f"\ue001{place}"


def topic_mark(place: int) -> str:
    """Mark the quotes on a topic by its place among the topics."""
    return f"\ue002{place}"
