"""JSON, CSV and TSV of transcription services: entries with a text, a speaker and a time."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
class _SpokenRecord:
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
    return _source(max(_lists(_parsed(text), 0), key=_weight, default=()), "JSON")


def read_table(text: str, delimiter: str) -> SourceFile:
    """Read rows with a header; raises TranscriptError where none of its columns says who speaks."""
    name = "TSV" if delimiter == "\t" else "CSV"
    try:
        # A file in memory takes four times the text.
        lines = (f"{line}\n" for line in split_lines(text))
        rows = csv.reader(lines, delimiter=delimiter)
        header = next(rows, list[str]())
        # What is more than the header has stands under no name.
        entries = [_entry(zip(header, row, strict=False)) for row in rows if row]
    except csv.Error as error:
        raise TranscriptError(
            _("This {format} cannot be read: {why}.", format=name, why=error), _EXPORT
        ) from error
    return _source(entries, name)


def _parsed(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_entry)
    except (ValueError, RecursionError):
        return _json_lines(text)


def _json_lines(text: str) -> object:
    try:
        lines = filter(str.strip, split_lines(text))
        return [json.loads(line, object_pairs_hook=_entry) for line in lines]
    except (ValueError, RecursionError) as error:
        raise TranscriptError(_("This is no JSON that can be read."), _EXPORT) from error


def _entry(pairs: Iterable[tuple[str, object]]) -> _SpokenRecord:
    """Keep what is of use of an object's keys and values, or of a row's."""
    values: list[tuple[str, Any]] = list(pairs)
    texts = (text for key, text in values if text and isinstance(text, str) and _is_text(key))
    return _SpokenRecord(
        next(texts, ""),
        tuple((key, value) for key, value in values if _is_speaker(key)),
        tuple(value for _key, value in values if _may_hold_entries(value)),
        values[0][1] if values else "",
    )


def _lists(content: object, depth: int) -> Iterator[Sequence[_SpokenRecord]]:
    """Find the lists of entries that have a text, wherever they are."""
    if depth > _MOST_DEEP:
        return
    children: Sequence[object] = ()
    if isinstance(content, list):
        children = cast("list[object]", content)
        entries = [item for item in children if isinstance(item, _SpokenRecord)]
        if any(map(_text, entries[:_SAMPLE])):
            yield entries
    elif isinstance(content, _SpokenRecord):
        children = content.children
    for child in children:
        if isinstance(child, (list, _SpokenRecord)):
            yield from _lists(cast("object", child), depth + 1)


def _weight(entries: Sequence[_SpokenRecord]) -> tuple[bool, int]:
    """Order lists: one that says who speaks, then the one that holds more text."""
    return _speaker_key(entries) is not None, sum(len(_text(entry)) for entry in entries)


def _source(entries: Sequence[_SpokenRecord], format_name: str) -> SourceFile:
    key = _speaker_key(entries)
    if key is None:
        raise TranscriptError(
            _("This is {format} without a column or key that says who speaks.", format=format_name),
            _("Export the transcript with speakers, as text or as .vtt."),
        )
    lines = [
        Line(number, words, voice=_speaker(dict(entry.speakers).get(key)))
        # A table's first line is its header; in JSON there are no lines to tell.
        for number, entry in enumerate(entries, 2)
        if (words := " ".join(_text(entry).split()))
    ]
    return SourceFile(lines, format=format_name)


def _text(entry: _SpokenRecord, depth: int = 0) -> str:
    """Give what an entry says, or what the entries in it say."""
    if entry.text or not entry.children or depth > _MOST_DEEP:
        return entry.text
    lists = (cast("list[object]", child) for child in entry.children if isinstance(child, list))
    parts = (item for items in lists for item in items if isinstance(item, _SpokenRecord))
    return " ".join(filter(None, (_text(part, depth + 1) for part in parts)))


def _speaker_key(entries: Sequence[_SpokenRecord]) -> str | None:
    """Find the key that names a speaker and is filled in most often."""
    filled: dict[str, int] = {}
    for entry in entries[:_SAMPLE]:
        for key, value in entry.speakers:
            if value != "" and isinstance(value, (str, int, _SpokenRecord)):
                filled[key] = filled.get(key, 0) + 1
    return max(filled, key=lambda key: filled[key], default=None)


def _may_hold_entries(value: object) -> bool:
    return isinstance(value, (list, _SpokenRecord))


@lru_cache(_REMEMBERED)
def _is_text(key: str) -> bool:
    return _folded(key) in _TEXTS


@lru_cache(_REMEMBERED)
def _is_speaker(key: str) -> bool:
    return _folded(key) in _SPEAKERS


def _folded(key: str) -> str:
    return "".join(filter(str.isalnum, key.casefold()))


def _speaker(value: object) -> str:
    if isinstance(value, _SpokenRecord):
        value = value.first
    name = " ".join(str("" if value is None else value).split()).rstrip(":： ")
    return f"Speaker {name}" if name.isdigit() else name
