"""From a file to an interview: its lines, the shape of its voices, who asks and what was said."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bot.interview.transcript.exchanges import exchanges_of
from bot.interview.transcript.grammar.reading import Reading, read_shape
from bot.interview.transcript.sources.files import read_source
from bot.interview.transcript.structure import Transcript


def parse_transcript(
    path: Path,
    *,
    speakers: Mapping[str, str] = MappingProxyType({}),
    shape: str | None = None,
) -> Transcript:
    """Understand a file as an interview; `speakers` tells whom a label means.

    Raises TranscriptError where it is no text, or nobody in it speaks, FileError where it is no
    file.
    """
    source = read_source(path)
    reading: Reading = read_shape(source, path.name, speakers, shape)
    return exchanges_of(source, reading, path.name, speakers)
