"""What members reported, with the file and the line that an editor has to look at."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import time

from bot.hosting.question_sources import kind_words, place_words, question_lines, reason_words
from bot.interview.pack.item_lines import ItemLine
from bot.state.paths import state_path
from bot.state.reports import Report, Reports
from bot.state.sqlite.schema import file_version
from bot.state.store import open_state, spoken_outage
from bot.text import printable


@dataclass(frozen=True, slots=True)
class ReportedItem:
    """What members reported, and where it stands, where that is known."""

    report: Report
    line: ItemLine | None
    packs: tuple[Path, Path]

    def __str__(self) -> str:
        slug, item, reason, members = self.report
        place = place_words((slug, item), self.line, self.packs)
        where = f"{place} ({kind_words(item)})" if self.line else place
        return printable(f"{where}: {reason_words(reason, members)}")

    def as_json(self) -> Mapping[str, object]:
        path, number = (str(self.line.path), self.line.line) if self.line else (None, None)
        return {**self.report._asdict(), "file": path, "line": number}


def reported(
    packs_dir: Path, data_dir: Path, database_url: str | None = None
) -> Sequence[ReportedItem]:
    """List what was reported; nothing where no bot has ever run."""
    has_state = database_url or file_version(state_path(data_dir))
    with spoken_outage():
        reports = asyncio.run(_read(data_dir, database_url)) if has_state else []
    lines = question_lines({(report.slug, report.item) for report in reports}, packs_dir, data_dir)
    packs = packs_dir, data_dir
    return [
        ReportedItem(report, lines.get((report.slug, report.item)), packs) for report in reports
    ]


async def _read(data_dir: Path, database_url: str | None) -> list[Report]:
    async with open_state(data_dir, database_url) as database:
        return await Reports(database, time).every()
