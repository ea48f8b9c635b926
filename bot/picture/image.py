"""The picture itself: 1200 by 675 pixels of type."""

import io
from functools import cache
from typing import Final

from PIL import Image, ImageChops, ImageDraw

from bot.picture.fonts import BOLD, REGULAR, Family, font, is_right_to_left, runs, width
from bot.picture.layout import LINE_HEIGHT, clean, lay_out
from bot.picture.poster import Colour, Poster, palette

WIDTH, HEIGHT = 1200, 675
MARGIN: Final = 84
_RULE: Final = 8
_INDENT: Final = 44
_TOP: Final = 78
_BOTTOM: Final = 218
_SPEAKER, _SMALL, _PLACE = 34, 25, 21
# Widths at this size are exact enough to be scaled to every other.
_UNIT: Final = 64


def draw(poster: Poster) -> bytes:
    """Draw a picture; a PNG."""
    colours = palette(poster.accent)
    page = _Page(is_right_to_left(poster.text))
    layout = lay_out(
        clean(poster.text) or "…",
        WIDTH - 2 * MARGIN - _INDENT,
        HEIGHT - _TOP - _BOTTOM,
        lambda text: width(text, REGULAR, _UNIT) / _UNIT,
    )
    height = len(layout.lines) * layout.size * LINE_HEIGHT
    top = _TOP + (HEIGHT - _TOP - _BOTTOM - height) / 2
    page.rule(top, top + height, colours.accent)
    for n, line in enumerate(layout.lines):
        page.write(line, top + n * layout.size * LINE_HEIGHT, layout.size, REGULAR, colours.text)
    page.is_turned = False
    foot = HEIGHT - _BOTTOM + 52
    person = clean(f"{poster.speaker} · {poster.part}" if poster.part else poster.speaker)
    page.fit(person, foot, _SPEAKER, BOLD, colours.accent)
    source = " · ".join(name for name in (clean(poster.work), clean(poster.outlet)) if name)
    page.fit(source, foot + 50, _SMALL, REGULAR, colours.text)
    page.fit(clean(poster.place), foot + 90, _PLACE, REGULAR, colours.small)
    return page.png(colours.background)


class _Page:
    """Writes lines from the margin on, on the right one where a text runs to the left.

    Each colour has a layer of its own, which holds how much of it each pixel has: a picture of
    few colours with a palette is written eight times as fast as one in full colour.
    """

    def __init__(self, is_turned: bool) -> None:
        self._layers: dict[Colour, Image.Image] = {}
        self.is_turned = is_turned

    def png(self, background: Colour) -> bytes:
        """Put the layers together; they do not overlap."""
        # A palette has 256 colours: the background, and an equal share for each layer.
        levels = 255 // len(self._layers)
        image = Image.new("L", (WIDTH, HEIGHT))
        shades = [*background]
        for number, (colour, layer) in enumerate(self._layers.items()):
            box = layer.getbbox()
            if box is not None:
                table = _level_table(number * levels, levels)
                indices = Image.eval(layer.crop(box), table.__getitem__)
                image.paste(ImageChops.lighter(image.crop(box), indices), box)
            shades += _shades(background, colour, levels)
        image.putpalette(shades)
        buffer = io.BytesIO()
        image.save(buffer, "PNG", compress_level=1)
        return buffer.getvalue()

    def _canvas(self, colour: Colour) -> ImageDraw.ImageDraw:
        if colour not in self._layers:
            self._layers[colour] = Image.new("L", (WIDTH, HEIGHT))
        return ImageDraw.Draw(self._layers[colour])

    def rule(self, top: float, bottom: float, colour: Colour) -> None:
        left = WIDTH - MARGIN - _RULE if self.is_turned else MARGIN
        box = (left, top + 6, left + _RULE, bottom - 2)
        self._canvas(colour).rounded_rectangle(box, _RULE / 2, fill=255)

    def write(self, line: str, top: float, size: int, family: Family, colour: Colour) -> None:
        """Write a line beside the rule; what needs another font is a run of its own."""
        parts = list(runs(line, family))
        if self.is_turned:
            at = WIDTH - MARGIN - _INDENT - width(line, family, size)
            parts.reverse()
        else:
            at = float(MARGIN + _INDENT)
        for text, name in parts:
            typeface = font(name, size)
            self._canvas(colour).text((at, top + size), text, 255, typeface, anchor="ls")
            at += typeface.getlength(text)

    def fit(self, line: str, top: float, size: int, family: Family, colour: Colour) -> None:
        """Write a line in one, smaller where it is long, cut where it is too long for that."""
        room = WIDTH - 2 * MARGIN - _INDENT
        while size > 16 and width(line, family, size) > room:
            size -= 1
        while width(line, family, size) > room:
            line = line.removesuffix("…")[:-1].rstrip() + "…"
        self.write(line, top, size, family, colour)


@cache
def _level_table(first: int, levels: int) -> list[int]:
    """Give for each of 256 values which of so many levels it is; only nothing is none."""
    return [0] + [first - (-value * levels // 255) for value in range(1, 256)]


@cache
def _shades(start: Colour, end: Colour, levels: int) -> list[int]:
    """Give red, green and blue of each level on the way from one colour to another."""
    return [
        round(a + (b - a) * n / levels)
        for n in range(1, levels + 1)
        for a, b in zip(start, end, strict=True)
    ]
