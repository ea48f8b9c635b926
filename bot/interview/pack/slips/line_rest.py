"""What stands behind a value that is whole: a second field, a comment, a mark."""

import re
from typing import Final

from bot.interview.pack.slips.fault import FIELD, Fault, Slip, clipped
from bot.text import _

_MARKS: Final = {",": "comma", ";": "semicolon"}
_NOTE: Final = re.compile(r"//|--|;|/\*|<!--")


def rest_slip(fault: Fault) -> Slip | None:
    """Recognise what the line of a field has too much."""
    rest = fault.text[fault.position : fault.line_end]
    if not rest or not fault.key or not fault.complaint.startswith("Expected newline"):
        return None
    if rest.strip(" ,;.") == "":
        problem = _("{mark} at the end of the line", mark=rest.strip()[:1])
        return fault.here(problem, _("take it out: each field has a line of its own"))
    return _next_field(fault, rest) or _note(fault, rest)


def _next_field(fault: Fault, rest: str) -> Slip | None:
    field = FIELD.match(rest.lstrip(" ,;"))
    if field is None:
        return None
    start = fault.position + rest.index(field["key"])
    remedy = _("start a new line before {key}", key=clipped(field["key"]))
    if mark := _MARKS.get(rest.strip()[:1]):
        remedy = _("start a new line there, in place of the {mark}", mark=mark)
    return Slip(start, start + len(field["key"]), _("two fields on one line"), remedy)


def _note(fault: Fault, rest: str) -> Slip | None:
    note = _NOTE.match(rest)
    if note is None:
        return None
    problem = _("{mark} doesn't start a comment here", mark=note[0])
    return fault.here(problem, _("start comments with #"), len(note[0]))
