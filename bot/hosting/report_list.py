"""What members reported, with the file and the line that an editor has to look at."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from time import time
from typing import Final

from bot.interview.pack import files
from bot.interview.pack.entries import FactEntry, NumberedEntry, QuestionEntry
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.packs import Pack, read_packs
from bot.interview.pack.source import Record, read_entries
from bot.state.paths import state_path
from bot.state.reports import Report, Reports
from bot.state.sqlite.schema import file_version
from bot.state.store import open_state
from bot.text import printable
from bot.trivia.kinds import Source

_FACTS: Final = (Source.WHO.value, Source.TRUE_OR_FALSE.value)


def reported(packs_dir: Path, data_dir: Path, database_url: str | None = None) -> list[str]:
    """List the reports, a line each; nothing where no bot has ever run."""
    has_state = database_url or file_version(state_path(data_dir))
    reports = asyncio.run(_read(data_dir, database_url)) if has_state else []
    packs = read_packs(files.all_folders(packs_dir, data_dir)).packs
    by_slug = {pack.interview.slug: pack for pack in packs}
    return [_line(report, by_slug.get(report.slug)) for report in reports]


async def _read(data_dir: Path, database_url: str | None) -> list[Report]:
    async with open_state(data_dir, database_url) as database:
        return await Reports(database, time).every()


def _line(report: Report, pack: Pack | None) -> str:
    source, _colon, number = report.item.partition(":")
    is_number = number.isdecimal() and len(number) < 10
    place = _place(pack, source, int(number)) if pack and is_number else None
    where = f"{place[0]}:{place[1]}" if place else f"{report.slug} {source} {number}"
    members = "1 member" if report.members == 1 else f"{report.members} members"
    return printable(f"{where}: {report.reason} ({members})")


def _place(pack: Pack, source: str, number: int) -> tuple[Path, int] | None:
    """Find the file and the line of an item; None where it is gone."""
    for placed in _entries(pack, source):
        if placed.entry.number == number:
            return placed.path, placed.line
    return None


def _entries(pack: Pack, source: str) -> Iterable[Record[NumberedEntry]]:
    if source == Source.CURATED.value:
        path = pack.folder / files.TRIVIA
        return read_entries(path, "questions", QuestionEntry, Mistakes())
    if source in _FACTS:
        return read_entries(pack.folder / files.FACTS, "facts", FactEntry, Mistakes())
    return pack.quote_entries()
