"""SubRip and WebVTT: cues joined to what was said without a pause."""

import re
from itertools import pairwise
from typing import Any, Final

from bot.interview.transcript.labels import starts_with_label
from bot.interview.transcript.structure import Paragraph, TranscriptError
from bot.text import _

_VOICE: Final = re.compile(r"<v(?:\.[\w.]{1,80})?\s{1,8}([^>]{1,200})>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]{0,200}>|\{\\[^}]{0,200}\}")
_DASH: Final = re.compile(r"^\s*[-–—]\s+(?=\S)")
_TERMINAL: Final = re.compile(r"[.!?…。！？؟][\"'”’)\]]*$")
_CUE_TIME: Final = re.compile(r"-->")


def read_subtitles(text: str) -> tuple[str, list[Paragraph]]:
    """Read cues; one goes on with the last unless a label or a pause is between."""
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
    lines = _cue_lines(text)
    pauses = [cue.start > before.end for before, cue in pairwise(cues)]
    # Where some cues follow each other at once, the pauses between the others mean something.
    means_something = any(pauses) and not all(pauses)
    paragraphs: list[Paragraph] = []
    for number, cue in enumerate(cues):
        line = lines[number] if number < len(lines) else 1
        pause = pauses[number - 1] if means_something and number else None
        for paragraph in _turns(cue.text, line):
            previous = paragraphs[-1] if paragraphs else None
            if previous and _goes_on(previous, paragraph, pause):
                both = f"{previous.text} {paragraph.text}"
                paragraphs[-1] = Paragraph(previous.line, both, label=previous.label)
            else:
                paragraphs.append(paragraph)
            pause = False
    return "", paragraphs


def _turns(text: str, line: int) -> list[Paragraph]:
    """Divide a cue where voices or dashes do."""
    turns: list[Paragraph] = []
    label = ""
    for part in text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ").split("\n"):
        if voice := _VOICE.search(part):
            label = voice[1].strip()
        words = " ".join(_DASH.sub("", _TAG.sub("", part)).split())
        if not words:
            continue
        is_new = bool(voice) or bool(_DASH.match(part)) or starts_with_label(words) or not turns
        if is_new:
            turns.append(Paragraph(line, words, label=label))
        else:
            turns[-1] = Paragraph(line, f"{turns[-1].text} {words}", label=turns[-1].label)
    return turns


def _goes_on(previous: Paragraph, paragraph: Paragraph, is_after_pause: bool | None) -> bool:
    if starts_with_label(paragraph.text) or paragraph.label != previous.label:
        return False
    if paragraph.label or not _TERMINAL.search(previous.text):
        return True
    return is_after_pause is False


def _cue_lines(text: str) -> list[int]:
    """Find the line of each cue's first words; the library does not tell."""
    return [n + 1 for n, line in enumerate(text.split("\n"), 1) if _CUE_TIME.search(line)]
