"""What stands on a picture, in which shape, and in which colours."""

from dataclasses import dataclass
from typing import Final

from bot.interview.colours import LEGIBLE, Colour, colour_of, contrast, mixture

_NIGHT: Final = (19, 18, 24)
_PAPER: Final = (246, 243, 238)
_DEFAULT_ACCENT: Final = 0x8E8A99
# How much of the accent the ground takes on, and of the ground the small print.
_TINT: Final = 0.12
_FAINT: Final = 0.28


@dataclass(frozen=True, slots=True)
class Look:
    """What a member chose: upright for phones or wide, as it is meant or with colours swapped."""

    is_wide: bool = False
    is_swapped: bool = False

    def __str__(self) -> str:
        """Write it as a button carries it."""
        return ("wide" if self.is_wide else "tall") + ("-swapped" if self.is_swapped else "")


@dataclass(frozen=True, slots=True)
class Poster:
    """A quote with all that is named below it.

    Colours are 0xRRGGBB; `ground` and `ink` are the pack's own, `accent` is the speaker's or the
    pack's. `language` says in which shapes Chinese, Japanese and Korean are written.
    """

    text: str
    speaker: str
    part: str
    work: str
    outlet: str
    place: str
    accent: int | None = None
    ground: int | None = None
    ink: int | None = None
    language: str = ""
    is_wide: bool = False
    is_swapped: bool = False


@dataclass(frozen=True, slots=True)
class Palette:
    background: Colour
    text: Colour
    accent: Colour
    small: Colour


def palette(poster: Poster) -> Palette:
    """Choose colours that can all be read on their ground, whatever the pack says."""
    accent = colour_of(_DEFAULT_ACCENT if poster.accent is None else poster.accent)
    ground, ink = _pair(poster, accent)
    return Palette(
        ground,
        ink,
        _legible(accent, ink, ground),
        _legible(mixture(ink, ground, _FAINT), ink, ground),
    )


def is_light(poster: Poster) -> bool:
    """Say whether a picture's ground is the lighter one of its colours."""
    colours = palette(poster)
    white = (255, 255, 255)
    return contrast(colours.background, white) < contrast(colours.text, white)


def _pair(poster: Poster, accent: Colour) -> tuple[Colour, Colour]:
    """Give ground and ink; the pack's own only where one can be read on the other."""
    if poster.ground is not None and poster.ink is not None:
        ground, ink = colour_of(poster.ground), colour_of(poster.ink)
        if contrast(ground, ink) >= LEGIBLE:
            return (ink, ground) if poster.is_swapped else (ground, ink)
    if poster.is_swapped:
        return mixture(_PAPER, accent, _TINT), _NIGHT
    return mixture(_NIGHT, accent, _TINT), _PAPER


def _legible(colour: Colour, ink: Colour, ground: Colour) -> Colour:
    """Move a colour towards the ink until it can be read."""
    share = 0.0
    while contrast(mixture(colour, ink, share), ground) < LEGIBLE and share < 1:
        share = min(1.0, share + 0.05)
    return mixture(colour, ink, share)
