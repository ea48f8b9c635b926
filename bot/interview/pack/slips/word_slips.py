"""Words, numbers and days without quotation marks that aren't written as they must be."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from bot.interview.pack.field_names import FIELDS, LEVELS, NUMBERS, TEXTS, TRUTHS, nearest
from bot.interview.pack.slips.fault import Fault, Slip, clipped
from bot.interview.pack.slips.figures import number_in_words
from bot.interview.pack.slips.written_days import iso_day
from bot.text import Text, _

_YES: Final = frozenset(("yes", "on", "true", "y", "ja", "oui", "si", "sí"))
_NO: Final = frozenset(("no", "off", "false", "n", "nein", "non"))
NOTHING: Final = frozenset(("none", "null", "nil", "n/a", "undefined"))
_DASHES: Final = "\u2010\u2011\u2013\u2014\u2212"
_GROUPED: Final = re.compile(r"[+-]?(?:\d{1,3}(?:[.,_' \u00a0\u202f]\d{3})+|\d+)")


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
    if rest.startswith("#") and key in TEXTS:
        problem = _("# starts a comment, so {key} has no value", key=key)
        remedy = _('put it in quotation marks: {key} = "{value}"', key=key, value=clipped(rest))
        return Slip(fault.value_start, fault.line_end, problem, remedy)
    if re.fullmatch(r"#\s*\d+", rest) and key in NUMBERS:
        return _no_number(fault, rest)
    problem = _("{key} has no value", key=key)
    remedy = _("write one after the equals sign, or delete the line")
    return Slip(max(0, fault.line_end - 1), fault.line_end, problem, remedy)


def _truth(fault: Fault) -> Slip | None:
    word = truth_in_words(fault.value)
    is_meant = fault.key in TRUTHS or (
        fault.key not in TEXTS and fault.value.casefold() in ("true", "false")
    )
    if not is_meant or (word is None and fault.value.startswith('"')):
        return None
    remedy = _("write {key} = {word}", key=fault.key, word=word or "true")
    if word is None:
        remedy = _("write {key} = true or {key} = false", key=fault.key)
    return fault.at_value(no_truth(fault.value), remedy)


def _nothing(fault: Fault) -> Slip | None:
    if fault.value.casefold() not in NOTHING or fault.key == "spoiler":
        return None
    problem = _("{value} isn't a value here", value=fault.value)
    return fault.at_value(problem, _("delete the line: a field left out has no value"))


def _day(fault: Fault) -> Slip | None:
    if fault.key in TEXTS:
        return None
    day = iso_day(fault.value)
    if fault.complaint.startswith("Invalid date") or (day is None and fault.key == "since"):
        problem = _("there's no such date or time")
        if not fault.value[:1].isdigit():
            problem = _("{key} takes a date", key=fault.key)
        return fault.at_value(problem, _("write year, month and day: 2026-11-25"))
    if day is None:
        return None
    problem = _("a date in another order or with other marks")
    return fault.at_value(problem, _("write {key} = {day}", key=fault.key, day=day))


def _number(fault: Fault) -> Slip | None:
    if fault.key in TEXTS:
        return None
    number = number_in_words(fault.value)
    if number is not None:
        problem = _("{key} is in words", key=fault.key)
        return fault.at_value(problem, _("write {key} = {number}", key=fault.key, number=number))
    if fault.value[:1] in _DASHES:
        problem = _("a dash that isn't a minus sign")
        return fault.here(problem, _("write a whole number of 0 or more"))
    if _GROUPED.fullmatch(fault.value):
        problem = _("a number with something before or between its digits")
        digits = int(re.sub(r"\D", "", fault.value[:40]))
        return fault.at_value(problem, _("write {key} = {number}", key=fault.key, number=digits))
    return _no_number(fault, fault.value) if fault.key in NUMBERS else None


def _no_number(fault: Fault, typed: str) -> Slip:
    """Say of other words in a number's place which number may be meant."""
    problem = _("{key} takes a whole number", key=fault.key)
    remedy = _("write only the number, as in {key} = 5", key=fault.key)
    if len(figures := re.findall(r"\d{1,9}", typed)) == 1:
        remedy = _("write {key} = {number}", key=fault.key, number=int(figures[0]))
    return Slip(fault.value_start, fault.value_start + len(typed), problem, remedy)


def _bare_text(fault: Fault) -> Slip | None:
    if fault.value.endswith('"') and fault.value.count('"') == 1:
        problem = _("the quotation mark at the beginning of the text is missing")
        return Slip(fault.value_start, fault.value_start + 1, problem, _('write " there'))
    # What is a word and no list, number or colours may be a text, whatever its field is called.
    if fault.key not in TEXTS and (fault.key in FIELDS or not re.search(r"[^\W\d]", fault.value)):
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


def _two_signs(fault: Fault) -> Slip | None:
    if not fault.value.startswith("="):
        return None
    start = fault.value_start
    return Slip(start, start + 1, _("one equals sign too many"), _("take it out"))


_WAYS: Final[Sequence[Callable[[Fault], Slip | None]]] = (
    _two_signs,
    _no_value,
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
