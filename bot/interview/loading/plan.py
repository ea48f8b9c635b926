"""What loading a transcript would write, as rows: nothing is changed before somebody agreed."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = dict[str, Any]


@dataclass
class Plan:
    """The files of a pack, as rows; `adds_to` names the interview that it belongs to.

    `beside` are the folders of that interview, beside which the pack has to be right. `suggestions`
    are fields of the interview that only an editor can decide about.
    """

    slug: str
    adds_to: str = ""
    interview: Row = field(default_factory=Row)
    quotes: list[Row] = field(default_factory=list[Row])
    answers: list[Row] = field(default_factory=list[Row])
    left_out: list[str] = field(default_factory=list[str])
    beside: tuple[Path, ...] = ()
    suggestions: Row = field(default_factory=Row)

    @property
    def passages(self) -> list[Row]:
        """The quotes save those that were withdrawn."""
        return [row for row in self.quotes if not row.get("withdrawn")]

    @property
    def in_draw(self) -> int:
        return sum(row.get("drawn", True) for row in self.passages)
