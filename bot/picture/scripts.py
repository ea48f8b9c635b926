"""Which script a sign belongs to, as far as fonts and lines are chosen by it."""

import unicodedata
from functools import cache
from importlib.util import find_spec
from typing import Final

from wcwidth import wcwidth

CJK_PACKAGE: Final = "manimgx_fonts_cjk"
# Han, kana, bopomofo, hangul, and the punctuation and wide forms that go with them.
_CJK: Final = (
    (0x1100, 0x11FF),
    (0x2E80, 0xA4CF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)
_HANGUL: Final = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF))
_KANA: Final = ((0x3040, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F))
_AS_EMOJI: Final = "\ufe0f\u20e3"
_AS_TEXT: Final = "\ufe0e"
# From here on nearly all signs are pictures: flags, faces, things.
_PICTURES: Final = (0x1F000, 0x1FAFF)
_FLAG: Final = "\U0001f3f4"


def is_cjk(sign: str) -> bool:
    return _is_within(sign, _CJK)


@cache
def has_cjk() -> bool:
    """Say whether the host installed the fonts for them, which are large."""
    return find_spec(CJK_PACKAGE) is not None


def is_solid(sign: str) -> bool:
    """Say whether a sign is of a script that is written without spaces, and broken anywhere."""
    return is_cjk(sign) and not _is_within(sign, _HANGUL)


def is_emoji(sign: str) -> bool:
    """Say whether a sign is to be shown as a picture."""
    if _AS_TEXT in sign:
        return False
    if any(mark in sign for mark in _AS_EMOJI) or _is_within(sign, (_PICTURES,)):
        return True
    # The others that are pictures by themselves take the room of two letters.
    return bool(sign) and wcwidth(sign[0]) == 2 and not is_cjk(sign)


def shows_nothing(letter: str) -> bool:
    """Say whether a letter only decides how those beside it look: joiners, selectors, tags."""
    code = ord(letter)
    is_selector = 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE01EF
    return is_selector or letter in "\u200c\u200d\u2060" or letter.isspace()


def needs_shaping(sign: str) -> bool:
    """Say whether a sign looks right only where letters are joined to each other, or turned."""
    is_several = len(sign) > 1 and not sign.isspace()
    return is_several or unicodedata.bidirectional(sign[:1]) in ("R", "AL", "AN")


def script_of(sign: str) -> str:
    """Give the script as Unicode begins the sign's name with it: Bengali, Tamil."""
    return unicodedata.name(sign[:1], "").partition(" ")[0].capitalize()


def language_of(text: str, language: str) -> str:
    """Give the language whose shapes a text is to have: the interview's, else by its signs."""
    if language.partition("-")[0] in ("ja", "ko", "zh"):
        return language
    if any(_is_within(sign, _KANA) for sign in text):
        return "ja"
    return "ko" if any(_is_within(sign, _HANGUL) for sign in text) else "zh"


def clean(text: str) -> str:
    """Leave out the signs that have no place on paper: controls, marks of direction, stray tags."""
    letters: list[str] = []
    is_flag = False
    for letter in unicodedata.normalize("NFC", text):
        is_tag = 0xE0020 <= ord(letter) <= 0xE007F
        is_flag = letter == _FLAG or (is_flag and is_tag)
        is_kept = letter.isspace() or letter in "\u200c\u200d" or (is_tag and is_flag)
        if is_kept or unicodedata.category(letter)[0] != "C":
            letters.append(letter)
    return " ".join("".join(letters).split())


def _is_within(sign: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    code = ord(sign[0]) if sign else 0
    return any(first <= code <= last for first, last in ranges)
