"""The picture itself: a quotation mark, the words as large as they fit, and whose they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final

from bot.interview.colours import Colour
from bot.letters import ELLIPSIS
from bot.picture.fonts import Family, is_right_to_left, missing, width
from bot.picture.layout import LINE_HEIGHT, Measure, Space, few_lines, lay_out
from bot.picture.page import Page
from bot.picture.poster import Poster, palette
from bot.picture.scripts import clean, language_of

# Widths at this size are exact enough to be scaled to every other.
_UNIT: Final = 64
FOOT: Final = 34
"""The smallest type, of a width of 1080: read on a phone that shows it 330 wide."""
_LARGEST: Final = 280
_RULE: Final = (96, 8)
_RULE_GAP: Final = 0.75
_ABOVE: Final = 0.45
# Lines that a name, or a source, may take.
_MOST_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class PictureShape:
    """A size in pixels, and the space around what stands there, of a width of 1080."""

    width: int
    height: int
    margin: int
    gap: int
    """Between mark, words and names."""
    name: int
    mark: int
    is_mark_beside: bool

    def px(self, units: float) -> int:
        """Scale what is meant for a width of 1080."""
        return ceil(units * self.width / 1080)


TALL: Final = PictureShape(1080, 1350, margin=84, gap=52, name=48, mark=360, is_mark_beside=False)
"""4:5, as a phone held upright shows it largest."""
WIDE: Final = PictureShape(1280, 720, margin=52, gap=28, name=40, mark=320, is_mark_beside=True)
"""16:9, as a screen is."""


class UnwritableError(Exception):
    """Signs stand on a poster that no font has."""

    def __init__(self, signs: list[str]) -> None:
        super().__init__(f"no font has {signs!r}")
        self.signs = signs


@dataclass(frozen=True, slots=True)
class FootLine:
    text: str
    size: int
    family: Family
    colour: Colour

    @property
    def height(self) -> float:
        return self.size * LINE_HEIGHT


def draw(poster: Poster) -> bytes:
    """Draw a picture; a PNG. Raises UnwritableError rather than leave out or replace a sign."""
    return drawn_page(poster).png(palette(poster).background)


def drawn_page(poster: Poster) -> Page:
    """Write all that stands on a picture, from its foot up, so that the words have what is left."""
    drawing = _Drawing(poster)
    drawing.check_can_be_written()
    bottom = drawing.write_foot()
    drawing.write_words(bottom)
    return drawing.page


class _Drawing:
    def __init__(self, poster: Poster) -> None:
        self._poster = poster
        self._text = clean(poster.text) or ELLIPSIS
        self._family = Family(language=language_of(self._text, poster.language))
        self._bold = self._family._replace(is_bold=True)
        self._colours = palette(poster)
        self._shape = WIDE if poster.is_wide else TALL
        self._margin = self._shape.px(self._shape.margin)
        self.page = Page(
            (self._shape.width, self._shape.height),
            self._margin,
            is_turned=is_right_to_left(self._text),
        )

    def check_can_be_written(self) -> None:
        poster = self._poster
        words = [poster.text, poster.work, poster.outlet, poster.place]
        signs = missing(clean(" ".join(words)), self._family)
        signs += missing(clean(f"{poster.speaker} {poster.part}"), self._bold)
        if signs:
            raise UnwritableError(list(dict.fromkeys(signs)))

    def write_foot(self) -> float:
        """Write whose words they are; where the words above have to end."""
        lines = list(self._foot_lines())
        shape = self._shape
        top = shape.height - self._margin - sum(line.height for line in lines)
        rule_top = top - shape.px(shape.gap * _RULE_GAP)
        length, height = map(shape.px, _RULE)
        self.page.rule(rule_top, length, height, self._colours.accent)
        for line in lines:
            self.page.write(line.text, top, line.size, line.family, line.colour)
            top += line.height
        return rule_top - shape.px(shape.gap)

    def write_words(self, bottom: float) -> None:
        """Write the words as large as they fit between the mark and where they have to end."""
        shape, page, gap = self._shape, self.page, self._shape.px(self._shape.gap)
        left, top, right, lower = page.mark(
            self._margin, shape.px(shape.mark), Family(is_bold=True), self._colours.accent
        )
        indent = right - left + gap if shape.is_mark_beside else 0
        top = top if shape.is_mark_beside else lower + gap
        space = Space(page.room - indent, bottom - top, shape.px(_LARGEST), shape.px(FOOT))
        layout = lay_out(self._text, space, _measure(self._family))
        height = layout.size * LINE_HEIGHT
        # A little above the middle, as a title stands on its page.
        top += (space.height - len(layout.lines) * height) * _ABOVE
        for line in layout.lines:
            page.write(line, top, layout.size, self._family, self._colours.text, indent=indent)
            top += height

    def _foot_lines(self) -> Iterator[FootLine]:
        """Give the speaker in large type, and below it what was published where."""
        poster, colours, px = self._poster, self._colours, self._shape.px
        person = _joined(poster.speaker, poster.part)
        yield from self._lines(person, px(self._shape.name), self._bold, colours.accent)
        source = _joined(poster.work, poster.outlet)
        foot = px(FOOT)
        whole = _joined(source, poster.place)
        if width(whole, self._family, foot) <= self.page.room:
            yield FootLine(whole, foot, self._family, colours.small)
            return
        yield from self._lines(source, foot, self._family, colours.text)
        yield from self._lines(clean(poster.place), foot, self._family, colours.small)

    def _lines(self, text: str, size: int, family: Family, colour: Colour) -> Iterator[FootLine]:
        lines = few_lines(text, self.page.room / size, _MOST_LINES, _measure(family))
        yield from (FootLine(line, size, family, colour) for line in lines)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in map(clean, parts) if part)


def _measure(family: Family) -> Measure:
    return lambda text: width(text, family, _UNIT) / _UNIT
