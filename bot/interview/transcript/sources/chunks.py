"""Long texts read a piece at a time: what libraries make of one takes many times its room."""

from collections.abc import Callable, Iterator
from typing import Final

_SIZE: Final = 50_000
"""Characters of a piece; it goes on to the next empty line."""


def chunks(
    text: str, is_whole: Callable[[str], bool] = lambda _piece: True
) -> Iterator[tuple[int, str]]:
    """Cut a text at empty lines; gives how many lines are before each piece, and the piece.

    What is not whole yet goes on to the next empty line.
    """
    start = before = 0
    while start < len(text):
        end = start
        while True:
            end = text.find("\n\n", max(end + 2, start + _SIZE))
            piece = text[start:] if end < 0 else text[start : end + 2]
            if end < 0 or is_whole(piece):
                break
        yield before, piece
        before += piece.count("\n")
        start += len(piece)
