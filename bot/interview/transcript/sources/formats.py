"""Which format a file has, by its name or by how it begins."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from bot.interview.transcript.encodings import read_text
from bot.interview.transcript.sources.captions import read_captions
from bot.interview.transcript.sources.html import read_html
from bot.interview.transcript.sources.markdown_lines import read_markdown
from bot.interview.transcript.sources.plain_text import read_plain
from bot.interview.transcript.sources.records import read_json, read_table
from bot.interview.transcript.sources.source_lines import SourceFile
from bot.interview.transcript.structure import TranscriptError
from bot.text import _

_Read = Callable[[str], SourceFile]

_BY_SUFFIX: Final[Mapping[str, _Read]] = {
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".srt": read_captions,
    ".vtt": read_captions,
    ".json": read_json,
    ".jsonl": read_json,
    ".csv": partial(read_table, delimiter=","),
    ".tsv": partial(read_table, delimiter="\t"),
}
_MAX_TEXT: Final = 6_000_000
"""Characters, some hundred hours of talk; what is more would only take long."""
_STARTS_OF_PAGES: Final = ("<!doctype html", "<html", "<?xml", "<article", "<body")
_LOOKS_LIKE_CUES: Final = re.compile(r"^\d+:\d{2}(?::\d{2})?[.,]\d{3} --> ", re.MULTILINE)
_LOOKS_LIKE_MARKDOWN: Final = re.compile(
    r"^(?:\*\*[^*\n]{1,200}\*\*|__[^_\n]{1,200}__|#{1,6} )", re.M
)


def read_source(path: Path) -> SourceFile:
    """Read a file; raises TranscriptError where it is no text, FileError where it is no file."""
    text = read_text(path)
    reader = _reader(path, text)
    if reader in (read_markdown, read_plain, read_captions):
        _refuse_book(path.name, len(text))
    source = reader(text)
    _refuse_book(path.name, sum(len(line.text) for line in source.lines))
    return source


def _refuse_book(name: str, length: int) -> None:
    if length > _MAX_TEXT:
        raise TranscriptError(
            _("{name} has {length} characters of text.", name=name, length=length),
            _("Cut it to one interview, {most} at most.", most=_MAX_TEXT),
        )


def _reader(path: Path, text: str) -> _Read:
    if reader := _BY_SUFFIX.get(path.suffix.casefold()):
        return reader
    start = text[:5000]
    if start.lstrip().casefold().startswith(_STARTS_OF_PAGES):
        return read_html
    if start.lstrip().startswith("WEBVTT") or _LOOKS_LIKE_CUES.search(start):
        return read_captions
    if start.lstrip().startswith(("{", "[{")):
        return read_json
    if len(_LOOKS_LIKE_MARKDOWN.findall(text[:50_000])) > 1:
        return read_markdown
    return read_plain
