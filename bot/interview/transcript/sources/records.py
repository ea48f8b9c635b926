"""JSON, CSV, TSV and YAML of transcription services: entries with a text, a speaker and a time."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from bot.interview.transcript.sources.source_lines import Line, SourceFile
from bot.interview.transcript.structure import TranscriptError
from bot.interview.words import word_set
from bot.text import _

# What services call the two, in small letters and without underscores.
_TEXTS: Final = word_set(
    "text words transcript content sentence utterance speech dialogue line body caption"
)
_SPEAKERS: Final = word_set(
    "speaker speakername speakerlabel speakerid name who label person participant voice author user"
)
_MOST_DEEP: Final = 12
_SAMPLE: Final = 200
_EXPORT: Final = _("Export it again, as text or as .vtt.")
_Entry = Mapping[str, Any]


def read_json(text: str) -> SourceFile:
    """Read the list of entries that says most, and says who speaks.

    Raises TranscriptError where it is no JSON, or nobody is named in it.
    """
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        content = _json_lines(text)
    return _source(_entries_in(content), "JSON", "key")


def read_table(text: str, delimiter: str) -> SourceFile:
    """Read rows with a header; raises TranscriptError where none of its columns says who speaks."""
    name = "TSV" if delimiter == "\t" else "CSV"
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise TranscriptError(
            _("This {format} cannot be read: {why}.", format=name, why=error), _EXPORT
        ) from error
    # What is more than the header has stands under no name.
    return _source([{key: row[key] for key in row if key} for row in rows], name, "column")


def spoken_in(content: object) -> list[Line]:
    """List what is said in JSON or YAML that was read; nothing where it says of nobody who speaks.

    The numbers are those of the entries, from 2 on.
    """
    entries = _entries_in(content)
    key = _speaker_key(entries)
    return [] if key is None else _lines(entries, key)


def _entries_in(content: object) -> Sequence[_Entry]:
    return max(_lists(content, 0), key=_weight, default=())


def _json_lines(text: str) -> object:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise TranscriptError(_("This is no JSON that can be read."), _EXPORT) from error


def _lists(content: object, depth: int) -> Iterator[Sequence[_Entry]]:
    """Find the lists of entries that have a text, wherever they are."""
    if depth > _MOST_DEEP:
        return
    children: Sequence[object] = ()
    if isinstance(content, list):
        children = cast("list[object]", content)
        entries = [cast("_Entry", item) for item in children if isinstance(item, dict)]
        if any(map(_text, entries[:_SAMPLE])):
            yield entries
    elif isinstance(content, dict):
        children = list(cast("dict[object, object]", content).values())
    for child in children:
        yield from _lists(child, depth + 1)


def _weight(entries: Sequence[_Entry]) -> tuple[bool, int]:
    """Order lists: one that says who speaks, then the one that holds more text."""
    return _speaker_key(entries) is not None, sum(len(_text(entry)) for entry in entries)


def _source(entries: Sequence[_Entry], name: str, field: str) -> SourceFile:
    key = _speaker_key(entries)
    if key is None:
        raise TranscriptError(
            _("This is {format} without a {field} that says who speaks.", format=name, field=field),
            _("Export the transcript with speakers, as text or as .vtt."),
        )
    return SourceFile(_lines(entries, key), format=name)


def _lines(entries: Sequence[_Entry], key: str) -> list[Line]:
    return [
        Line(number, words, voice=_speaker(entry.get(key)))
        # A table's first line is its header; in JSON there are no lines to tell.
        for number, entry in enumerate(entries, 2)
        if (words := " ".join(_text(entry).split()))
    ]


def _text(entry: _Entry) -> str:
    """Give what an entry says, or what the entries in it say."""
    for key, value in entry.items():
        if isinstance(value, str) and value and _folded(key) in _TEXTS:
            return value
    lists = (cast("list[object]", value) for value in entry.values() if isinstance(value, list))
    parts = (cast("_Entry", item) for items in lists for item in items if isinstance(item, dict))
    return " ".join(filter(None, map(_text, parts)))


def _speaker_key(entries: Sequence[_Entry]) -> str | None:
    """Find the key that names a speaker and is filled in most often."""
    filled = Counter[str]()
    for entry in entries[:_SAMPLE]:
        filled.update(key for key, value in entry.items() if value != "" and _names(key, value))
    return max(filled, key=lambda key: filled[key], default=None)


def _names(key: str, value: object) -> bool:
    return isinstance(value, (str, int, dict)) and _folded(key) in _SPEAKERS


def _folded(key: str) -> str:
    return "".join(filter(str.isalnum, key.casefold()))


def _speaker(value: object) -> str:
    if isinstance(value, dict):
        value = next(iter(cast("dict[object, object]", value).values()), "")
    name = " ".join(str("" if value is None else value).split()).rstrip(":： ")
    return f"Speaker {name}" if name.isdigit() else name
