"""How a text fills a space: the largest size at which it fits, in lines of about one length."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from wcwidth import iter_graphemes

from bot.interview.model import CUT
from bot.letters import ELLIPSIS
from bot.picture.scripts import is_solid

LINE_HEIGHT: Final = 1.32
_STEPS: Final = 40
_LONGEST_WORD: Final = 24
# What may not begin a line, and what may not end one, where signs stand without spaces.
_CLOSING: Final = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "」』）】〕〉》〗〙’”…‥,.!?;:)]}%"
)
_OPENING: Final = frozenset("「『（【〔〈《〖〘‘“([{")

Measure = Callable[[str], float]
"""Gives the width of a text at size 1."""


class Piece(NamedTuple):
    """What stands on one line; whether a space parts it from the piece before."""

    text: str
    is_spaced: bool


@dataclass(frozen=True, slots=True)
class Layout:
    lines: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Space:
    """Room for a text, in pixels, and the sizes that it may have there."""

    width: float
    height: float
    largest: int
    smallest: int

    def sizes(self) -> Iterator[int]:
        """Go down from the largest size to the smallest one, in steps that nobody sees."""
        step = max(1, (self.largest - self.smallest) // _STEPS)
        yield from range(self.largest, self.smallest, -step)
        yield self.smallest

    def line_count(self, size: int) -> int:
        return int(self.height / (size * LINE_HEIGHT))


class Wrapper:
    """Divides a text into lines; what was measured once is known by then."""

    def __init__(self, text: str, measure: Measure) -> None:
        self.pieces = list(_pieces_of(text))
        self._measure = measure
        self._widths: dict[str, float] = {}
        self._space = measure("n n") - 2 * measure("n")

    def length(self, text: str) -> float:
        if text not in self._widths:
            self._widths[text] = self._measure(text)
        return self._widths[text]

    def widest(self) -> float:
        """Measure the widest word; not of what has no spaces, such as Thai, and is divided."""
        words = (piece.text for piece in self.pieces if len(piece.text) <= _LONGEST_WORD)
        return max(map(self.length, words), default=0)

    def wrap(self, width: float, pieces: Sequence[Piece] | None = None) -> tuple[str, ...]:
        """Fill one line after the other; only a word that is wider than a line is divided."""
        lines: list[str] = []
        line, used = "", 0.0
        for piece in self.pieces if pieces is None else pieces:
            for part in self._parts(piece, width):
                gap = self._space if part.is_spaced and line else 0.0
                length = self.length(part.text)
                if line and used + gap + length > width:
                    lines.append(line)
                    line, used, gap = "", 0.0, 0.0
                line += (" " if gap else "") + part.text
                used += gap + length
        return (*lines, line) if line else tuple(lines)

    def _parts(self, piece: Piece, width: float) -> Iterator[Piece]:
        """Divide a word that is wider than a line; never within a sign of several letters."""
        if self.length(piece.text) <= width:
            yield piece
            return
        part, is_spaced = "", piece.is_spaced
        for sign in iter_graphemes(piece.text):
            if part and self.length(part + sign) > width:
                yield Piece(part, is_spaced)
                part, is_spaced = "", False
            part += sign
        yield Piece(part, is_spaced)

    def balanced(self, width: float) -> tuple[str, ...]:
        """Make the lines as narrow as their number allows, so that none is left nearly empty."""
        lines = self.wrap(width)
        low, high = max(width / 2, self.widest()), width
        # To a twentieth of the size of the type: nobody sees less.
        while high - low > 0.05 and low < width:
            middle = (low + high) / 2
            narrower = self.wrap(middle)
            if len(narrower) > len(lines):
                low = middle
            else:
                lines, high = narrower, middle
        return lines


def lay_out(text: str, space: Space, measure: Measure) -> Layout:
    """Divide a text into lines; one that is too long even at the smallest size is cut at a word."""
    wrapper = Wrapper(text, measure)
    for size in space.sizes():
        width = space.width / size
        # A size at which a word would be divided is no good, while there is a smaller one.
        if wrapper.widest() > width and size > space.smallest:
            continue
        if len(wrapper.wrap(width)) <= space.line_count(size):
            return Layout(wrapper.balanced(width), size)
    return Layout(_shortened(wrapper, space), space.smallest)


def _shortened(wrapper: Wrapper, space: Space) -> tuple[str, ...]:
    """Leave out the end of a text, at a word, and say so."""
    most, width = space.line_count(space.smallest), space.width / space.smallest
    low, high = 1, len(wrapper.pieces)
    cut = Piece(CUT, is_spaced=True)
    while low < high:
        middle = (low + high + 1) // 2
        if len(wrapper.wrap(width, [*wrapper.pieces[:middle], cut])) <= most:
            low = middle
        else:
            high = middle - 1
    return wrapper.wrap(width, [*wrapper.pieces[:low], cut])[:most]


def few_lines(text: str, width: float, most: int, measure: Measure) -> tuple[str, ...]:
    """Write a name in a few lines of one size; what has no room there is left out, and shown so."""
    lines = Wrapper(text, measure).wrap(width)
    if len(lines) <= most:
        return lines
    signs = list(iter_graphemes(" ".join(lines[most - 1 :])))
    while measure("".join(signs) + ELLIPSIS) > width:
        signs.pop()
    return (*lines[: most - 1], "".join(signs).rstrip() + ELLIPSIS)


def _pieces_of(text: str) -> Iterator[Piece]:
    """Part a text at its spaces, and where its script has none between any two signs."""
    for word in text.split():
        is_spaced = True
        for part in _unspaced(word):
            yield Piece(part, is_spaced)
            is_spaced = False


def _unspaced(word: str) -> Iterator[str]:
    part = ""
    for sign in iter_graphemes(word):
        is_break = part and (is_solid(sign) or is_solid(part[-1]))
        if is_break and sign not in _CLOSING and part[-1] not in _OPENING:
            yield part
            part = ""
        part += sign
    if part:
        yield part
