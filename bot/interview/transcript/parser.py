"""From a file to an interview: its lines, the shape of its voices, who asks and what was said."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.interview.transcript.decisions import Decisions
from bot.interview.transcript.exchanges import exchanges_of
from bot.interview.transcript.grammar.reading import read_shape
from bot.interview.transcript.sources.formats import read_source
from bot.interview.transcript.structure import Transcript
from bot.interview.transcript.turns import turns_of

_NONE: Final = Decisions()


def parse_transcript(
    path: Path,
    *,
    speakers: Mapping[str, str] = MappingProxyType({}),
    decisions: Decisions = _NONE,
) -> Transcript:
    """Understand a file as an interview; `speakers` tells whom a label means, before `decisions`.

    Raises TranscriptError where it is no text, or nobody in it speaks, FileError where it is no
    file.
    """
    decided = replace(decisions, names={**decisions.names, **speakers})
    source = read_source(path)
    # Where its voices begin is of use to nobody else, and takes as much room as they do.
    spoken = turns_of(source.lines, read_shape(source, path.name, decided))
    return exchanges_of(source, spoken, path.name, decided)
