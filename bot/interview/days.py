"""What a day shows: the same for everyone, without anything being stored."""

from typing import Final, NamedTuple

from bot.interview.permutation import permuted

# From the golden ratio: the seeds of turns that follow each other share few bits.
_SPREAD: Final = 0x9E37


class DayShare(NamedTuple):
    """Which of several that are shown on a day: of `total` the one at `place`, from 0 on."""

    place: int = 0
    total: int = 1


ONLY: Final = DayShare()


def place_of_day(day: int, size: int, share: DayShare = ONLY) -> int:
    """Choose one of `size` places for a day: all of them in turn, in an order for each turn.

    Those who share a day get places of their own, as far as there are so many.
    """
    count = min(share.total, size)
    # A turn ends with a day: one that went on in the middle of it could bring a place twice.
    turn, days = divmod(day, size // count)
    return permuted(days * count + share.place % count, size, turn * _SPREAD + size)
