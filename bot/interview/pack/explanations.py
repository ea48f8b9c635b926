"""Mistakes that the validating library found in an entry, in our words and none of its own."""

import re
import reprlib
from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

from pydantic_core import ErrorDetails

from bot.interview.pack.entries import Entry
from bot.text import Text, _

_MAX_TOLD: Final = 60
# What SQLite and Discord count with; beyond it Python may refuse to write a number at all.
_MAX_NUMBER: Final = 1 << 64
_REMEDIES: Final[Mapping[str, Text]] = {
    "string_type": _("write text in quotation marks"),
    "string_unicode": _("write whole characters, none of them half of a pair"),
    "int_type": _("write a whole number, without quotation marks"),
    "int_from_float": _("write a whole number, without a point"),
    "int_parsing_size": _("write a number of at most nine digits"),
    "bool_type": _("write true or false, without quotation marks"),
    "list_type": _("write a list, in square brackets"),
    "dict_type": _("write a part with a header of its own, and a line each below it"),
    "invalid_key": _("write names in quotation marks"),
    "date_type": _("write a day, such as 2026-11-25"),
    "date_parsing": _("write a day, such as 2026-11-25"),
    "date_from_datetime_parsing": _("write a day, such as 2026-11-25"),
    "date_from_datetime_inexact": _("write a day, such as 2026-11-25, without a time"),
}


def explained(kind: type[Entry], detail: ErrorDetails) -> tuple[Text, Text]:
    """Say what is wrong with an entry of a kind, and the remedy."""
    place = detail["loc"]
    field = _field_name(place)
    value = _short_repr(detail["input"])
    bounds: Mapping[str, Any] = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return _("{field} is missing", field=field), _("add it")
        case "extra_forbidden":
            field_names = ", ".join(_model_at(kind, place).model_fields)
            return _("unknown field {field}", field=field), _(
                "use one of {known}", known=field_names
            )
        case "string_pattern_mismatch":
            return _("{field} is {value}", field=field, value=value), _pattern_remedy(field)
        case "value_error":
            return _("{field} {why}", field=field, why=bounds["error"]), _("take it out")
        case "model_type" | "model_attributes_type":
            problem = _("{value} isn't an entry", value=value)
            return problem, _("write fields with their values, each under its name")
        case "literal_error" | "enum":
            remedy = _("write {expected}", expected=bounds["expected"])
            return _("{field} is {value}", field=field, value=value), remedy
        case code:
            return _measured(code, field, detail["input"], bounds) or (
                _("{field} is {value}", field=field, value=value),
                _REMEDIES.get(code, _("see the README for what this field takes")),
            )


def _measured(
    code: str, field: str, value: Any, bounds: Mapping[str, Any]
) -> tuple[Text, Text] | None:
    """Explain what is too long, too short, too much or too little."""
    match code:
        case "string_too_long" | "too_long" if isinstance(value, str):
            problem = _("{field} has {length} characters", field=field, length=len(value))
            return problem, _("shorten it to {most}", most=bounds["max_length"])
        case "string_too_short" | "too_short" if isinstance(value, str):
            return _("{field} is empty", field=field), _("write something, or leave it out")
        case "too_long":
            problem = _("{field} has {count} entries", field=field, count=len(value))
            return problem, _("write at most {most}", most=bounds["max_length"])
        case "too_short":
            problem = _("{field} has {count} entries", field=field, count=len(value))
            return problem, _("write at least {least}", least=bounds["min_length"])
        case "greater_than_equal":
            problem = _("{field} is {value}", field=field, value=_short_repr(value))
            return problem, _("write at least {least}", least=bounds["ge"])
        case "less_than_equal":
            problem = _("{field} is {value}", field=field, value=_short_repr(value))
            return problem, _("write at most {most}", most=bounds["le"])
        case _:
            return None


def _field_name(place: Sequence[int | str]) -> str:
    """Name a field as its line does; what is in a list also by its place there."""
    match place:
        case (str(), int(), str(), *_):
            return _field_name(place[2:])
        case ():
            return "entry"
        case _:
            return ".".join(str(part)[:_MAX_TOLD] for part in place)


def _model_at(kind: type[Entry], place: Sequence[int | str]) -> type[Entry]:
    """Find the kind of entry in which a field stands: `people.3.nmae` is one of a person."""
    for part in place[:-1]:
        field = kind.model_fields.get(str(part))
        for inner in get_args(field.annotation) if field else ():
            if isinstance(inner, type) and issubclass(inner, Entry):
                kind = inner
    return kind


def _short_repr(value: object) -> str:
    """Write a value, however large or deep it is, in a few words."""
    return repr(value[:_MAX_TOLD]) if isinstance(value, str) else _SHORT.repr(value)


class _Shortener(reprlib.Repr):
    def repr_int(self, x: int, level: int) -> str:
        # Of thousands of digits Python refuses to write any.
        return super().repr_int(x, level) if abs(x) < _MAX_NUMBER else "a number with many digits"


_SHORT: Final = _Shortener()


def _pattern_remedy(field: str) -> Text:
    if re.search(r"\blink$", field):
        return _("write an address that starts with https://, brackets as %28 and %29")
    if field.startswith("colours."):
        return _("write a colour such as #1b2a41")
    if field == "language":
        return _("write a language code such as en")
    if field == "source":
        return _("delete the line, then run check --fix")
    return _("use lowercase letters, digits and hyphens only, at most 24")
