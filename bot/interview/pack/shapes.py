"""Values of another shape than their field takes: what is wrong with them, and what to write."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, Final, cast

from pydantic_core import ErrorDetails

from bot.interview.pack.field_names import LISTS, nearest
from bot.interview.pack.items import person_key
from bot.interview.pack.slips.addresses import mended_link
from bot.interview.pack.slips.figures import number_in_words
from bot.interview.pack.slips.missing_brackets import list_of
from bot.interview.pack.slips.word_slips import truth_in_words
from bot.interview.pack.slips.written_days import iso_day
from bot.text import Text, _

_MOST_TOLD: Final = 60
# What SQLite and Discord count with; beyond it Python may refuse to write a number at all.
_MOST_NUMBER: Final = 1 << 64
_PATTERNS: Final[Mapping[str, Text]] = {
    "link": _("write an address that starts with https://, brackets as %28 and %29"),
    "language": _("write a language code such as en"),
    "source": _("delete the line, then run check --fix"),
}
COLOURS: Final = {"background": "#1b2a41", "text": "#f6f3ee", "accent": "#e0a458"}
_KEYS: Final = _("use lowercase letters, digits and hyphens only, at most 24")


def sentence_on_shape(field: str, detail: ErrorDetails) -> tuple[Text, Text]:
    """Say what is wrong with a field's value, and the remedy."""
    value: Any = detail["input"]
    bounds: Mapping[str, Any] = detail.get("ctx", {})
    if (explain := _BY_CODE.get(detail["type"])) is not None:
        return explain(field, value)
    match detail["type"]:
        case "literal_error" | "enum":
            return _no_level(field, value, bounds["expected"])
        case "value_error":
            remedy = _("take it out; for a backslash, write two")
            problem = _("{field} {why}", field=field, why=bounds["error"])
            return problem, remedy if "character" in str(bounds["error"]) else _("take it out")
        case code if code.startswith("date"):
            return _not_a_day(field, value)
        case code:
            return _measured(code, field, value, bounds)


