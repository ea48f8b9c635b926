"""The picture itself: 1200 by 675 pixels of type."""

import io
from typing import Final

from PIL import Image, ImageDraw

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
_UNIT: Final = 64


def draw(poster: Poster) -> bytes:
    """Draw a picture; a PNG."""
    colours = palette(poster.accent)
    image = Image.new("RGB", (WIDTH, HEIGHT), colours.background)
    page = _Page(ImageDraw.Draw(image), is_right_to_left(poster.text))
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
    who = clean(f"{poster.speaker} · {poster.part}" if poster.part else poster.speaker)
    page.fit(who, foot, _SPEAKER, BOLD, colours.accent)
    named = " · ".join(name for name in (clean(poster.work), clean(poster.outlet)) if name)
    page.fit(named, foot + 50, _SMALL, REGULAR, colours.text)
    page.fit(clean(poster.place), foot + 90, _PLACE, REGULAR, colours.small)
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=6)
    return written.getvalue()


class _Page:
    """Writes lines from the margin on, on the right one where a text runs to the left."""

    def __init__(self, canvas: ImageDraw.ImageDraw, is_turned: bool) -> None:
        self._canvas = canvas
        self.is_turned = is_turned

    def rule(self, top: float, bottom: float, colour: Colour) -> None:
        left = WIDTH - MARGIN - _RULE if self.is_turned else MARGIN
        box = (left, top + 6, left + _RULE, bottom - 2)
        self._canvas.rounded_rectangle(box, _RULE / 2, fill=colour)

    def write(self, line: str, top: float, size: int, family: Family, colour: Colour) -> None:
        """Write a line beside the rule; what needs another font is a run of its own."""
        parts = list(runs(line, family))
        if self.is_turned:
            at = WIDTH - MARGIN - _INDENT - width(line, family, size)
            parts.reverse()
        else:
            at = float(MARGIN + _INDENT)
        for text, name in parts:
            used = font(name, size)
            self._canvas.text((at, top + size), text, colour, used, anchor="ls")
            at += used.getlength(text)

    def fit(self, line: str, top: float, size: int, family: Family, colour: Colour) -> None:
        """Write a line in one, smaller where it is long, cut where it is too long for that."""
        room = WIDTH - 2 * MARGIN - _INDENT
        while size > 16 and width(line, family, size) > room:
            size -= 1
        while width(line, family, size) > room:
            line = line.removesuffix("…")[:-1].rstrip() + "…"
        self.write(line, top, size, family, colour)
