"""Names as members gave them to themselves, made fit to stand in a line of ours."""

import re
import unicodedata
from typing import Final

MOST_LETTERS: Final = 32
"""As many as Discord lets a name have."""
# More than any script stacks on a letter in a name; a hundred of them reach into other lines.
_MOST_MARKS: Final = 2
_JOINERS: Final = "\u200c\u200d"
# Letters, symbols and marks that show nothing: fillers, blanks, and what only chooses a form.
_BLANKS: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0]")
_UNSHOWN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARKS: Final = frozenset({"Mn", "Me"})


def visible_name(name: str) -> str:
    """Leave out what does not show, turns letters around or towers over them; "" for nothing left.

    Joiners stay between letters, where Persian, Hindi and families of emoji need them.
    """
    letters: list[str] = []
    marks = 0
    for letter in _BLANKS.sub(" ", unicodedata.normalize("NFC", name)):
        marks = marks + 1 if unicodedata.category(letter) in _MARKS else 0
        if _stays(letter, letters, marks):
            letters.append(letter)
    line = " ".join("".join(letters).split()).rstrip(_JOINERS)
    return line[:MOST_LETTERS].rstrip()


def _stays(letter: str, before: list[str], marks: int) -> bool:
    is_after_letter = bool(before) and not before[-1].isspace()
    if letter in _JOINERS:
        return is_after_letter and before[-1] not in _JOINERS
    category = unicodedata.category(letter)
    if category in _MARKS:
        return is_after_letter and marks <= _MOST_MARKS
    return category not in _UNSHOWN
