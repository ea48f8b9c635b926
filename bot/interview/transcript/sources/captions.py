"""SubRip and WebVTT: the lines of each cue."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from bot.interview.transcript.sources.chunks import chunks
from bot.interview.transcript.sources.source_lines import Line, SourceFile
from bot.interview.transcript.structure import TranscriptError
from bot.text import _

_VOICE: Final = re.compile(r"<v(?:\.[\w.]{1,80})?\s{1,8}([^>]{1,200})>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]{0,200}>|\{\\[^}]{0,200}\}")
_CUE_TIME: Final = "-->"


def read_captions(text: str) -> SourceFile:
    """Read the lines; raises TranscriptError where they are no captions."""
    from pysubs2.exceptions import Pysubs2Error

    format_name = "vtt" if text.lstrip().startswith("WEBVTT") else "srt"
    lines: list[Line] = []
    try:
        for before, piece in chunks(text):
            lines += _cue_lines(piece, format_name, before + 1)
    except (Pysubs2Error, ValueError) as error:
        raise TranscriptError(
            _("The subtitles can't be read: {why}.", why=error),
            _("Save them again as SubRip or WebVTT."),
        ) from error
    return SourceFile(lines, format="captions")


def _cue_lines(text: str, format_name: str, first: int) -> Iterator[Line]:
    """Give the lines of cues, numbered from `first` on."""
    # Only who loads something pays for the import.
    from pysubs2 import SSAFile

    # Tags are taken out below: to turn them into those of another format costs more than all else.
    cues: Any = SSAFile.from_string(text, format_=format_name, keep_html_tags=True)
    # The library does not tell on which line a cue's words are.
    numbers = [n for n, line in enumerate(text.split("\n"), first + 1) if _CUE_TIME in line]
    for n, cue in enumerate(cues):
        yield from _lines(cue.text, numbers[n] if n < len(numbers) else first)


def _lines(text: str, number: int) -> Iterator[Line]:
    """Give the lines of a cue; a voice that is named holds for those that follow in it."""
    voice, begins = "", True
    for part in text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ").split("\n"):
        if named := _VOICE.search(part):
            voice = " ".join(named[1].split())
        if words := " ".join(unescape(_TAG.sub("", part)).split()):
            yield Line(number, words, begins=begins, voice=voice)
            begins = False
