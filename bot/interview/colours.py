"""Colours, and whether one can be read on another."""

from typing import Final

LEGIBLE: Final = 4.5
"""The contrast that WCAG 2 asks of text, level AA."""

Colour = tuple[int, int, int]


def colour_of(number: int) -> Colour:
    """Give red, green and blue of 0xRRGGBB."""
    return number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF


def contrast(left: Colour, right: Colour) -> float:
    """Compare two colours as WCAG 2 does: from 1, the same, to 21."""
    lighter, darker = sorted((_luminance(left), _luminance(right)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixture(start: Colour, end: Colour, share: float) -> Colour:
    """Go a share of the way from one colour to another."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    """Give the relative luminance; the numbers are those of WCAG 2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
