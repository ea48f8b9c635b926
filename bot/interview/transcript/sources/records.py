"""JSON, CSV and TSV of transcription services: entries with a text, a speaker and a time."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from bot.interview.transcript.sources.lines import Line, Source
from bot.interview.transcript.structure import TranscriptError
from bot.interview.words import word_set
from bot.text import _

# What services call the three, without case and underscores.
_TEXTS: Final = word_set(
    "text words transcript content sentence utterance speech dialogue line body caption"
)
_SPEAKERS: Final = word_set(
    "speaker speakername speakerlabel speakerid name who label person participant voice author user"
)
_MOST_DEEP: Final = 12
_SAMPLE: Final = 200


def read_json(text: str) -> Source:
    """Read the longest list of entries that have a text.

    Raises TranscriptError where it is no JSON, or nobody is named in it.
    """
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        content = _json_lines(text)
    entries = max(_lists(content, 0), key=_weight, default=[])
    return Source(_named(entries, "JSON"), format="JSON")


def read_table(text: str, delimiter: str) -> Source:
    """Read rows with a header; raises TranscriptError where none of its columns says who speaks."""
    name = "TSV" if delimiter == "\t" else "CSV"
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise TranscriptError(
            _("This {format} cannot be read: {why}.", format=name, why=error),
            _("Export it again, as text or as .vtt."),
        ) from error
    entries = [{key: value for key, value in row.items() if key} for row in rows]
    return Source(_named(entries, name), format=name)


def _json_lines(text: str) -> object:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise TranscriptError(
            _("This is no JSON that can be read."), _("Export it again, as text or as .vtt.")
        ) from error


def _lists(content: object, depth: int) -> Iterator[list[Mapping[str, Any]]]:
    """Find the lists of entries that have a text, wherever they are."""
    if depth > _MOST_DEEP:
        return
    if isinstance(content, list):
        items = cast("list[object]", content)
        entries = [cast("dict[str, Any]", item) for item in items if isinstance(item, dict)]
        if entries and any(map(_text, entries[:_SAMPLE])):
            yield entries
        children: Sequence[object] = items
    elif isinstance(content, dict):
        children = list(cast("dict[object, object]", content).values())
    else:
        return
    for child in children:
        if isinstance(child, (list, dict)):
            yield from _lists(child, depth + 1)


def _weight(entries: Sequence[Mapping[str, Any]]) -> tuple[bool, int]:
    """Order lists: one that says who speaks, then the one that holds more text."""
    return _key(entries, _SPEAKERS) is not None, sum(len(_text(entry)) for entry in entries)


def _text(entry: Mapping[str, Any]) -> str:
    """Give what an entry says, or what the entries in it say."""
    for key, value in entry.items():
        if isinstance(value, str) and value and _folded(key) in _TEXTS:
            return value
    parts = (
        item
        for value in entry.values()
        if isinstance(value, list)
        for item in cast("list[Any]", value)
    )
    return " ".join(filter(None, (_text(item) for item in parts if isinstance(item, dict))))


def _folded(key: str) -> str:
    return "".join(filter(str.isalnum, key.casefold()))


def _named(entries: Sequence[Mapping[str, Any]], format_name: str) -> list[Line]:
    """Give a line for each entry; the speaker is the key whose values repeat."""
    speaker_key = _key(entries, _SPEAKERS)
    if speaker_key is None:
        raise TranscriptError(
            _("This is {format} without a column or key that says who speaks.", format=format_name),
            _("Export the transcript with speakers, as text or as .vtt."),
        )
    return [
        Line(number, words, voice=_speaker(entry.get(speaker_key)))
        for number, entry in enumerate(entries, 2)
        if (words := " ".join(_text(entry).split()))
    ]


def _key(entries: Sequence[Mapping[str, Any]], names: frozenset[str]) -> str | None:
    """Find the key of that meaning which is filled in most often."""
    counts: dict[str, int] = {}
    for entry in entries[:_SAMPLE]:
        for key, value in entry.items():
            is_filled = value not in (None, "") and not isinstance(value, (list, float))
            if is_filled and _folded(key) in names:
                counts[key] = counts.get(key, 0) + 1
    return max(counts, key=lambda key: counts[key], default=None)


def _speaker(value: object) -> str:
    if isinstance(value, dict):
        value = next(iter(cast("dict[object, object]", value).values()), "")
    name = " ".join(str("" if value is None else value).split()).rstrip(":： ")
    return f"Speaker {name}" if name.isdigit() else name
