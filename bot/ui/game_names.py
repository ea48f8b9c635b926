"""Members in a list that stays short, however many they are."""

from collections.abc import Sequence
from typing import Final

from bot.interview.audience import Reader
from bot.text import Text, _
from bot.ui.quote_cards import more_of

NAMED: Final = 10
"""Members who are named in a list."""
_ORDINALS: Final = {1: _("1st"), 2: _("2nd"), 3: _("3rd")}


def listed(names: Sequence[str], total: int, reader: Reader) -> str:
    """Write the first of some names, and how many of the total are not named."""
    first = list(names[:NAMED])
    if len(first) < total and first:
        return f"{', '.join(first)} {reader.say(more_of(total - len(first)))}"
    return ", ".join(first)


def ordinal(place: int) -> Text:
    """Write a place as it is said in a sentence: 2nd, 14th, number 21."""
    if place in _ORDINALS:
        return _ORDINALS[place]
    return _("{place}th", place=place) if place <= 20 else _("number {place}", place=place)
