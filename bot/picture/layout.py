"""How a text fills a space: the largest size at which it fits, in lines of about one length."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.interview.model import CUT

LARGEST, SMALLEST = 76, 24
LINE_HEIGHT: Final = 1.36
# The two joiners decide how the signs beside them look.
_JOINERS: Final = "\u200c\u200d"

Measure = Callable[[str], float]
"""Gives the width of a text at size 1."""


@dataclass(frozen=True, slots=True)
class Layout:
    lines: tuple[str, ...]
    size: int


def clean(text: str) -> str:
    """Leave out the signs that have no place on paper: controls, marks of direction, tags."""
    composed = unicodedata.normalize("NFC", text)
    signs = (
        sign
        for sign in composed
        if sign.isspace() or sign in _JOINERS or unicodedata.category(sign)[0] != "C"
    )
    return " ".join("".join(signs).split())


def lay_out(text: str, width: float, height: float, measure: Measure) -> Layout:
    """Divide a text into lines; one that is too long even at the smallest size is cut at a word."""
    words = text.split()
    widths = {word: measure(word) for word in {*words, CUT}}
    space = measure("n n") - 2 * measure("n")

    def length(word: str) -> float:
        if word not in widths:
            widths[word] = measure(word)
        return widths[word]

    for size in range(LARGEST, SMALLEST - 1, -2):
        lines = _wrapped(words, width / size, length, space)
        if len(lines) * size * LINE_HEIGHT <= height:
            return Layout(_balanced(words, lines, width / size, length, space), size)
    most = int(height / (SMALLEST * LINE_HEIGHT))
    while len(lines := _wrapped([*words, CUT], width / SMALLEST, length, space)) > most:
        # Leave out about as many words as there are lines too many.
        words = words[: max(1, len(words) * most // len(lines), len(words) - 50)]
        if len(words) == 1:
            return Layout(lines[:most], SMALLEST)
        words = words[:-1]
    return Layout(lines, SMALLEST)


def _wrapped(words: Sequence[str], width: float, length: Measure, space: float) -> tuple[str, ...]:
    """Fill one line after the other; only a word that is wider than a line is divided."""
    lines: list[list[str]] = [[]]
    line_width = 0.0
    for word in words:
        for piece in [word] if length(word) <= width else _pieces(word, width, length):
            needed = length(piece) + (space if lines[-1] else 0)
            if lines[-1] and line_width + needed > width:
                lines.append([])
                line_width, needed = 0.0, length(piece)
            lines[-1].append(piece)
            line_width += needed
    return tuple(" ".join(line) for line in lines)


def _pieces(word: str, width: float, length: Measure) -> list[str]:
    """Divide a word that is wider than a line; never within a sign that is made of several."""
    pieces = [""]
    for sign in re.findall(r".[\u0300-\u036f\u200c\u200d\ufe0f]*", word, re.DOTALL):
        if pieces[-1] and length(pieces[-1] + sign) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _balanced(
    words: Sequence[str], lines: tuple[str, ...], width: float, length: Measure, space: float
) -> tuple[str, ...]:
    """Make the lines as narrow as their number allows, so that none is left nearly empty."""
    low, high = max(width / 2, max(map(length, words), default=0)), width
    # To a twentieth of the size of the type: nobody sees less.
    while high - low > 0.05 and low < width:
        middle = (low + high) / 2
        narrower = _wrapped(words, middle, length, space)
        if len(narrower) > len(lines):
            low = middle
        else:
            lines, high = narrower, middle
    return lines
