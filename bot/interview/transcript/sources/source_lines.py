"""The lines of a file, whatever its format: no step before their shapes joins or drops any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Style(StrEnum):
    """How a line stands out as a whole, or how its start does."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    HEADING = "heading"
    QUOTED = "quoted"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands in the file, without its decoration; `number` counts from 1.

    The first `lead` characters of the text are in `lead_style`. `begins` says that an empty line,
    a block or a cue ends before it. `voice` is a speaker that the format itself names, `level` that
    of a heading.
    """

    number: int
    text: str
    style: Style = Style.PLAIN
    lead: int = 0
    lead_style: Style = Style.PLAIN
    begins: bool = True
    voice: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read; `about` is what it says of itself, by the key that it uses.

    `imprint` is what a page says of where it comes from, and not of who speaks.
    """

    lines: Sequence[Line]
    title: str = ""
    about: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    format: str = "text"
    imprint: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
