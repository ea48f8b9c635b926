"""SubRip and WebVTT: the lines of each cue."""

import re
from collections.abc import Iterator
from typing import Any, Final

from bot.interview.transcript.sources.lines import Line, Source
from bot.interview.transcript.structure import TranscriptError
from bot.text import _

_VOICE: Final = re.compile(r"<v(?:\.[\w.]{1,80})?\s{1,8}([^>]{1,200})>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]{0,200}>|\{\\[^}]{0,200}\}")
_CUE_TIME: Final = re.compile(r"-->")


def read_captions(text: str) -> Source:
    """Read the lines; raises TranscriptError where they are no captions."""
    from pysubs2 import SSAFile
    from pysubs2.exceptions import Pysubs2Error

    format_name = "vtt" if text.lstrip().startswith("WEBVTT") else "srt"
    try:
        cues: Any = SSAFile.from_string(text, format_=format_name, keep_unknown_html_tags=True)
    except (Pysubs2Error, ValueError) as error:
        raise TranscriptError(
            _("The subtitles cannot be read: {why}.", why=error),
            _("Save them again as SubRip or WebVTT."),
        ) from error
    numbers = _cue_lines(text)
    lines: list[Line] = []
    for n, cue in enumerate(cues):
        lines += _lines(cue.text, numbers[n] if n < len(numbers) else 1)
    return Source(lines, format="captions")


def _lines(text: str, number: int) -> Iterator[Line]:
    """Give the lines of a cue; a voice that is named holds for those that follow in it."""
    voice, begins = "", True
    for part in text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ").split("\n"):
        if named := _VOICE.search(part):
            voice = " ".join(named[1].split())
        if words := " ".join(_TAG.sub("", part).split()):
            yield Line(number, words, begins=begins, voice=voice)
            begins = False


def _cue_lines(text: str) -> list[int]:
    """Find the line of each cue's first words; the library does not tell."""
    return [n + 1 for n, line in enumerate(text.split("\n"), 1) if _CUE_TIME.search(line)]
