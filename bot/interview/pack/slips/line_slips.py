"""Lines that are neither a field nor a header, headers among them that are not quite one."""

import re
from typing import Final

from bot.interview.pack.field_names import FIELDS, nearest
from bot.interview.pack.slips.fault import CURLY, CURLY_SINGLE, FIELD, Fault, Slip, clipped
from bot.text import _

_HEADER: Final = re.compile(
    r"\s*([\[{(\uff3b][\[{(\uff3b ]*)([\w.\"' -]+?)([\]})\uff3d ]*)(?:#.*)?$"
)
_BEHIND_HEADER: Final = re.compile(r"\s*(\[{1,2}[\w.\"' -]+\]{1,2})\s*(\S.*)")
_BARE_HEADER: Final = re.compile(
    r"[ \t]*(quotes|facts|questions|prompts|exchanges)[ \t]*:?[ \t]*$", re.IGNORECASE
)
_DASH: Final = "\u2010\u2011\u2012\u2013\u2014\u2212"
_NOTE: Final = re.compile(r"\s*(//|--|;|/\*|<!--|%|\*)")
_MERGE: Final = re.compile(r"(<<<<<<<|=======|>>>>>>>)")
_SIGN: Final = re.compile(r"\s*[\"']?([\w .-]+?)[\"']?\s*([:\uff1a\uff1d]=?|=>|->|→)")
_NAME: Final = re.compile(r"\s*([A-Za-z][\w-]*)([ \t]+)(.*)")
_PARTED: Final = re.compile(rf"[ {_DASH}]")
_VALUE: Final = re.compile(rf"(?:[-{_DASH}]\s*)?(?:[\"'“„«\[\d]|true|false)")
_MOST_LETTERS: Final = 300
"""Letters of a line that are looked at: more is no line of a person's."""
_DOUBLE: Final = ("quotes", "facts", "questions", "prompts", "people", "exchanges")
_SINGLE: Final = (
    "colours",
    "exchange",
    "fact",
    "interview",
    "person",
    "prompt",
    "question",
    "topics",
)


def line_slip(fault: Fault) -> Slip | None:
    """Recognise what is wrong with a line that has no field's name and sign."""
    line = fault.text.split("\n", 1)[0][:_MOST_LETTERS]
    if FIELD.match(line):
        return None
    return _header_slip(fault, line) or _marked_line(fault, line) or _nameless(fault, line)


def _header_slip(fault: Fault, line: str) -> Slip | None:
    match = _BEHIND_HEADER.match(line)
    if match is not None and not match[2].startswith(("#", "]")):
        remedy = _("start a new line after {header}", header=match[1])
        if not re.search(r"\w", match[2]):
            remedy = _("take it out")
        return Slip(*match.span(2), _("there's something after a header"), remedy)
    if match := _BARE_HEADER.match(line):
        remedy = _("write {header}", header=f"[[{match[1].casefold()}]]")
        return Slip(*match.span(1), _("this header isn't complete"), remedy)
    match = _HEADER.match(line)
    if match is None:
        return None
    name = match[2].strip("\"'").strip()
    header = f"[{name}]" if name.split(".")[0] in _SINGLE else f"[[{name}]]"
    close = nearest(name, (*_DOUBLE, *_SINGLE))
    if " " in name and close is None:
        return None
    if close is not None and "." not in name:
        header = f"[[{close}]]" if close in _DOUBLE else f"[{close}]"
    problem = _("this header isn't complete")
    end = len(match[0].split("#")[0].rstrip())
    return Slip(match.start(1), end, problem, _("write {header}", header=header))


def _marked_line(fault: Fault, line: str) -> Slip | None:
    if match := _MERGE.match(line):
        problem = _("a mark left over from merging two versions")
        remedy = _("keep one of the two, and delete the marks")
        return Slip(0, match.end(), problem, remedy)
    if match := _NOTE.match(line):
        problem = _("{mark} doesn't start a comment here", mark=match[1])
        return Slip(match.start(1), match.end(1), problem, _("start comments with #"))
    start = len(line) - len(line.lstrip())
    if line[start : start + 1] in (*CURLY, *CURLY_SINGLE):
        problem = _("a curly quotation mark before a field's name")
        return Slip(start, start + 1, problem, _("write names without quotation marks"))
    if re.match(r"\s*[-•·\u2013\u2014] ", line):
        problem = _("a dash or a dot before the field, as in a bulleted list")
        return Slip(start, start + 1, problem, _("start the line with the field's name"))
    return None


def _nameless(fault: Fault, line: str) -> Slip:
    return _other_sign(line) or _no_sign(line) or _prose(line)


def _other_sign(line: str) -> Slip | None:
    match = _SIGN.match(line)
    if match is None or (" " in match[1] and nearest(match[1], FIELDS) is None):
        return None
    key = nearest(match[1], FIELDS) or match[1]
    problem = _("{sign} between the field's name and its value", sign=match[2])
    if match[2] == ":":
        problem = _("a colon between the field's name and its value")
    remedy = _("write an equals sign: {key} = …", key=key)
    return Slip(match.start(2), match.end(2), problem, remedy)


def _no_sign(line: str) -> Slip | None:
    """Recognise a name in two words, and one without a sign behind it."""
    head, equals, _rest = line.partition("=")
    if equals and _PARTED.search(head.strip()) and not re.search(r"[\"'.,!?\[\]{}]", head):
        start = len(head) - len(head.lstrip())
        key = nearest(head, FIELDS) or re.sub(r"\W+", "_", head.strip())
        problem = _("a field's name with a space in it")
        if " " not in head.strip():
            problem = _("a field's name with a dash in it")
        return Slip(start, len(head.rstrip()), problem, _("write {key}", key=clipped(key)))
    match = _NAME.match(line)
    if match and match[1].casefold() in FIELDS and _VALUE.match(match[3]):
        problem = _("the equals sign is missing")
        return Slip(match.start(2), match.end(2), problem, _("write {key} = …", key=match[1]))
    return None


def _prose(line: str) -> Slip:
    start = len(line) - len(line.lstrip())
    end = max(start + 1, len(line.rstrip()))
    if line.strip().strip("=") == "" or line.lstrip().startswith("="):
        return Slip(start, end, _("a line without a field's name"), _("write name = value"))
    if line[start : start + 1] == "{":
        problem = _("an entry in curly brackets, as quotes.jsonl has them")
        return Slip(start, start + 1, problem, _("write each field on a line of its own"))
    if line.strip().casefold() in FIELDS:
        problem = _("{key} has no value", key=line.strip())
        return Slip(start, end, problem, _("write {key} = …", key=line.strip()))
    problem = _("a line that is neither a field nor a header")
    remedy = _("start it with # if it's a comment; if it belongs to a text, write that on one line")
    return Slip(start, end, problem, remedy)
