"""Mistakes that the validating library found in an entry, in our words and none of its own."""

from collections.abc import Mapping, Sequence
from typing import Final, get_args

from pydantic_core import ErrorDetails

from bot.interview.pack.entries import Entry
from bot.interview.pack.field_names import file_of, nearest
from bot.interview.pack.mistakes import FieldPath, Remark
from bot.interview.pack.shapes import COLOURS, sentence_on_shape
from bot.text import Text, _

_MOST_NAMED: Final = 60
_MEANINGS: Final[Mapping[str, Text]] = {
    "title": _("what the interview or the question is called"),
    "outlet": _("who published the interview"),
    "summary": _("the question in your own words"),
    "name": _("the person's full name"),
    "exchange": _("the number of the question in interview.toml"),
    "speaker": _("the person's key in interview.toml"),
    "people": _("a list of people's keys in interview.toml; [] is nobody"),
    "text": _("the words themselves, in quotation marks"),
    "prompt": _("the question that is asked"),
    "right": _("the right answer"),
    "wrong": _("a list of three wrong answers"),
    "explanation": _("one sentence that says why"),
    "difficulty": _('"easy", "medium" or "hard"'),
}


def explained(kind: type[Entry], detail: ErrorDetails) -> Remark:
    """Say what is wrong with an entry of a kind, where, and the remedy."""
    path = detail["loc"]
    field = field_name(path)
    match detail["type"]:
        case "missing":
            problem = _("{field} is missing", field=field)
            return Remark(problem, _addition(field, path), path[:-1])
        case "string_too_short" if field in _MEANINGS:
            problem = _("{field} is empty", field=field)
            return Remark(problem, _("write {meaning}", meaning=_MEANINGS[field]), path)
        case "extra_forbidden":
            return _unknown_field(kind, path)
        case "invalid_key" | "string_unicode":
            problem = _("{field} holds half a character", field=field)
            return Remark(problem, _("write it again"), path[:-1] if field == "entry" else path)
        case _:
            is_item = bool(path) and isinstance(path[-1], int) and field != "entry"
            problem, remedy = sentence_on_shape(
                f"an entry of {field}" if is_item else field, detail
            )
            return Remark(problem, remedy, path)


def _addition(field: str, path: FieldPath) -> Text:
    if "colours" in path:
        return _('add {field} = "{colour}"', field=field, colour=COLOURS[field])
    if field not in _MEANINGS:
        return _("add it")
    return _("add it, {meaning}", meaning=_MEANINGS[field])


def unknown_part(name: str, table: str) -> Remark:
    """Say of what stands beside the entries of a file where it belongs."""
    problem = _("{name} doesn't belong in this file", name=name[:_MOST_NAMED])
    if nearest(name, [table]):
        problem = _("[[{name}]] doesn't start an entry", name=name[:_MOST_NAMED])
        remedy = _("write [[{table}]]", table=table)
    elif file := file_of(name):
        remedy = _("move it to {file}; entries here start with [[{table}]]", file=file, table=table)
    else:
        remedy = _("take it out; entries here start with [[{table}]]", table=table)
    return Remark(problem, remedy, [name], of_key=True)


def field_name(path: FieldPath) -> str:
    """Name a field as its line does."""
    names = [part for part in path if isinstance(part, str)]
    return names[-1][:_MOST_NAMED] if names else "entry"


def _unknown_field(kind: type[Entry], path: Sequence[int | str]) -> Remark:
    field = field_name(path)
    fields = list(_model_at(kind, path).model_fields)
    problem = _("there's no field {field} here", field=field)
    if match := nearest(field, fields):
        return Remark(problem, _("did you mean {field}?", field=match), path, of_key=True)
    match = "colours" if field == "colors" else field.casefold()
    if match in kind.model_fields:
        problem = _("{field} belongs to the interview, not to this entry", field=field)
        remedy = _("move it up, above the first header: {field} = …", field=match)
        return Remark(problem, remedy, path, of_key=True)
    remedy = _("use one of {fields}", fields=", ".join(fields))
    return Remark(problem, remedy, path, of_key=True)


def _model_at(kind: type[Entry], path: FieldPath) -> type[Entry]:
    """Find the kind of entry in which a field stands: `people.3.nmae` is one of a person."""
    for part in path[:-1]:
        field = kind.model_fields.get(str(part))
        for inner in get_args(field.annotation) if field else ():
            if isinstance(inner, type) and issubclass(inner, Entry):
                kind = inner
    return kind
