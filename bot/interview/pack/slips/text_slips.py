"""Texts whose quotation marks are curly, missing, or inside of them."""

import re
from typing import Final

from bot.interview.pack.slips.fault import CURLY, CURLY_SINGLE, Fault, Slip, clipped
from bot.text import _

_STRING: Final = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
_FENCES: Final = ('"""', "'''")
_IN_CURLY: Final = re.compile(rf"[{CURLY}{CURLY_SINGLE}]([^{CURLY}\"\n]+)[{CURLY}{CURLY_SINGLE}]")
_DOUBLED: Final = re.compile(r"\"\"[^\"\\\n]+\"\"?|\"[^\"\\\n]+\"\"")


def text_slip(fault: Fault) -> Slip | None:
    """Recognise what is wrong with a text in quotation marks, or what should be in some."""
    if fault.complaint.startswith(("Unescaped", "Invalid hex")):
        return _backslash(fault)
    if fault.letter in (*CURLY, *CURLY_SINGLE) and fault.complaint == "Invalid value":
        return _curly(fault)
    if fault.complaint.startswith("Expected newline"):
        return _behind_text(fault)
    return _open_text(fault) if fault.value[:1] in ('"', "'", "[", "{") else None


def _curly(fault: Fault) -> Slip:
    match = _IN_CURLY.match(fault.text, fault.position)
    if match is None:
        return fault.here(_("curly quotation marks"), _('write straight ones: "…"'))
    remedy = _('write straight ones: "{text}"', text=clipped(match[1]))
    return fault.here(_("curly quotation marks"), remedy, len(match[0]))


def _backslash(fault: Fault) -> Slip:
    start = max(0, fault.text.rfind("\\", 0, fault.position + 1))
    problem = _("a backslash has a meaning of its own between quotation marks")
    remedy = _("write two of them, or / in a path, or put the text between ' and '")
    return Slip(start, start + 1, problem, remedy)


def _open_text(fault: Fault) -> Slip | None:
    """Recognise a text that doesn't end in its line."""
    start = _open_mark(fault)
    if start is None:
        return None
    mark, end = fault.text[start], fault.line_end
    if fault.text.startswith(_FENCES, start):
        problem = _("the text runs over several lines and never ends")
        return Slip(start, start + 3, problem, _("write it on one line, in quotation marks"))
    line = fault.text[start + 1 : end]
    last = line.rstrip(" ,;]").rstrip()
    if last and last[-1] in (*CURLY, *CURLY_SINGLE):
        at = start + len(last)
        problem = _("the text begins with a straight quotation mark and ends with a curly one")
        return Slip(at, at + 1, problem, _("write {mark} at its end", mark=mark))
    if mark in fault.text[end:]:
        problem = _("the text runs over several lines")
        return Slip(start, end, problem, _("write it on one line"))
    problem = _("the quotation mark at the end of the text is missing")
    if fault.is_list:
        problem = _("a quotation mark is missing in this list")
        remedy = _("start and end each text in it with {mark}", mark=mark)
        return fault.here(problem, remedy)
    return Slip(end, end + 1, problem, _("write {mark} there", mark=mark))


def _open_mark(fault: Fault) -> int | None:
    """Find the quotation mark, in the line where the parser gave up or the first, that is open."""
    start = fault.text.rfind("\n", 0, fault.position) + 1
    for line_start in dict.fromkeys((start, 0)):
        at = max(line_start, fault.value_start if line_start == 0 else 0)
        while at < len(fault.text) and fault.text[at] not in "\n#":
            if fault.text.startswith(_FENCES, at):
                return at if fault.text.find(fault.text[at : at + 3], at + 3) < 0 else None
            if fault.text[at] not in "\"'":
                at += 1
            elif (match := _STRING.match(fault.text, at)) is None:
                return at
            else:
                at = match.end()
    return None


def _behind_text(fault: Fault) -> Slip | None:
    """Recognise what stands behind a text that is whole."""
    match = _STRING.match(fault.text, fault.value_start)
    if match is None:
        return None
    rest = fault.text[fault.position : fault.line_end]
    return _inner_mark(match.end() - 1, fault) or fault.here(
        _("there's something after the end of the text"),
        _("put it inside the quotation marks, or take it out"),
        max(1, len(rest)),
    )


def _inner_mark(at: int, fault: Fault) -> Slip | None:
    """Recognise a mark within a text that ends it too early."""
    mark = fault.text[at]
    if _DOUBLED.fullmatch(fault.value):
        problem = _("a quotation mark too many")
        return fault.at_value(problem, _("write one at the beginning and one at the end"))
    if mark not in fault.text[at + 1 : fault.line_end]:
        return None
    if mark == "'":
        problem = _("the apostrophe inside the text ends it")
        return Slip(at, at + 1, problem, _('put the text between " and "'))
    problem = _("the quotation mark inside the text ends it")
    return Slip(at, at + 1, problem, _('write \\" for each one inside it'))
