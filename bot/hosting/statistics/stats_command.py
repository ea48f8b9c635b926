"""`stats`: the same on a terminal, whether the bot runs or not."""

import asyncio
from collections.abc import Iterator, Sequence
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
    from rich.table import Table

_SPARKS: Final = "▁▂▃▄▅▆▇█"
_SPARK_CELLS: Final = 60
_BAR_CELLS: Final = 24


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
                sparks = _sparks(listing.course)
                console.print(Text(f"  {sparks}", style="magenta"))
                console.print(Text(f"  {_axis(len(sparks), *listing.ends)}", style="dim"))
            console.print(_drawn(listing))
            console.print()


def _drawn(listing: Listing) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column()
    # A file with its line is of use as a whole only.
    table.add_column(no_wrap=True)
    for row, bar in zip(listing.rows, _bars(listing), strict=True):
        name, *others = (Text(printable(cell)) for cell in row)
        cells = [Text(bar, style="magenta")] if listing.weights else []
        table.add_row("", name, *others, *cells)
    return table


def _sparks(course: Sequence[int]) -> str:
    """Draw a sign a day, and of many days one for several."""
    days = -(-len(course) // _SPARK_CELLS)
    sums = [sum(course[at : at + days]) for at in range(0, len(course), days)]
    most = max(*sums, 1)
    return "".join(_SPARKS[(len(_SPARKS) - 1) * total // most] for total in sums)


def _axis(width: int, first: str, last: str) -> str:
    """Write which days a line of signs is about, below it; one that is too short has no room."""
    return f"{first}{last:>{max(width - len(first), len(last) + 2)}}"


def _bars(listing: Listing) -> Sequence[str]:
    most = max(*listing.weights, 1) if listing.weights else 1
    bars = ["█" * round(weight / most * _BAR_CELLS) for weight in listing.weights]
    return bars or [""] * len(listing.rows)