def written(value: object) -> str:
    """Write a value as it stands in a file, however large or deep it is, in a few words."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            # Of thousands of digits Python refuses to write any.
            return str(value) if abs(value) < _MOST_NUMBER else "a number with many digits"
        case str():
            text = value if len(value) <= _MOST_TOLD else f"{value[:_MOST_TOLD]}…"
            return json.dumps(text, ensure_ascii=False)
        case date() | time():
            return value.isoformat()
        case list():
            return "a list"
        case dict():
            return "a group of fields"
        case None:
            return "null"
        case _:
            return str(value)[:_MOST_TOLD]


def _not_a_text(field: str, value: Any) -> tuple[Text, Text]:
    if isinstance(value, list):
        items = cast("list[object]", value)
        problem = _("{field} takes text, not a list", field=field)
        if len(items) == 1 and isinstance(items[0], str):
            return problem, _("write {text}, without the brackets", text=written(items[0]))
        return problem, _("write text in quotation marks")
    problem = _("{field} takes a text, not {value}", field=field, value=written(value))
    if isinstance(value, dict) or value is None:
        return problem, _("write text in quotation marks")
    return problem, _('write "{value}", in quotation marks', value=written(value))


def _not_a_number(field: str, value: Any) -> tuple[Text, Text]:
    if not isinstance(value, str):
        problem = _("{field} takes a number, not {value}", field=field, value=written(value))
        if isinstance(value, list) and len(items := cast("list[object]", value)) == 1:
            return problem, _("write {value}, without the brackets", value=written(items[0]))
        return problem, _("write a whole number of at most nine digits")
    if value.strip().isdecimal() and len(value) < 10:
        problem = _("{field} is in quotation marks", field=field)
        return problem, _("write {number}, without them", number=int(value))
    number = number_in_words(value)
    if number is not None:
        problem = _("{field} is in words", field=field)
        return problem, _("write {number}, without quotation marks", number=number)
    problem = _("{field} takes a number, not {value}", field=field, value=written(value))
    return problem, _("write a whole number, without quotation marks")


def _not_a_truth(field: str, value: Any) -> tuple[Text, Text]:
    problem = _("{field} is either true or false", field=field)
    word = truth_in_words(str(value)) if isinstance(value, str) else None
    if isinstance(value, int) and value in (0, 1):
        word = "true" if value else "false"
    if word:
        return problem, _("write {word}, without quotation marks", word=word)
    return problem, _("write true or false, without quotation marks")


def _no_level(field: str, value: Any, expected: str) -> tuple[Text, Text]:
    choices = expected.replace("'", '"')
    problem = _("{field} can't be {value}", field=field, value=written(value))
    names = choices.split('"')[1::2]
    if isinstance(value, str) and (match := nearest(value, names)):
        remedy = _('did you mean "{name}"? It takes {choices}', name=match, choices=choices)
        return problem, remedy
    return problem, _("write {choices}", choices=choices)


def _not_a_day(field: str, value: Any) -> tuple[Text, Text]:
    problem = _("{field} can't be {value}", field=field, value=written(value))
    day = iso_day(value) if isinstance(value, str) else None
    if day is None:
        return problem, _("write a date as year, month and day: 2026-11-25")
    return problem, _("write {day}: year, month, day", day=day)


def _not_a_list(field: str, value: Any) -> tuple[Text, Text]:
    problem = _("{field} takes a list", field=field)
    if isinstance(value, dict) or value is None:
        return problem, _("write one in square brackets")
    if isinstance(value, str) and field in LISTS and re.search(r"[^,;]+[,;]\s*\w", value):
        words = [word for part in re.split("[,;]", value) if (word := part.strip())]
        return problem, _("write {list}", list=list_of(field, words))
    return problem, _("write [{value}], in square brackets", value=written(value))


def _no_entry(_field: str, value: Any) -> tuple[Text, Text]:
    problem = _("{value} isn't an entry", value=written(value))
    return problem, _("write fields with their values, each under its name")


def _unlike_pattern(field: str, value: str) -> tuple[Text, Text]:
    problem = _("{field} can't be {value}", field=field, value=written(value))
    if field == "link" and (address := mended_link(value)):
        return problem, _('write "{address}"', address=address)
    if field == "key" and (key := person_key(value)):
        return problem, _('write "{key}": lowercase letters, digits and hyphens', key=key)
    if field in COLOURS:
        return problem, _("write a colour such as {colour}", colour=COLOURS[field])
    return problem, _PATTERNS.get(field, _KEYS)


_BY_CODE: Final[Mapping[str, Callable[[str, Any], tuple[Text, Text]]]] = {
    "string_type": _not_a_text,
    "int_type": _not_a_number,
    "int_from_float": _not_a_number,
    "int_parsing_size": _not_a_number,
    "bool_type": _not_a_truth,
    "list_type": _not_a_list,
    "dict_type": _no_entry,
    "model_type": _no_entry,
    "model_attributes_type": _no_entry,
    "string_pattern_mismatch": _unlike_pattern,
}


def _measured(code: str, field: str, value: Any, bounds: Mapping[str, Any]) -> tuple[Text, Text]:
    """Explain what is too long, too short, too much or too little."""
    match code:
        case "string_too_long" | "too_long" if isinstance(value, str):
            problem = _("{field} has {length} characters", field=field, length=len(value))
            return problem, _("shorten it to {most}", most=bounds["max_length"])
        case "string_too_short" | "too_short" if isinstance(value, str):
            return _("{field} is empty", field=field), _("write something, or leave it out")
        case "too_long" | "too_short" if field == "wrong":
            return _choices(len(value))
        case "too_long":
            problem = _("{field} has {count} entries", field=field, count=len(value))
            return problem, _("write at most {most}", most=bounds["max_length"])
        case "too_short":
            return _("{field} is empty", field=field), _("write at least one in it")
        case "greater_than_equal":
            problem = _("{field} can't be {value}", field=field, value=written(value))
            return problem, _("write at least {least}", least=bounds["ge"])
        case "less_than_equal":
            problem = _("{field} can't be {value}", field=field, value=written(value))
            return problem, _("write at most {most}", most=bounds["le"])
        case _:
            problem = _("{field} can't be {value}", field=field, value=written(value))
            return problem, _("compare it with a file that new-pack writes")


def _choices(count: int) -> tuple[Text, Text]:
    problem = _("a question has three wrong answers, not {count}", count=count)
    if count > 3:
        return problem, _("take out {count}", count=count - 3)
    return problem, _("add {count} more", count=3 - count)
