"""What an answer costs one, two and four processes of a bot, on each engine of the state."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from playground import Outcome
from tests.benchmarks.engines import POSTGRESQL, SQLITE
from tests.benchmarks.fleet import IN_A_ROUND, Fleet, new_fleet
from tests.benchmarks.measuring import IN_FLIGHT, QUICK, Sample, Size, check, in_turns
from tests.benchmarks.rows import Act, Row, typing
from tests.benchmarks.writes import Writes, writes_of
from tests.postgresql import Server

PROCESSES, FEW_PROCESSES = (1, 2, 4), (1, 2)
_ANSWERS, _ROUNDS = 300, 3
"""Of each row, with each number of processes on each engine."""
_WRITTEN = 1_000
"""Answers whose writes are counted: tables grow by eight kilobytes at a time."""

FleetKey = tuple[str, int]
"""The engine, and how many processes."""


@dataclass
class Costs:
    """What answers cost, by how many members act at the same time, and what they have written."""

    samples: dict[int, dict[Row, dict[FleetKey, Sample]]] = field(
        default_factory=lambda: {one: {} for one in IN_FLIGHT}
    )
    writes: dict[Row, Writes] = field(default_factory=dict[Row, Writes])


async def pressing_everywhere(fleet: Fleet, count: int) -> Act:
    """Have members answer public questions in all servers, each once."""
    questions = [await fleet.post("trivia") for _n in range(max(4, -(-count // IN_A_ROUND)))]

    async def act(number: int) -> Outcome:
        asked, answered = number % len(questions), number // len(questions)
        message = questions[asked]
        choices = [one for one in message.custom_ids if one.startswith("trivia:answer:")]
        choice = choices[number % len(choices)]
        return await fleet.discord.members.press(fleet.member(answered), message, choice)

    return act


async def playing(fleet: Fleet, count: int) -> Act:
    """Have members answer the first round of games in all servers, each once."""
    await fleet.start_games(max(2, -(-count // IN_A_ROUND)))
    messages = [await one.round(1) for one in fleet.tables]

    async def act(number: int) -> Outcome:
        table, answered = number % len(messages), number // len(messages)
        return await fleet.tables[table].answer(fleet.member(answered), messages[table], number % 2)

    return act


ROWS = (
    Row("quote", "/quote", None, typing("quote"), "Quote "),
    # The bot shows a new count on a question every two seconds.
    Row("press", "a press on trivia", 1.5, pressing_everywhere, "ight", rest_seconds=2.2),
    Row("round", f"a round of {IN_A_ROUND}", None, playing, finish=Fleet.stop_games),
)


async def answers(folder: Path, size: Size, server: Server) -> Costs:
    """Measure each row with all fleets in turns."""
    processes, written = PROCESSES, replace(size, answers=_WRITTEN)
    if size is QUICK:
        processes, written = FEW_PROCESSES, size
    else:
        size = replace(size, answers=_ANSWERS, rounds=_ROUNDS, warm_up=_ANSWERS // 10)
    costs = Costs()
    async with _all_fleets(folder, processes, server) as fleets:
        for row in ROWS:
            for fleet in fleets.values():
                await check(fleet, row, 8)
            # A round that is answered by one after the other is none.
            for in_flight in IN_FLIGHT[row.finish is not None :]:
                costs.samples[in_flight][row] = await in_turns(row, fleets, size, in_flight)
            costs.writes[row] = await writes_of(fleets[POSTGRESQL, 1], row, written)
    return costs


@asynccontextmanager
async def _all_fleets(
    folder: Path, numbers: Sequence[int], server: Server
) -> AsyncIterator[dict[FleetKey, Fleet]]:
    fleets: dict[FleetKey, Fleet] = {}
    async with AsyncExitStack() as stack:
        for engine, its_server in ((SQLITE, None), (POSTGRESQL, server)):
            for processes in numbers:
                own = folder / f"fleet-{engine}-{processes}"
                fleets[engine, processes] = await stack.enter_async_context(
                    new_fleet(own, processes, its_server)
                )
        await asyncio.gather(*(fleet.start() for fleet in fleets.values()))
        yield fleets
