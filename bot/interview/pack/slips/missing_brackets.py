"""Lists without their square brackets, written as people write them elsewhere."""

import json
import re
from collections.abc import Sequence
from typing import Final

from bot.interview.pack.field_names import LISTS
from bot.interview.pack.slips.fault import CURLY, CURLY_SINGLE, Fault, Slip
from bot.interview.pack.slips.word_slips import NOTHING
from bot.text import _

_MARKS: Final = f"\"'{CURLY}{CURLY_SINGLE}"
_ITEM: Final = (
    rf"\"[^\"\n]*\"|'[^'\n]*'|[{CURLY}{CURLY_SINGLE}][^{CURLY}\n]*?[{CURLY}{CURLY_SINGLE}]"
    rf"|[^\s,;\[\]{{}}()\"'{CURLY}#=][^,;\[\]{{}}()\"{CURLY}#=\n]*"
)
_ROW: Final = re.compile(rf"\{{?\s*(?:{_ITEM})(?:\s*[,;]\s*(?:{_ITEM}))*\s*[,;]?\s*[\]}}]?")
_BULLET: Final = re.compile(r"[ \t]*[-*•·\u2013\u2014][ \t]+([^\n]+?)[ \t\r]*(?:\n|$)")
_MOST_LETTERS: Final = 300
_MOST_ITEMS: Final = 20
_OF_NUMBERS: Final = "not_with"
_OF_NAMES: Final = ("games", "people")
_AND: Final = re.compile(r"\s+(?:and|&|\+)\s+")


def bracket_slip(fault: Fault) -> Slip | None:
    """Recognise what should be a list, and say how it is written as one."""
    if fault.key not in LISTS or fault.value[:1] in ("[", "("):
        return None
    words = _bullets(fault) if not fault.value else _words(fault)
    if not words:
        return None
    remedy = _("write {key} = {list}", key=fault.key, list=list_of(fault.key, words))
    start = fault.value_start if fault.value else fault.line_end - 1
    problem = _("{field} takes a list", field=fault.key)
    return Slip(start, start + max(1, len(fault.value)), problem, remedy)


def list_of(field: str, words: Sequence[str]) -> str:
    """Write a list as its field takes it: most take years as words, too."""
    are_numbers = field == _OF_NUMBERS and all(word.isdecimal() for word in words)
    items = words if are_numbers else [json.dumps(word, ensure_ascii=False) for word in words]
    more = ["…"] if len(items) > _MOST_ITEMS else []
    return f"[{', '.join([*items[:_MOST_ITEMS], *more])}]"


def _words(fault: Fault) -> Sequence[str]:
    value = fault.value
    if len(value) > _MOST_LETTERS or value.casefold() in NOTHING or not _ROW.fullmatch(value):
        return []
    items = re.findall(_ITEM, value)
    if fault.key in _OF_NAMES:
        items = [part for item in items for part in _AND.split(item)]
    return [item.strip().strip(_MARKS) for item in items]


def _bullets(fault: Fault) -> Sequence[str]:
    """Give what stands below a field's name, one a line with a dash or a dot before it."""
    words: list[str] = []
    at = fault.text.find("\n") + 1
    while match := _BULLET.match(fault.text, at, at + _MOST_LETTERS):
        words.append(match[1].strip(_MARKS))
        at = match.end()
    return words
