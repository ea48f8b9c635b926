"""What is wrong with a pack: where, what, and the remedy."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final, Self

from bot.errors import OperatorError
from bot.reading.bounded import FileError
from bot.text import ENCORE, Text, _, plural, printable, say

# Nobody reads more, and a pack of a million quotes may be wrong in all of them.
MAX_MISTAKES: Final = 500
MAX_HINTS: Final = 50
"""Hints of one sort."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake; `line` is that of the entry, counted from 1."""

    path: Path
    line: int
    problem: Text
    remedy: Text

    def __str__(self) -> str:
        return printable(f"{self.path}:{self.line}: {self.sentence()}")

    def as_hint(self) -> str:
        """Write it as something that may be left as it is."""
        return printable(f"{self.path}:{self.line}: hint: {self.sentence()}")

    def sentence(self) -> str:
        """Say what is wrong and what to do, without the place."""
        remedy = say(self.remedy)
        return f"{say(self.problem).rstrip('.')}; {remedy[:1].lower()}{remedy[1:].rstrip('.')}"


def at_most(hints: Iterator[Mistake], most: int = MAX_HINTS) -> Iterator[Mistake]:
    """Give hints of one sort up to a number that somebody still reads, and count the others."""
    yield from islice(hints, most)
    for first in hints:
        count = 1 + sum(1 for _hint in hints)
        problem = plural("1 more is like those above", "{count} more are like those above", count)
        yield Mistake(first.path, first.line, problem, _("mend those first"))


class PackError(OperatorError):
    """A pack that cannot be used: every mistake, a line each."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        lines = "\n".join(str(mistake) for mistake in mistakes)
        super().__init__(
            _("{lines}", lines=lines),
            _("To see them again after a change, run: {encore} check FOLDER", encore=ENCORE),
        )
        self.mistakes = tuple(mistakes)

    def __reduce__(self) -> tuple[type[Self], tuple[Sequence[Mistake]]]:
        # It may be made in one process, and told in another.
        return type(self), (self.mistakes,)

    def by_folder(self) -> dict[Path, str]:
        """Say of each folder with mistakes the first, and how many there are."""
        firsts: dict[Path, str] = {}
        for mistake in self.mistakes:
            firsts.setdefault(mistake.path.parent, str(mistake))
        counts = Counter(mistake.path.parent for mistake in self.mistakes)
        return {
            folder: first if counts[folder] == 1 else f"{first} (and {counts[folder] - 1} more)"
            for folder, first in firsts.items()
        }


@dataclass
class Mistakes:
    """Collects mistakes up to a number that somebody still reads."""

    noted: list[Mistake] = field(default_factory=list[Mistake])
    left_out: int = 0

    def add(self, path: Path, line: int, problem: Text, remedy: Text) -> None:
        if len(self.noted) < MAX_MISTAKES:
            self.noted.append(Mistake(path, line, problem, remedy))
        else:
            self.left_out += 1

    def add_error(self, path: Path, error: FileError) -> None:
        """Note that a file cannot be read."""
        assert error.remedy is not None
        self.add(path, 1, error.text, error.remedy)

    def __bool__(self) -> bool:
        return bool(self.noted)

    def __iter__(self) -> Iterator[Mistake]:
        return iter(sorted(self.noted, key=lambda mistake: (str(mistake.path), mistake.line)))

    def raise_if_any(self) -> None:
        if self.noted:
            raise PackError(list(self))
