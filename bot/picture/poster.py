"""What stands on a picture, and its colours."""

from dataclasses import dataclass
from typing import Final

Colour = tuple[int, int, int]

_NIGHT: Final = (19, 18, 24)
_PAPER: Final = (246, 243, 238)
_GREY: Final = (186, 182, 192)
_DEFAULT_ACCENT: Final = 0x8E8A99
LEGIBLE: Final = 4.5
"""The contrast that WCAG 2 asks of text, level AA."""


@dataclass(frozen=True, slots=True)
class Poster:
    """A quote with all that is named below it; `accent` is the speaker's colour, 0xRRGGBB."""

    text: str
    speaker: str
    part: str
    work: str
    outlet: str
    place: str
    accent: int | None = None


@dataclass(frozen=True, slots=True)
class Palette:
    background: Colour
    text: Colour
    accent: Colour
    small: Colour


def palette(accent: int | None) -> Palette:
    """Tint the night with an accent, and lighten the accent until it can be read on it."""
    value = _DEFAULT_ACCENT if accent is None else accent
    colour = (value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF)
    background = _mixture(_NIGHT, colour, 0.14)
    share = 0.0
    while contrast(_mixture(colour, _PAPER, share), background) < LEGIBLE and share < 1:
        share += 0.05
    return Palette(background, _PAPER, _mixture(colour, _PAPER, share), _GREY)


def contrast(left: Colour, right: Colour) -> float:
    """Compare two colours as WCAG 2 does: from 1, the same, to 21."""
    lighter, darker = sorted((_luminance(left), _luminance(right)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    """Give the relative luminance; the numbers are those of WCAG 2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixture(start: Colour, end: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return red, green, blue
