"""Which slip keeps a line of a streamed file from being an entry."""

import re
from typing import Final

from bot.interview.pack.slips.fault import CURLY, CURLY_SINGLE, Slip
from bot.interview.pack.slips.word_slips import no_truth, truth_in_words
from bot.text import _

_WORD: Final = re.compile(r"[A-Za-z]+")
_ONE_A_LINE: Final = _("write each entry on one line: {…}")
_STRAIGHT: Final = _('write straight ones: "…"')


def entry_slip(line: str, position: int) -> Slip:
    """Say what is wrong with a line in which the parser gave up at an offset."""
    start = len(line) - len(line.lstrip())
    if line[start : start + 1] != "{":
        return _no_entry(line, start)
    letter = line[position : position + 1]
    slip = _marks(letter, position) or _words(line, position) or _commas(line, position)
    problem = _("this can't be read")
    remedy = _('compare it with the lines around it: {"number": 5, "text": "…"}')
    return slip or Slip(position, position + 1, problem, remedy)


def _no_entry(line: str, start: int) -> Slip:
    end = max(start + 1, len(line.rstrip()))
    if line[start : start + 1] in ("[", "]"):
        problem = _("the entries are in a list")
        remedy = _("write one entry per line, without the outer brackets and the commas between")
        return Slip(start, start + 1, problem, remedy)
    problem = _("a line that isn't an entry in curly brackets")
    return Slip(start, end, problem, _ONE_A_LINE)


def _marks(letter: str, position: int) -> Slip | None:
    if letter and letter in (*CURLY, *CURLY_SINGLE):
        return Slip(position, position + 1, _("curly quotation marks"), _STRAIGHT)
    if letter == "'":
        problem = _("single quotation marks")
        return Slip(position, position + 1, problem, _('write double ones: "…"'))
    return None


def _words(line: str, position: int) -> Slip | None:
    match = _WORD.match(line, position)
    if match is None:
        return None
    if match[0].casefold() in ("none", "nil", "undefined"):
        return Slip(*match.span(), _("this isn't a value"), _("take the field out"))
    if word := truth_in_words(match[0]):
        return Slip(*match.span(), no_truth(match[0]), _("write {word}", word=word))
    problem = _("{word} isn't in quotation marks", word=match[0])
    return Slip(*match.span(), problem, _('write "{word}"', word=match[0]))


def _commas(line: str, position: int) -> Slip | None:
    before = line[:position].rstrip()
    at = len(before)
    letter = line[position : position + 1]
    if not line[position:].strip():
        if before.count('"') % 2 and not before.endswith("}"):
            problem = _("a quotation mark is missing on this line")
            return Slip(at, at + 1, problem, _("start and end each text with one"))
        problem = _("the entry doesn't end on its line")
        return Slip(at, at + 1, problem, _ONE_A_LINE)
    if letter in "}]" and before.endswith(","):
        return Slip(at - 1, at, _("a comma before the end"), _("take it out"))
    if letter in '"{[' and not before.endswith((",", ":", "{", "[")):
        return Slip(at, at + 1, _("a comma or a colon is missing"), _("write it between the two"))
    if line[: position + 1].count("}") and before.endswith("}"):
        problem = _("there's something after the end of the entry")
        return Slip(position, len(line.rstrip()), problem, _("take it out: one entry per line"))
    if letter == "=":
        return Slip(position, position + 1, _("an equals sign"), _("write a colon"))
    return None
