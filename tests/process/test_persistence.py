"""Trying again."""

import asyncio
import logging
from itertools import islice, pairwise

import pytest

from bot.errors import PassingError
from bot.process.outages import Outages, Part
from bot.process.persistence import pauses, persist
from tests.waiting import until


class Failing:
    """Fails as often as it is told, then works."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.tries: list[float] = []

    async def __call__(self) -> str:
        self.tries.append(asyncio.get_running_loop().time())
        if self.errors:
            raise self.errors.pop(0)
        return "done"


async def test_what_passes_is_tried_again_until_it_works() -> None:
    outages = Outages()
    failing = Failing(PassingError("locked"), PassingError("locked"))
    assert await persist(failing, outages, Part.GAMES, first_pause=0.01) == "done"
    assert len(failing.tries) == 3
    assert not outages.reasons


async def test_between_two_tries_is_a_pause() -> None:
    failing = Failing(*[PassingError("503")] * 7)
    await persist(failing, Outages(), Part.GAMES, first_pause=0.01, longest_pause=0.32)
    between = [later - now for now, later in pairwise(failing.tries)]
    assert min(between) >= 0.009


def test_the_pauses_are_never_none_and_grow() -> None:
    drawn = [list(islice(pauses(1.0, 8.0), 6)) for _n in range(1000)]
    bounds = [max(column) for column in zip(*drawn, strict=True)]
    assert min(map(min, drawn)) >= 1.0
    assert all(bound <= most for bound, most in zip(bounds, (1, 2, 4, 8, 8, 8), strict=True))
    assert bounds[3] > 4.0


async def test_a_line_a_change_and_not_a_try(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await persist(
        Failing(*[PassingError("disk full")] * 5),
        Outages(),
        Part.BACKUPS,
        first_pause=0.001,
        longest_pause=0.002,
    )
    assert [record.message for record in caplog.records] == [
        "backups: not working for now: disk full",
        "backups: working again",
    ]


async def test_while_it_does_not_work_it_says_so() -> None:
    outages = Outages()
    waiting = asyncio.create_task(persist(Failing(PassingError("503")), outages, Part.POSTS))
    await until(lambda: outages.reasons)
    assert outages.reasons == {Part.POSTS: "503"}
    waiting.cancel()


async def test_a_bug_is_raised_at_once() -> None:
    failing = Failing(ValueError("ours"))
    with pytest.raises(ValueError, match="ours"):
        await persist(failing, Outages(), Part.GAMES)
    assert len(failing.tries) == 1


async def test_a_loop_outlasts_a_bug_and_shows_it_once(caplog: pytest.LogCaptureFixture) -> None:
    failing = Failing(*[ValueError("ours")] * 3)
    await persist(
        failing,
        Outages(),
        Part.POSTS,
        first_pause=0.001,
        longest_pause=0.002,
        outlasts_bugs=True,
    )
    assert [bool(record.exc_info) for record in caplog.records] == [True, False]


async def test_a_bug_behind_what_passes_is_shown_too(caplog: pytest.LogCaptureFixture) -> None:
    failing = Failing(PassingError("503"), ValueError("ours"), ValueError("ours"))
    outages = Outages()
    await persist(failing, outages, Part.POSTS, first_pause=0.001, outlasts_bugs=True)
    assert [bool(record.exc_info) for record in caplog.records] == [False, True]


async def test_of_several_subjects_the_last_one_ends_the_outage(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    outages = Outages()
    for subject in (1, 2):
        outages.begin(Part.GAMES, "503", subject)
    await persist(Failing(), outages, Part.GAMES, subject=1)
    await persist(Failing(), outages, Part.GAMES, subject=3)
    assert outages.reasons == {Part.GAMES: "503"}
    outages.end(Part.GAMES, 2)
    outages.end(Part.GAMES, 2)
    assert not outages.reasons
    assert [record.message for record in caplog.records] == [
        "games: not working for now: 503",
        "games: working again",
    ]


async def test_patience_ends() -> None:
    failing = Failing(*[PassingError("503")] * 1000)
    with pytest.raises(PassingError, match="503"):
        await persist(
            failing, Outages(), Part.GAMES, first_pause=0.01, longest_pause=0.01, patience=0.05
        )
    assert 2 <= len(failing.tries) < 20
