"""The loop of duels: each is told once, also after Discord was away or the process was killed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from bot.errors import GoneError, PassingError
from bot.process.outages import Outages, Part
from bot.process.tasks import cancel
from bot.state.database import Database
from bot.state.duels import DUEL_SECONDS, Duel, DuelPhase, DuelScore
from bot.trivia.duel.duel_loop import DuelLoop
from tests.state.test_duels import MIKA, ROBIN, Yard
from tests.state_places import Place


class Notices:
    """A stage that notes what it was told, after some failures."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.results: list[tuple[int, list[int]]] = []

    async def tell(self, duel: Duel, scores: Sequence[DuelScore]) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.results.append((duel.id, [score.right for score in scores]))


@pytest.fixture
async def database(place: Place) -> AsyncIterator[Database]:
    async with place.open() as database:
        yield database


@pytest.fixture
def yard(database: Database) -> Yard:
    return Yard(database)


@asynccontextmanager
async def running(
    yard: Yard, stage: Notices, outages: Outages | None = None, *, is_ours: bool = True
) -> AsyncIterator[DuelLoop]:
    loop = DuelLoop(
        yard.duels,
        stage,
        outages or Outages(),
        lambda _guild_id: is_ours,
        longest_pause=0.05,
        first_pause=0.01,
    )
    task = asyncio.create_task(loop.run())
    yield loop
    await cancel([task])
    await loop.close()


async def until_over(yard: Yard, duel: Duel) -> None:
    for _n in range(6000):
        if (await yard.now(duel.id)).phase is DuelPhase.OVER:
            return
        await asyncio.sleep(0.01)
    raise AssertionError


async def test_it_is_told_when_both_are_done_and_once(yard: Yard) -> None:
    duel, stage = await yard.challenge(), Notices()
    await yard.duels.accept(duel.id)
    async with running(yard, stage) as loop:
        await yard.play(duel, ROBIN, 1, 1)
        await yard.play(duel, MIKA, 0, 1)
        for _n in range(3):
            loop.look()
        await until_over(yard, duel)
        await asyncio.sleep(0.2)
    assert stage.results == [(duel.id, [2, 1])]


async def test_what_was_over_while_nobody_looked_is_told_at_the_next_start(yard: Yard) -> None:
    duel, stage = await yard.challenge(), Notices()
    yard.clock.now += DUEL_SECONDS
    await yard.duels.close_due()
    async with running(yard, stage):
        await until_over(yard, duel)
    assert stage.results == [(duel.id, [0, 0])]


async def test_what_passes_is_waited_for_and_keeps_no_other_duel_waiting(yard: Yard) -> None:
    first, second = await yard.challenge(), await yard.challenge((ROBIN, 13))
    outages = Outages()
    stage = Notices(*[PassingError("503")] * 3)
    yard.clock.now += DUEL_SECONDS
    async with running(yard, stage, outages):
        await until_over(yard, first)
        await until_over(yard, second)
    assert sorted(stage.results) == [(first.id, [0, 0]), (second.id, [0, 0])]
    assert Part.DUELS not in outages.reasons


@pytest.mark.parametrize("failure", [GoneError("no channel"), ValueError("a bug")])
async def test_what_cannot_be_told_is_over_all_the_same(yard: Yard, failure: Exception) -> None:
    duel, stage = await yard.challenge(), Notices(failure)
    yard.clock.now += DUEL_SECONDS
    async with running(yard, stage):
        await until_over(yard, duel)
    assert stage.results == []


async def test_a_duel_of_another_process_is_left_to_it(yard: Yard) -> None:
    duel, stage = await yard.challenge(), Notices()
    yard.clock.now += DUEL_SECONDS
    async with running(yard, stage, is_ours=False):
        await asyncio.sleep(0.3)
    assert stage.results == []
    assert (await yard.now(duel.id)).phase is DuelPhase.TELLING
