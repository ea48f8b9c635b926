"""JSON, CSV, TSV and YAML of transcription services: entries with a text, a speaker and a time."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any, Final, cast

from bot.interview.transcript.sources.chunks import split_lines
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
_REMEMBERED: Final = 1000
"""Keys; a file has few, again and again."""
_EXPORT: Final = _("Export it again, as text or as .vtt.")


@dataclass(slots=True)
class _SpeechRecord:
    """What an object or a row has to tell: it may have hundreds of keys, each word one of its own.

    `children` are the lists and entries in it, `first` is what stands first in it.
    """

    text: str = ""
    speakers: tuple[tuple[str, object], ...] = ()
    children: Sequence[object] = ()
    first: object = ""


def read_json(text: str) -> SourceFile:
    """Read the list of entries that says most, and says who speaks.

    Raises TranscriptError where it is no JSON, or nobody is named in it.
    """
    return _source(_entries_in(_parsed(text)), "JSON", "key")


def read_table(text: str, delimiter: str) -> SourceFile:
    """Read rows with a header; raises TranscriptError where none of its columns says who speaks."""
    name = "TSV" if delimiter == "\t" else "CSV"
    try:
        # A file in memory takes four times the text.
        lines = (f"{line}\n" for line in split_lines(text))
        rows = csv.reader(lines, delimiter=delimiter)
        header = next(rows, list[str]())
        # What is more than the header has stands under no name.
        entries = [_record(zip(header, row, strict=False)) for row in rows if row]
    except csv.Error as error:
        raise TranscriptError(
            _("This {format} can't be read: {why}.", format=name, why=error), _EXPORT
        ) from error
    return _source(entries, name, "column")


def spoken_in(content: object) -> list[Line]:
    """List what is said in what was read of YAML; nothing where it says of nobody who speaks.

    The numbers are those of the entries, from 2 on.
    """
    entries = _entries_in(_with_entries(content, 0))
    key = _speaker_key(entries)
    return [] if key is None else _lines(entries, key)


def _with_entries(content: object, depth: int) -> object:
    """Make entries of all mappings."""
    if depth > _MOST_DEEP:
        return None
    if isinstance(content, list):
        return [_with_entries(item, depth + 1) for item in cast("list[object]", content)]
    if isinstance(content, dict):
        pairs = cast("dict[object, object]", content).items()
        return _record((str(key), _with_entries(value, depth + 1)) for key, value in pairs)
    return content


def _entries_in(content: object) -> Sequence[_SpeechRecord]:
    return max(_lists(content, 0), key=_weight, default=())


def _parsed(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_record)
    except (ValueError, RecursionError):
        return _json_lines(text)


def _json_lines(text: str) -> object:
    try:
        lines = filter(str.strip, split_lines(text))
        return [json.loads(line, object_pairs_hook=_record) for line in lines]
    except (ValueError, RecursionError) as error:
        raise TranscriptError(_("This JSON can't be read."), _EXPORT) from error


def _record(pairs: Iterable[tuple[str, object]]) -> _SpeechRecord:
    """Keep what is of use of an object's keys and values, or of a row's."""
    values: list[tuple[str, Any]] = list(pairs)
    texts = (text for key, text in values if text and isinstance(text, str) and _is_text(key))
    return _SpeechRecord(
        next(texts, ""),
        tuple((key, value) for key, value in values if _is_speaker(key)),
        tuple(value for _key, value in values if _may_hold_records(value)),
        values[0][1] if values else "",
    )


def _may_hold_records(value: object) -> bool:
    return isinstance(value, (list, _SpeechRecord))


def _lists(content: object, depth: int) -> Iterator[Sequence[_SpeechRecord]]:
    """Find the lists of entries that have a text, wherever they are."""
    if depth > _MOST_DEEP:
        return
    children: Sequence[object] = ()
    if isinstance(content, list):
        children = cast("list[object]", content)
        entries = [item for item in children if isinstance(item, _SpeechRecord)]
        if any(map(_text, entries[:_SAMPLE])):
            yield entries
    elif isinstance(content, _SpeechRecord):
        children = content.children
    for child in children:
        if isinstance(child, (list, _SpeechRecord)):
            yield from _lists(cast("object", child), depth + 1)


def _weight(entries: Sequence[_SpeechRecord]) -> tuple[bool, int]:
    """Order lists: one that says who speaks, then the one that holds more text."""
    return _speaker_key(entries) is not None, sum(len(_text(entry)) for entry in entries)


def _source(entries: Sequence[_SpeechRecord], name: str, field: str) -> SourceFile:
    key = _speaker_key(entries)
    if key is None:
        raise TranscriptError(
            _("This is {format} without a {field} that says who speaks.", format=name, field=field),
            _("Export the transcript with speakers, as text or as .vtt."),
        )
    return SourceFile(_lines(entries, key), format=name)


def _lines(entries: Sequence[_SpeechRecord], key: str) -> list[Line]:
    return [
        Line(number, words, voice=_speaker(dict(entry.speakers).get(key)))
        # A table's first line is its header; in JSON there are no lines to tell.
        for number, entry in enumerate(entries, 2)
        if (words := " ".join(unescape(_text(entry)).split()))
    ]


def _text(entry: _SpeechRecord, depth: int = 0) -> str:
    """Give what an entry says, or what the entries in it say."""
    if entry.text or not entry.children or depth > _MOST_DEEP:
        return entry.text
    lists = (cast("list[object]", child) for child in entry.children if isinstance(child, list))
    parts = (item for items in lists for item in items if isinstance(item, _SpeechRecord))
    return " ".join(filter(None, (_text(part, depth + 1) for part in parts)))


def _speaker_key(entries: Sequence[_SpeechRecord]) -> str | None:
    """Find the key that names a speaker and is filled in most often."""
    filled: dict[str, int] = {}
    for entry in entries[:_SAMPLE]:
        for key, value in entry.speakers:
            if value != "" and isinstance(value, (str, int, _SpeechRecord)):
                filled[key] = filled.get(key, 0) + 1
    return max(filled, key=lambda key: filled[key], default=None)


@lru_cache(_REMEMBERED)
def _is_text(key: str) -> bool:
    return _folded(key) in _TEXTS


@lru_cache(_REMEMBERED)
def _is_speaker(key: str) -> bool:
    return _folded(key) in _SPEAKERS


def _folded(key: str) -> str:
    return "".join(filter(str.isalnum, key.casefold()))


def _speaker(value: object) -> str:
    if isinstance(value, _SpeechRecord):
        value = value.first
    name = " ".join(str("" if value is None else value).split()).rstrip(":： ")
    return f"Speaker {name}" if name.isdigit() else name
