"""The fonts of the pictures: which one has a sign, and which signs none of them has."""

import io
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final, NamedTuple, cast

import pymupdf_fonts  # pyright: ignore[reportMissingTypeStubs] - it has none
from PIL import ImageFont, features
from wcwidth import iter_graphemes

from bot.picture.scripts import (
    CJK_PACKAGE,
    has_cjk,
    is_cjk,
    is_emoji,
    needs_shaping,
    script_of,
    shows_nothing,
)

# Code points that Unicode keeps free for good, so that no font has a sign for them.
_NOWHERE: Final = "\U0010fffe"
_NOTO: Final = "manimgx_fonts"
_EMOJI_FILE: Final = "NotoEmoji[wght].ttf"
_CJK_FILE: Final = "NotoSansCJK-VF.otf.ttc"
_CJK_FACES: Final = {"ja": 0, "ko": 1, "zh": 2, "zh-hans": 2, "zh-hant": 3, "zh-tw": 3, "zh-hk": 4}
"""Where each language's shapes stand in the file: the same sign is not written alike in all."""
_SCRIPTS: Final = frozenset(
    {
        *("Armenian", "Bengali", "Ethiopic", "Gujarati", "Gurmukhi", "Kannada", "Khmer", "Lao"),
        *("Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu"),
    }
)
_OPEN: Final = 16
"""Fonts kept open, each in one size; the largest takes 33 MB of addresses each time."""


class Face(NamedTuple):
    """A font file: of a weight where it has several, and at a place where it holds several."""

    package: str
    file: str
    weight: int = 0
    place: int = 0


class Family(NamedTuple):
    """What a text is written in: how heavy, and in the shapes of which language."""

    is_bold: bool = False
    language: str = ""


def faces_for(sign: str, family: Family) -> Iterator[Face]:
    """List the fonts that may have a sign, the best first; each is opened when it is asked."""
    weight = 700 if family.is_bold else 400
    emoji = Face(_NOTO, _EMOJI_FILE, weight)
    if is_emoji(sign):
        yield emoji
    if is_cjk(sign) and has_cjk():
        yield Face(CJK_PACKAGE, _CJK_FILE, weight, _cjk_place(family.language))
    for name in ("figbo", "notosbo") if family.is_bold else ("figo", "notos"):
        yield Face("", name)
    if (script := script_of(sign)) in _SCRIPTS:
        yield Face(_NOTO, f"NotoSans{script}[wght].ttf", weight)
    yield from (Face("", "symbol2"), Face("", "symbol1"), emoji)


@cache
def can_shape() -> bool:
    """Say whether letters can be joined, and lines turned: that takes FriBiDi, of the system."""
    return bool(features.check("raqm"))


def _cjk_place(language: str) -> int:
    tag = language.lower()
    return _CJK_FACES.get(tag, _CJK_FACES.get(tag.partition("-")[0], 0))


@lru_cache(maxsize=_OPEN)
def font(face: Face, size: int, *, is_plain: bool = False) -> ImageFont.FreeTypeFont:
    """Open a font; a plain one puts sign beside sign, whatever they would be together."""
    engine = ImageFont.Layout.BASIC if is_plain else None
    if not face.package:
        return ImageFont.truetype(io.BytesIO(_bytes(face.file)), size, layout_engine=engine)
    # By its path: what of it is not looked at does not come into memory.
    path = str(resources.files(face.package) / face.file)
    opened = ImageFont.truetype(path, size, face.place, layout_engine=engine)
    if face.weight:
        opened.set_variation_by_axes([face.weight])
    return opened


@cache
def _bytes(name: str) -> bytes:
    return pymupdf_fonts.myfont(name)  # pyright: ignore[reportUnknownMemberType] - the same


@lru_cache(maxsize=16384)
def _has(face: Face, letter: str) -> bool:
    """Say whether a font has a letter: one that it lacks looks like one that every font lacks."""
    probe = font(face, 24, is_plain=True)
    # Pillow's masks give their bytes, though their type does not say so.
    mask, lack = (bytes(cast("Any", probe.getmask(text))) for text in (letter, _NOWHERE))
    return mask != lack


@lru_cache(maxsize=8192)
def face_of(sign: str, family: Family) -> Face | None:
    """Give the font that has a whole sign, which may be several letters; None where none has."""
    if needs_shaping(sign) and not can_shape():
        return None
    letters = [letter for letter in sign if not shows_nothing(letter)]
    for face in faces_for(sign, family):
        if all(_has(face, letter) for letter in letters):
            return face
    return None


def missing(text: str, family: Family) -> list[str]:
    """List the signs of a text that no font has, each once."""
    signs = [sign for sign in iter_graphemes(text) if face_of(sign, family) is None]
    # A mark joins the space before it.
    return list(dict.fromkeys(sign.strip() or sign for sign in signs))


def runs(text: str, family: Family) -> Iterator[tuple[str, Face]]:
    """Divide a text into runs that one font can draw, each with that font.

    Raises ValueError for a sign that is `missing`.
    """
    run, run_face = "", None
    for sign in iter_graphemes(text):
        face = face_of(sign, family)
        if face is None:
            raise ValueError(f"no font has {sign!r}")
        # The space of the pictures' font is as wide as a picture.
        if sign.isspace() and run_face is not None and run_face.file != _EMOJI_FILE:
            face = run_face
        if run_face is not None and face != run_face:
            yield run, run_face
            run = ""
        run, run_face = run + sign, face
    if run_face is not None:
        yield run, run_face


@lru_cache(maxsize=8192)
def width(text: str, family: Family, size: int) -> float:
    """Measure a text in pixels; words come again, so that most are measured once."""
    return sum(font(face, size).getlength(run) for run, face in runs(text, family))


def is_right_to_left(text: str) -> bool:
    """Say in which direction a text runs, by its first letter that has one."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
