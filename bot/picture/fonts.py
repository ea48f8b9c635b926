"""The fonts of the pictures: which signs each has, and what stands for a sign that none has."""

import io
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final, cast

import pymupdf_fonts  # pyright: ignore[reportMissingTypeStubs] - it has none
from PIL import ImageFont

REGULAR: Final = ("figo", "notos", "symbol2", "symbol1")
"""Tried one after the other; FiraGO has Latin, Cyrillic, Greek, Arabic, Hebrew, Thai and more."""
BOLD: Final = ("figbo", "notosbo", "symbol2", "symbol1")
# A code point that Unicode keeps free for good, so that no font has a sign for it.
_NOWHERE: Final = "\U0010fffe"
_BOX: Final = "\u25a1"
_JOINERS: Final = "\u200c\u200d"

Family = tuple[str, ...]


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(_file(name)), size)


@cache
def _file(name: str) -> bytes:
    return pymupdf_fonts.myfont(name)  # pyright: ignore[reportUnknownMemberType] - the same


@cache
def _has(name: str, sign: str) -> bool:
    """Say whether a font has a sign: one that it lacks looks like one that every font lacks."""
    if sign in _JOINERS or unicodedata.combining(sign):
        return True
    probe = font(name, 24)
    # Pillow's masks give their bytes, though their type does not say so.
    mask, lack = (bytes(cast("Any", probe.getmask(text))) for text in (sign, _NOWHERE))
    return mask != lack


def runs(text: str, family: Family) -> Iterator[tuple[str, str]]:
    """Divide a text into runs that one font can draw, each with the font's name."""
    run, run_font = "", family[0]
    for sign in text:
        name = next((name for name in family if _has(name, sign)), None)
        if name is None:
            sign, name = _BOX, next(name for name in family if _has(name, _BOX))
        elif sign.isspace() or sign in _JOINERS:
            name = run_font
        if name != run_font and run:
            yield run, run_font
            run = ""
        run, run_font = run + sign, name
    if run:
        yield run, run_font


@lru_cache(maxsize=8192)
def width(text: str, family: Family, size: int) -> float:
    """Measure a text in pixels; words come again, so that most are measured once."""
    return sum(font(name, size).getlength(run) for run, name in runs(text, family))


def is_right_to_left(text: str) -> bool:
    """Say in which direction a text runs, by its first sign that has one."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
