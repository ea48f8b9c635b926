"""`stats`: the same on a terminal, whether the bot runs or not."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from time import time
from typing import TYPE_CHECKING, Final

from bot.config import Settings
from bot.hosting.ask_health import NO_REPORT, health_report
from bot.hosting.statistics.listings import Listing, Overview, listings
from bot.hosting.statistics.live import Live, live_of
from bot.hosting.statistics.usage import Statistics, gather
from bot.process.terminal import draws, output, tell
from bot.state.paths import state_path
from bot.state.sqlite.schema import file_version
from bot.state.state import State
from bot.state.store import open_state, spoken_outage
from bot.text import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_SPARKS: Final = "▁▂▃▄▅▆▇█"
_SPARK_CELLS: Final = 60
_BAR_CELLS: Final = 24
_FEWEST_BAR_CELLS: Final = 4
_WRAPPED_CELLS: Final = 24
"""In so many the last words of a row can still be read; where they are missing it is no table."""
_GAP: Final = 2


def overview_of(settings: Settings, days: int) -> Overview | None:
    """Read the sums, and ask the bot; None where none has ever run.

    Raises OperatorError as `open_state` does, UnavailableError where somebody else uses the state.
    """
    if settings.database_url is None and not file_version(state_path(settings.data_dir)):
        return None
    with spoken_outage():
        figures = asyncio.run(_figures(settings, days))
    live, silence = _live(settings.health_port)
    return Overview(figures, (settings.packs_dir, settings.data_dir), live, silence)


async def _figures(settings: Settings, days: int) -> Statistics:
    async with open_state(settings.data_dir, settings.database_url) as database:
        packs = settings.packs_dir, settings.data_dir
        return await gather(State.of(database, time), time(), days, packs)


def _live(port: int | None) -> tuple[Live | None, str]:
    """Ask the bot on this machine how it is; where it does not say, why."""
    if port is None:
        return None, "Set HEALTH_PORT to see servers, memory and the connection as well."
    try:
        return live_of(health_report(port)), ""
    except NO_REPORT:
        return None, f"No bot answers on port {port}, so servers and memory are unknown."


def show(overview: Overview) -> None:
    """Draw it on a terminal; what stands in a pipe or a file are columns alone."""
    if draws(_SPARKS):
        _draw(overview)
    else:
        tell("\n".join(plain_lines(overview)))


def plain_lines(overview: Overview) -> Iterator[str]:
    for listing in listings(overview):
        yield listing.title
        yield from (f"  {printable(note)}" for note in listing.notes)
        yield from (f"  {printable(line)}" for line in _aligned(listing))
        yield ""


def _aligned(listing: Listing) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*listing.rows, strict=True)]
    for row in listing.rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()


def _draw(overview: Overview) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    with output():
        for listing in listings(overview):
            console.print(Text(listing.title, style="bold"))
            for note in listing.notes:
                console.print(Text(f"  {printable(note)}", style="yellow"))
            if len(listing.course) > 1:
                course = sparks(listing.course, min(_SPARK_CELLS, console.width - _GAP))
                console.print(Text(f"  {course}", style="magenta"))
                console.print(Text(f"  {_axis(len(course), *listing.ends)}", style="dim"))
            draw_rows(console, listing)
            console.print()


def draw_rows(console: "Console", listing: Listing) -> None:
    from rich.padding import Padding
    from rich.text import Text

    widths, room = _widths(listing), console.width - _GAP
    if sum(widths[:-1]) + min([*widths[-1:], _WRAPPED_CELLS]) <= room:
        console.print(_table(listing, room - sum(widths)))
        return
    for name, *others in listing.rows:
        # A file with its line is of use as a whole only.
        console.print(Text(f"  {printable(name)}"), soft_wrap=True)
        words = " · ".join(printable(cell) for cell in others if cell)
        console.print(Padding(Text(words), (0, 0, 0, 4)))


def _table(listing: Listing, room: int) -> "Table":
    """Lay out the rows, with bars where there is room for them: long names do not break."""
    from rich.bar import Bar
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    columns = len(_widths(listing))
    for place in range(columns + 1):
        table.add_column(no_wrap=place < columns)
    most, cells = max([*listing.weights, 1]), min(room, _BAR_CELLS)
    bars = [Bar(most, 0, weight, width=cells, color="magenta") for weight in listing.weights]
    for row, bar in zip_longest(listing.rows, bars if cells >= _FEWEST_BAR_CELLS else ()):
        table.add_row("", *(Text(printable(cell)) for cell in row), bar)
    return table


def _widths(listing: Listing) -> Sequence[int]:
    """Give how wide each column is, with what is left free before it."""
    from rich.cells import cell_len

    columns = zip(*listing.rows, strict=True)
    return [max(cell_len(printable(cell)) for cell in column) + _GAP for column in columns]


def sparks(course: Sequence[int], cells: int) -> str:
    """Draw a sign a day, and of many days one for several."""
    days = -(-len(course) // max(1, cells))
    sums = [sum(course[at : at + days]) for at in range(0, len(course), days)]
    most = max(*sums, 1)
    return "".join(_SPARKS[(len(_SPARKS) - 1) * total // most] for total in sums)


def _axis(width: int, first: str, last: str) -> str:
    """Write which days a line of signs is about, below it; one that is too short has no room."""
    return f"{first}{last:>{max(width - len(first), len(last) + 2)}}"
