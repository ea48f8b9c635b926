"""What a day shows: the same for everyone, without anything being stored."""

from typing import Final

from bot.interview.permutation import permuted

# From the golden ratio: the seeds of turns that follow each other share few bits.
_SPREAD: Final = 0x9E37


def place_of_day(day: int, size: int) -> int:
    """Choose one of `size` places for a day: all of them in turn, in an order for each turn."""
    turn, place = divmod(day, size)
    return permuted(place, size, turn * _SPREAD + size)
