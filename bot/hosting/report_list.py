"""What members reported, with the file and the line that an editor has to look at."""

import asyncio
from pathlib import Path
from time import time

from bot.hosting.question_sources import question_lines
from bot.interview.pack.item_lines import ItemLine
from bot.state.paths import state_path
from bot.state.reports import Report, Reports
from bot.state.sqlite.schema import file_version
from bot.state.store import open_state, spoken_outage
from bot.text import printable


def reported(packs_dir: Path, data_dir: Path, database_url: str | None = None) -> list[str]:
    """List the reports, a line each; nothing where no bot has ever run."""
    has_state = database_url or file_version(state_path(data_dir))
    with spoken_outage():
        reports = asyncio.run(_read(data_dir, database_url)) if has_state else []
    lines = question_lines({(report.slug, report.item) for report in reports}, packs_dir, data_dir)
    return [_line(report, lines.get((report.slug, report.item))) for report in reports]


async def _read(data_dir: Path, database_url: str | None) -> list[Report]:
    async with open_state(data_dir, database_url) as database:
        return await Reports(database, time).every()


def _line(report: Report, line: ItemLine | None) -> str:
    where = f"{line.path}:{line.line}" if line else f"{report.slug} {report.item.replace(':', ' ')}"
    members = "1 member" if report.members == 1 else f"{report.members} members"
    return printable(f"{where}: {report.reason} ({members})")
