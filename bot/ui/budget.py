"""The one budget of a message: what its texts may hold together, and which of them give way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord

from bot.letters import cut, units
from bot.ui.markdown import plain_cut

MAX_TEXT: Final = 3850
"""Units of one message, over all its texts: of the 4,000 that Discord shows, a line may follow."""
# Less of a passage says little, so a list rather goes on on another page.
_LEAST: Final = 280


@dataclass(frozen=True, slots=True)
class FlexibleText:
    """A text that gives way where a message has no room for all of it.

    What stands `before` and `after` it stays; one that is `first` gives way last. `write` makes a
    text safe to be shown, within a number of units.
    """

    text: str
    before: str = ""
    after: str = ""
    is_first: bool = False
    write: Callable[[str, int], str] = plain_cut

    def within(self, room: int) -> str:
        return f"{self.before}{self.write(self.text, room)}{self.after}"


Line = str | FlexibleText
"""Part of a message's text: what stays as it is, or what gives way."""


class TextBlock(discord.ui.TextDisplay[Any]):
    """Lines that stand together, whole until a budget shortens them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        super().__init__("\n".join(_within(line, MAX_TEXT) for line in lines))

    @property
    def words(self) -> list[FlexibleText]:
        return [line for line in self.lines if isinstance(line, FlexibleText)]

    def shorten(self, rooms: dict[int, int]) -> None:
        """Write the words again, each in its room, which stands under its `id`."""
        self.content = "\n".join(_within(line, rooms.get(id(line), 0)) for line in self.lines)


def spend(texts: Sequence[discord.ui.TextDisplay[Any]]) -> None:
    """Shorten texts that are too long to stand in one message; most fit as they are."""
    excess = _size(texts) - MAX_TEXT
    if excess <= 0:
        return
    blocks = [text for text in texts if isinstance(text, TextBlock)]
    rooms = _rooms([words for block in blocks for words in block.words], excess)
    for block in blocks:
        block.shorten(rooms)
    if _size(texts) > MAX_TEXT:
        level = _level([units(text.content) for text in texts], MAX_TEXT)
        for text in texts:
            text.content = cut(text.content, level)


def pages(entries: Sequence[Line], around: Sequence[Line]) -> list[range]:
    """Lay a list out on pages that each fit into a message, beside the lines around them."""
    room = left = MAX_TEXT - sum(map(_least, around))
    laid_out: list[range] = []
    start = 0
    for n, entry in enumerate(entries):
        size = _least(entry)
        if size > left and n > start:
            laid_out.append(range(start, n))
            start, left = n, room
        left -= size
    return [*laid_out, range(start, len(entries))]


def _rooms(words: Sequence[FlexibleText], excess: int) -> dict[int, int]:
    """Give each text its room, by `id`: the longest give way together, the first ones last."""
    sizes = {id(each): units(each.write(each.text, MAX_TEXT)) for each in words}
    first = [sizes[id(each)] for each in words if each.is_first]
    rest = [sizes[id(each)] for each in words if not each.is_first]
    room = sum(first) + sum(rest) - excess
    first_level = _level(first, room - sum(min(size, _LEAST) for size in rest))
    rest_level = _level(rest, room - sum(min(size, first_level) for size in first))
    return {id(each): first_level if each.is_first else rest_level for each in words}


def _level(sizes: Sequence[int], room: int) -> int:
    """Give the length beyond which texts are cut, so that together they fit into a room."""
    for n, size in enumerate(sorted(sizes)):
        share = room // (len(sizes) - n)
        if size > share:
            return max(1, share)
        room -= size
    return MAX_TEXT


def _within(line: Line, room: int) -> str:
    return line if isinstance(line, str) else line.within(room)


def _least(line: Line) -> int:
    """Give the units that a line needs at least, with its end."""
    is_first = isinstance(line, FlexibleText) and line.is_first
    return units(_within(line, MAX_TEXT if is_first else _LEAST)) + 1


def _size(texts: Sequence[discord.ui.TextDisplay[Any]]) -> int:
    return sum(units(text.content) for text in texts)
