"""What is wrong with a pack: where, what, and the remedy."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final, Protocol, Self

from bot.errors import OperatorError
from bot.reading.bounded import FileError
from bot.text import ENCORE, Text, _, plural, printable, say

# Nobody reads more, and a pack of a million quotes may be wrong in all of them.
MAX_MISTAKES: Final = 500
MAX_HINTS: Final = 50
"""Hints of one sort."""
_EXCERPT: Final = 200
"""Signs of a line that are kept on either side, however long it is."""


FieldPath = Sequence[int | str]
"""The way to a value in an entry, as `("wrong", 2)`: what is in a list is counted from 0."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands; `line` and `column` are counted from 1.

    So many signs are meant as `length` says, none where it is the file. `excerpt` is what stands
    around them in their line, from `excerpt_column` on.
    """

    line: int
    column: int = 1
    length: int = 0
    excerpt: str = ""
    excerpt_column: int = 1


def spot_in(text: str, start: int, end: int, first_line: int = 1) -> Spot:
    """Find the place of what stands between two offsets of a text; what goes on is cut."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", line_start)
    line_end = len(text) if line_end < 0 else line_end
    from_, to = max(line_start, start - _EXCERPT), min(line_end, start + _EXCERPT)
    return Spot(
        line=first_line + text.count("\n", 0, line_start),
        column=start - line_start + 1,
        length=max(1, min(end, line_end) - start),
        excerpt=text[from_:to].rstrip("\r"),
        excerpt_column=from_ - line_start + 1,
    )


class Passage(Protocol):
    """An entry as it stands in its file."""

    def spot(self, path: FieldPath = (), *, of_key: bool = False) -> Spot:
        """Find a value, or the name of its field; the beginning of the entry without a path."""
        ...


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with the value that a path leads to, or with its field's name."""

    problem: Text
    remedy: Text
    path: FieldPath = ()
    of_key: bool = False


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: where, what, and the remedy."""

    path: Path
    spot: Spot
    problem: Text
    remedy: Text

    @classmethod
    def of(cls, path: Path, passage: Passage, remark: Remark) -> Self:
        """Put a remark where its value stands."""
        spot = passage.spot(remark.path, of_key=remark.of_key)
        return cls(path, spot, remark.problem, remark.remedy)

    @property
    def line(self) -> int:
        return self.spot.line

    @property
    def place(self) -> str:
        """Name the place so that editors jump to it."""
        return printable(f"{self.path}:{self.spot.line}:{self.spot.column}")

    def __str__(self) -> str:
        return f"{self.place}: {printable(self.sentence())}"

    def as_hint(self) -> str:
        """Write it as something that may be left as it is."""
        return f"{self.place}: hint: {printable(self.sentence())}"

    def sentence(self) -> str:
        """Say what is wrong and what to do, without the place."""
        return f"{self.what()}; {self.what_to_do()}"

    def what(self) -> str:
        return say(self.problem).rstrip(".")

    def what_to_do(self) -> str:
        remedy = say(self.remedy)
        return f"{remedy[:1].lower()}{remedy[1:].rstrip('.')}"


def at_most(hints: Iterator[Mistake], most: int = MAX_HINTS) -> Iterator[Mistake]:
    """Give hints of one sort up to a number that somebody still reads, and count the others."""
    yield from islice(hints, most)
    for first in hints:
        count = 1 + sum(1 for _hint in hints)
        problem = plural("1 more is like those above", "{count} more are like those above", count)
        yield Mistake(first.path, first.spot, problem, _("fix those first"))


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

    def add(self, path: Path, spot: Spot, problem: Text, remedy: Text) -> None:
        if len(self.noted) < MAX_MISTAKES:
            self.noted.append(Mistake(path, spot, problem, remedy))
        else:
            self.left_out += 1

    def note(self, path: Path, passage: Passage, remark: Remark | Callable[[], Remark]) -> None:
        """Add a remark; where it stands, and what takes long to say, only if somebody reads it."""
        if len(self.noted) < MAX_MISTAKES:
            remark = remark if isinstance(remark, Remark) else remark()
            self.noted.append(Mistake.of(path, passage, remark))
        else:
            self.left_out += 1

    def add_error(self, path: Path, error: FileError) -> None:
        """Note that a file cannot be read."""
        assert error.remedy is not None
        self.add(path, Spot(1), error.text, error.remedy)

    def are_in(self, *paths: Path) -> bool:
        """Say whether any is in one of some files; those may hold more than was understood."""
        return self.left_out > 0 or any(mistake.path in paths for mistake in self.noted)

    def __bool__(self) -> bool:
        return bool(self.noted)

    def __iter__(self) -> Iterator[Mistake]:
        return iter(sorted(self.noted, key=_position))

    def raise_if_any(self) -> None:
        if self.noted:
            raise PackError(list(self))


def _position(mistake: Mistake) -> tuple[str, int, int]:
    return str(mistake.path), mistake.spot.line, mistake.spot.column
