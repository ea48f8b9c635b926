"""All interviews there are, each with what was loaded to add to it, and every mistake in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from bot.interview.pack import files
from bot.interview.pack.entries import (
    AdditionEntry,
    AnswerEntry,
    FactEntry,
    PromptEntry,
    QuestionEntry,
    QuoteEntry,
)
from bot.interview.pack.mistakes import Mistakes, Spot
from bot.interview.pack.pack import Pack, read_pack
from bot.interview.pack.source import (
    read_entries,
    read_lines,
    validated,
)
from bot.interview.pack.toml_files import read_parts
from bot.interview.pack.toml_lines import TomlPassage
from bot.process.progress import NOBODY, UNSEEN, Meter, Progress
from bot.text import _

_TABLES: Final = (
    (files.QUOTES, "quotes", QuoteEntry),
    (files.FACTS, "facts", FactEntry),
    (files.TRIVIA, "questions", QuestionEntry),
    (files.PROMPTS, "prompts", PromptEntry),
)


@dataclass
class Packs:
    """All packs there are and what is wrong with them.

    `unread` are the folders whose interview.toml cannot be understood.
    """

    packs: list[Pack] = field(default_factory=list[Pack])
    unread: list[Path] = field(default_factory=list[Path])
    mistakes: Mistakes = field(default_factory=Mistakes)


def read_packs(folders: Sequence[Path], meter: Meter = UNSEEN) -> Packs:
    """Read packs and what was loaded to add to them; a later folder of the same name is refused.

    `meter` counts their quotes and answers whenever they are streamed.
    """
    packs = Packs()
    additions: dict[str, list[Path]] = {}
    for folder in folders:
        slug = _adds_to(folder)
        if slug is None:
            _add(packs, folder)
        else:
            additions.setdefault(slug, []).append(folder)
    for pack in packs.packs:
        pack.meter = meter
    by_slug = {pack.interview.slug: pack for pack in packs.packs}
    for slug, addition_folders in additions.items():
        if slug in by_slug:
            by_slug[slug].folders.extend(addition_folders)
        else:
            _miss_base(packs.mistakes, addition_folders[0], slug)
    return packs


def meter_of(folders: Sequence[Path], progress: Progress) -> Meter:
    """Give what counts the entries of some packs as they are streamed once."""
    return Meter(progress, files.count_entries(folders))


def mistakes_in(folders: Sequence[Path], progress: Progress = NOBODY) -> Mistakes:
    """Find every mistake in some packs, those in what is streamed among them."""
    packs = read_packs(folders, meter_of(folders, progress))
    for pack in packs.packs:
        for _item in chain(pack.quotes(), pack.answers()):
            pass
    for folder in packs.unread:
        _check_apart(folder, packs.mistakes)
    return packs.mistakes


def _check_apart(folder: Path, mistakes: Mistakes) -> None:
    """Look at each entry by itself, where nobody knows to which people and exchanges it belongs."""
    for name, table, kind in _TABLES:
        for _record in read_entries(folder / name, table, kind, mistakes):
            pass
    for name, kind in ((files.QUOTES_STREAMED, QuoteEntry), (files.ANSWERS, AnswerEntry)):
        for _record in read_lines(folder / name, kind, mistakes):
            pass


def bases_of(folders: Sequence[Path], packs_dir: Callable[[], Path]) -> list[Path]:
    """List the packs to which some folders add, and which are not among them."""
    slugs = dict.fromkeys(slug for folder in folders if (slug := _adds_to(folder)))
    names = {folder.name for folder in folders if _adds_to(folder) is None}
    bases = [packs_dir() / slug for slug in slugs if slug not in names]
    return [base for base in bases if files.is_pack(base)]


def _adds_to(folder: Path) -> str | None:
    """Give the interview to which a loaded folder adds, None for a pack of its own."""
    path = folder / files.INTERVIEW
    file = read_parts(path, Mistakes())
    if file is None or "adds_to" not in file.content:
        return None
    entry = validated(AdditionEntry, file.content, path, Mistakes(), TomlPassage(file.lines))
    return entry.adds_to if entry else ""


def _add(packs: Packs, folder: Path) -> None:
    if any(pack.interview.slug == folder.name for pack in packs.packs):
        packs.mistakes.add(
            folder / files.INTERVIEW,
            Spot(1),
            _("another interview is also named {name!r}", name=folder.name),
            _("rename one of the two folders"),
        )
    elif pack := read_pack(folder, packs.mistakes):
        packs.packs.append(pack)
    else:
        packs.unread.append(folder)


def _miss_base(mistakes: Mistakes, folder: Path, slug: str) -> None:
    mistakes.add(
        folder / files.INTERVIEW,
        Spot(1),
        _("adds to the interview {slug!r}, which doesn't exist", slug=slug),
        _("put that pack back, or remove the folder"),
    )
