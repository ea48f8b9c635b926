"""Long texts read a piece at a time: what libraries make of one takes many times its room."""

from collections.abc import Callable, Iterator
from typing import Final

_SIZE: Final = 50_000
"""Characters of a piece; it goes on to the next empty line."""


def chunks(text: str, marks: Callable[[str], int] = lambda _part: 0) -> Iterator[tuple[int, str]]:
    """Cut a text at empty lines; gives how many lines are before each piece, and the piece.

    `marks` counts what opens in a part of it or closes: what is open yet goes on.
    """
    start = before = 0
    while start < len(text):
        piece = text[start : _end(text, start, marks)]
        yield before, piece
        before += piece.count("\n")
        start += len(piece)


def _end(text: str, start: int, marks: Callable[[str], int]) -> int:
    at, count = start, 0
    while (end := text.find("\n\n", max(at + 2, start + _SIZE))) >= 0:
        count += marks(text[at:end])
        if count % 2 == 0:
            return end + 2
        at = end
    return len(text)


def split_lines(text: str) -> Iterator[str]:
    """Give the lines of a text without making a second one of them."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]
