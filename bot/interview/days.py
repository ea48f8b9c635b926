"""What a day shows: the same for everyone, without anything being stored."""

from typing import Final

from bot.interview.permutation import permuted

SECONDS_A_DAY: Final = 86_400
# From the golden ratio: the seeds of turns that follow each other share few bits.
_SPREAD: Final = 0x9E37


def day_of(unix_seconds: float) -> int:
    """Give the UTC day, counted since 1970."""
    return int(unix_seconds // SECONDS_A_DAY)


def begins_at(day: int) -> int:
    """Give the unix time at which a day begins."""
    return day * SECONDS_A_DAY


def place_of_day(day: int, size: int) -> int:
    """Choose one of `size` places for a day: all of them in turn, in an order for each turn."""
    turn, place = divmod(day, size)
    return permuted(place, size, turn * _SPREAD + size)
