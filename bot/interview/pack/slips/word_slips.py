"""Words, numbers and days without quotation marks that aren't written as they must be."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from bot.interview.pack.field_names import LEVELS, nearest
from bot.interview.pack.slips.fault import FIELD, Fault, Slip, clipped
from bot.interview.pack.slips.figures import number_in_words
from bot.interview.pack.slips.written_days import iso_day
from bot.text import Text, _

_YES: Final = frozenset(("yes", "on", "true", "y", "ja", "oui", "si", "sí"))
_NO: Final = frozenset(("no", "off", "false", "n", "nein", "non"))
_NOTHING: Final = frozenset(("none", "null", "nil", "n/a", "undefined"))
_DASHES: Final = "\u2010\u2011\u2013\u2014\u2212"
_FIGURES: Final = re.compile(r"[+-]?\d[\d.,_' \u00a0\u202f]*")
_TRUTHS: Final = frozenset({"drawn", "guessed", "mature", "withdrawn"})


def truth_in_words(word: str) -> str | None:
    """Give true or false for what people write instead."""
    folded = word.strip().casefold()
    return "true" if folded in _YES else "false" if folded in _NO else None


def no_truth(word: str) -> Text:
    """Say what is wrong with what stands for true or false."""
    if (folded := word.casefold()) in ("true", "false"):
        return _("{word} is written in small letters", word=folded)
    return _("{word} is neither true nor false", word=word)


def word_slip(fault: Fault) -> Slip | None:
    """Recognise a value without quotation marks."""
    if not fault.key or fault.is_list or fault.value.startswith(('"', "'", "{")):
        return _word_in_list(fault) if fault.is_list else None
    for recognise in _WAYS:
        if slip := recognise(fault):
            return slip
    return None


def _no_value(fault: Fault) -> Slip | None:
    if fault.value:
        return None
    key = fault.key
    rest = fault.text[fault.value_start : fault.line_end]
    if rest.startswith("#"):
        problem = _("# starts a comment, so {key} has no value", key=key)
        remedy = _('put it in quotation marks: {key} = "{value}"', key=key, value=clipped(rest))
        return Slip(fault.value_start, fault.line_end, problem, remedy)
    problem = _("{key} has no value", key=key)
    remedy = _("write one after the equals sign, or delete the line")
    return Slip(max(0, fault.line_end - 1), fault.line_end, problem, remedy)


def _truth(fault: Fault) -> Slip | None:
    word = truth_in_words(fault.value)
    if word is None or (fault.key not in _TRUTHS and word not in fault.value.casefold()):
        return None
    remedy = _("write {key} = {word}", key=fault.key, word=word)
    return fault.at_value(no_truth(fault.value), remedy)


def _nothing(fault: Fault) -> Slip | None:
    if fault.value.casefold() not in _NOTHING or fault.key == "spoiler":
        return None
    problem = _("{value} isn't a value here", value=fault.value)
    return fault.at_value(problem, _("delete the line: a field left out has no value"))


def _day(fault: Fault) -> Slip | None:
    day = iso_day(fault.value)
    if fault.complaint.startswith("Invalid date"):
        problem = _("there's no such date or time")
        return fault.at_value(problem, _("write year, month and day: 2026-11-25"))
    if day is None:
        return None
    problem = _("a date in another order or with other marks")
    return fault.at_value(problem, _("write {key} = {day}", key=fault.key, day=day))


def _number(fault: Fault) -> Slip | None:
    number = number_in_words(fault.value)
    if number is not None:
        problem = _("{key} is in words", key=fault.key)
        return fault.at_value(problem, _("write {key} = {number}", key=fault.key, number=number))
    if fault.value[:1] in _DASHES:
        problem = _("a dash that isn't a minus sign")
        return fault.here(problem, _("write a whole number of 0 or more"))
    if _FIGURES.fullmatch(fault.value):
        problem = _("a number with something before or between its digits")
        digits = re.sub(r"\D", "", fault.value).lstrip("0") or "0"
        return fault.at_value(problem, _("write {key} = {number}", key=fault.key, number=digits))
    return None


def _two_fields(fault: Fault) -> Slip | None:
    field = FIELD.match(fault.text, fault.position, fault.line_end)
    if field is None or not fault.complaint.startswith("Expected newline"):
        return None
    remedy = _("start a new line before {key}", key=clipped(field["key"]))
    return fault.here(_("two fields on one line"), remedy, len(field["key"]))


def _end_mark(fault: Fault) -> Slip | None:
    rest = fault.text[fault.position : fault.line_end]
    if rest not in (",", ";", ".") or not fault.complaint.startswith("Expected newline"):
        return None
    problem = _("{mark} at the end of the line", mark=rest)
    return fault.here(problem, _("take it out: each field has a line of its own"))


def _bare_text(fault: Fault) -> Slip | None:
    if fault.value.endswith('"') and fault.value.count('"') == 1:
        problem = _("the quotation mark at the beginning of the text is missing")
        return Slip(fault.value_start, fault.value_start + 1, problem, _('write " there'))
    if not re.search(r"[^\W\d]", fault.value):
        return None
    text = clipped(fault.value.strip("\"'“”„"))
    remedy = _('write {key} = "{text}"', key=fault.key, text=text)
    if text not in (levels := LEVELS.get(fault.key, [text])):
        return _bare_level(fault, text, levels)
    return fault.at_value(_("the text isn't in quotation marks"), remedy)


def _bare_level(fault: Fault, text: str, levels: Sequence[str]) -> Slip:
    """Say of a level that is none and has no quotation marks both at once."""
    key = fault.key
    problem = _(
        "the text isn't in quotation marks, and {key} can't be \"{text}\"", key=key, text=text
    )
    if level := nearest(text, levels):
        return fault.at_value(problem, _('write {key} = "{level}"', key=key, level=level))
    *others, last = levels
    choices = {"first": '", "'.join(others), "last": last}
    return fault.at_value(problem, _('write {key} = "{first}" or "{last}"', key=key, **choices))


_WAYS: Final[Sequence[Callable[[Fault], Slip | None]]] = (
    _no_value,
    _two_fields,
    _end_mark,
    _truth,
    _nothing,
    _day,
    _number,
    _bare_text,
)


def _word_in_list(fault: Fault) -> Slip | None:
    match = re.compile(r"[^\s,\[\]{}\"'#][^,\[\]{}\"'#\n]*").match(fault.text, fault.position)
    if match is None or fault.complaint != "Invalid value":
        return None
    word = match[0].strip()
    problem = _("text in the list isn't in quotation marks")
    return fault.here(problem, _('write "{word}"', word=clipped(word)), len(word))
