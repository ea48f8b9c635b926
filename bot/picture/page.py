"""A page on which lines are written, and which becomes a PNG of few colours."""

import io
from functools import cache
from typing import Final, Literal

from PIL import Image, ImageChops, ImageDraw, ImageFont

from bot.interview.colours import Colour, mixture
from bot.picture.fonts import Family, can_shape, font, runs, width
from bot.picture.layout import LINE_HEIGHT

Size = tuple[int, int]
Box = tuple[float, float, float, float]
# The most that type reaches above its line, and so much of its size the line lies below the top.
_BASELINE: Final = 0.98


class Page:
    """Writes from the left margin on, or from the right one where a text runs to the left.

    Each colour has a layer of its own, which holds how much of it each pixel has: a picture of
    few colours with a palette is written eight times as fast as one in full colour.
    """

    def __init__(self, size: Size, margin: float, *, is_turned: bool) -> None:
        self._layers: dict[Colour, Image.Image] = {}
        self._size = size
        self._margin = margin
        self._is_turned = is_turned
        self.boxes: list[Box] = []
        """Where something stands: left, top, right and bottom of each line, mark and rule."""
        self.sizes: list[int] = []
        """How large the lines are."""

    @property
    def room(self) -> float:
        """Give the width between the margins."""
        return self._size[0] - 2 * self._margin

    def write(
        self,
        line: str,
        top: float,
        size: int,
        family: Family,
        colour: Colour,
        *,
        indent: float = 0,
    ) -> None:
        """Write a line; what needs another font is a run of its own."""
        length = width(line, family, size)
        left = at = self._left(length, indent)
        parts = list(runs(line, family))
        baseline = top + size * _BASELINE
        for text, face in reversed(parts) if self._is_turned else parts:
            typeface = font(face, size)
            self._canvas(colour).text(
                (at, baseline), text, 255, typeface, anchor="ls", direction=self._direction()
            )
            at += typeface.getlength(text)
        self.boxes.append((left, top, left + length, top + size * LINE_HEIGHT))
        self.sizes.append(size)

    def rule(self, top: float, length: float, height: float, colour: Colour) -> None:
        """Draw a short bar at the margin."""
        left = self._left(length)
        box = (left, top, left + length, top + height)
        self._canvas(colour).rounded_rectangle(box, height / 2, fill=255)
        self.boxes.append(box)

    def mark(self, top: float, size: int, family: Family, colour: Colour) -> Box:
        """Draw a large quotation mark that opens the text; where it stands, without its margins."""
        sign = "\u201d" if self._is_turned else "\u201c"
        ((text, face),) = runs(sign, family)
        ink = _ink_of(text, font(face, size), size)
        left = self._left(ink.width)
        self._canvas(colour).bitmap((round(left), round(top)), ink, fill=255)
        box = (left, top, left + ink.width, top + ink.height)
        self.boxes.append(box)
        return box

    def png(self, background: Colour) -> bytes:
        """Put the layers together; they do not overlap."""
        # A palette has 256 colours: the background, and an equal share for each layer.
        levels = 255 // max(1, len(self._layers))
        image = Image.new("L", self._size)
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

    def _left(self, length: float, indent: float = 0) -> float:
        if self._is_turned:
            return self._size[0] - self._margin - indent - length
        return self._margin + indent

    def _direction(self) -> Literal["rtl", "ltr"] | None:
        if not can_shape():
            return None
        return "rtl" if self._is_turned else "ltr"

    def _canvas(self, colour: Colour) -> ImageDraw.ImageDraw:
        if colour not in self._layers:
            self._layers[colour] = Image.new("L", self._size)
        return ImageDraw.Draw(self._layers[colour])


def _ink_of(text: str, typeface: ImageFont.FreeTypeFont, size: int) -> Image.Image:
    """Draw a sign without the space that its font leaves around it."""
    image = Image.new("L", (2 * size, 2 * size))
    ImageDraw.Draw(image).text((size / 2, size), text, 255, typeface, anchor="ls")
    return image.crop(image.getbbox())


@cache
def _level_table(first: int, levels: int) -> list[int]:
    """Give for each of 256 values which of so many levels it is; only nothing is none."""
    return [0] + [first - (-value * levels // 255) for value in range(1, 256)]


@cache
def _shades(start: Colour, end: Colour, levels: int) -> list[int]:
    """Give red, green and blue of each level on the way from one colour to another."""
    return [part for n in range(1, levels + 1) for part in mixture(start, end, n / levels)]
