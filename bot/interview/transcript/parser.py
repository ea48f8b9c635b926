"""From a file to an interview: which format, who speaks, what is a question and what an answer."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.interview.transcript.encodings import read_text
from bot.interview.transcript.html_source import read_html
from bot.interview.transcript.markdown_source import read_markdown
from bot.interview.transcript.plain_text import read_plain
from bot.interview.transcript.structure import Paragraph, Transcript, TranscriptError
from bot.interview.transcript.subtitles import read_subtitles
from bot.interview.transcript.turns import understand
from bot.text import _

_Read = Callable[[str], tuple[str, list[Paragraph]]]

_BY_SUFFIX: Final[Mapping[str, _Read]] = {
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".srt": read_subtitles,
    ".vtt": read_subtitles,
}
_MAX_TEXT: Final = 2_000_000
"""Characters, some twenty hours of talk; what is more would only take long."""
_LOOKS_LIKE_HTML: Final = re.compile(r"\s*(?:<!doctype html|<html|<\?xml|<article|<body)", re.I)
_LOOKS_LIKE_CUES: Final = re.compile(r"^\d+:\d{2}(?::\d{2})?[.,]\d{3} --> ", re.MULTILINE)
_LOOKS_LIKE_MARKDOWN: Final = re.compile(
    r"^(?:\*\*[^*\n]{1,200}\*\*|__[^_\n]{1,200}__|#{1,6} )", re.M
)


def parse_transcript(
    path: Path, *, speakers: Mapping[str, str] = MappingProxyType({})
) -> Transcript:
    """Understand a file as an interview; `speakers` tells whom a label means.

    Raises TranscriptError where it is no text, or nobody in it speaks, FileError where it is no
    file.
    """
    text = read_text(path)
    reader = _reader(path, text)
    if reader is not read_html:
        _refuse_book(path.name, len(text))
    title, paragraphs = reader(text)
    _refuse_book(path.name, sum(len(paragraph.text) for paragraph in paragraphs))
    return understand(title, paragraphs, speakers, path.name)


def _refuse_book(name: str, length: int) -> None:
    if length > _MAX_TEXT:
        raise TranscriptError(
            _("{name} has {length} characters of text.", name=name, length=length),
            _("An interview has at most {most}; cut it to one.", most=_MAX_TEXT),
        )


def _reader(path: Path, text: str) -> _Read:
    if reader := _BY_SUFFIX.get(path.suffix.casefold()):
        return reader
    start = text[:5000]
    if _LOOKS_LIKE_HTML.match(start):
        return read_html
    if start.lstrip().startswith("WEBVTT") or _LOOKS_LIKE_CUES.search(start):
        return read_subtitles
    if len(_LOOKS_LIKE_MARKDOWN.findall(text[:50_000])) > 1:
        return read_markdown
    return read_plain
