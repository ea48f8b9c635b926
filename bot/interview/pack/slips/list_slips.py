"""Lists, and groups in braces, that lack a comma or their end."""

import re
from typing import Final

from bot.interview.pack.slips.fault import Fault, Slip, clipped
from bot.text import Text, _

_CLOSED: Final = {"[": "]", "{": "}"}
_ITEM: Final = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^\s,\[\]{}\"']+")
_JOINING: Final = ("and", "or", "&", "+", "/", "und", "oder", "et", "ou", "y", "o", "e")
_KINDS: Final = {
    "(": "round",
    ")": "round",
    "}": "curly",
    "]": "square",
    "{": "curly",
    "[": "square",
}


def list_slip(fault: Fault) -> Slip | None:
    """Recognise what is wrong with a list or a group."""
    opening = fault.value[:1]
    if opening == "(":
        return fault.at_value(_("a list in round brackets"), _("write it in square ones: […]"))
    if opening not in _CLOSED:
        return None
    rest = fault.text[fault.position :].strip()
    if not rest or (fault.complaint.startswith("Unclosed") and rest.startswith(("[[", "#"))):
        return _without_end(fault, opening)
    if fault.complaint.startswith("Unclosed"):
        return _without_comma(fault, opening)
    if _count_marks(fault) % 2:
        return _odd_marks(fault)
    if fault.letter == ",":
        return fault.here(_("one comma too many"), _("take it out"))
    if fault.complaint.startswith("Expected newline"):
        return fault.here(
            _("there's something after the end of the list"), _("take it out, or put it inside")
        )
    return None


def _without_end(fault: Fault, opening: str) -> Slip:
    end = len(fault.text[: fault.position].rstrip())
    what = _("the list") if opening == "[" else _("the group")
    problem = _("{what} never ends", what=what)
    return Slip(end, end + 1, problem, _("write {mark} there", mark=_CLOSED[opening]))


def _without_comma(fault: Fault, opening: str) -> Slip:
    if _count_marks(fault) % 2:
        return _odd_marks(fault)
    if fault.letter in (")", "]", "}"):
        kinds = {"end": _KINDS[fault.letter], "start": _KINDS[opening]}
        problem = _("a {end} bracket closes what a {start} one opened", **kinds)
        return fault.here(problem, _("write {mark}", mark=_CLOSED[opening]))
    if fault.letter in ";|":
        return fault.here(_("{mark} in a list", mark=fault.letter), _("write commas instead"))
    before = fault.text[: fault.position].rstrip()
    items = _ITEM.findall(before[-400:]), _ITEM.match(fault.text, fault.position)
    remedy: Text = _("write one between them")
    if items[1] and items[1][0].casefold() in _JOINING:
        remedy = _("write one in place of {word}", word=items[1][0])
    elif items[0] and items[1] and opening == "[":
        pair = {"first": clipped(items[0][-1]), "second": clipped(items[1][0])}
        remedy = _("write {first}, {second}", **pair)
    return Slip(len(before), len(before) + 1, _("a comma is missing in this list"), remedy)


def _count_marks(fault: Fault) -> int:
    """Count the quotation marks of the line where the parser gave up."""
    start = fault.text.rfind("\n", 0, fault.position) + 1
    end = fault.text.find("\n", fault.position)
    line = fault.text[start : end if end >= 0 else None]
    return line.replace('\\"', "").count('"')


def _odd_marks(fault: Fault) -> Slip:
    problem = _("a quotation mark is missing in this list, or there's one too many")
    return fault.here(problem, _('start and end each text in it with "'))
