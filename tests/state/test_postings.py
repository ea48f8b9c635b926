"""The same is posted once in a while, however many ask for it."""

import asyncio

from bot.state.database import Database
from bot.state.postings import FRESH_SECONDS, Postings


async def test_of_a_race_one_posts(database: Database) -> None:
    postings = Postings(database, lambda: 1000.0)
    claims = await asyncio.gather(*(postings.claim(7, "picture:boat:1") for _n in range(20)))
    assert sum(claims) == 1
    assert await postings.claim(8, "picture:boat:1"), "another channel is another one"
    assert await postings.claim(7, "picture:boat:2")


async def test_whose_clock_is_behind_posts_nothing_again(database: Database) -> None:
    first, second = Postings(database, lambda: 1000.0), Postings(database, lambda: 999.5)
    assert await first.claim(7, "a")
    assert not await second.claim(7, "a")


async def test_what_came_to_nothing_can_be_tried_again(database: Database) -> None:
    postings = Postings(database, lambda: 1000.0)
    assert await postings.claim(7, "a")
    await postings.release(7, "a")
    assert await postings.claim(7, "a")


async def test_after_a_while_it_may_be_posted_again(database: Database) -> None:
    now = 1000.0
    postings = Postings(database, lambda: now)
    assert await postings.claim(7, "a")
    now += FRESH_SECONDS - 1
    assert not await postings.claim(7, "a")
    now += 1
    assert await postings.claim(7, "a")
    now = 500.0
    assert await postings.claim(7, "a"), "a clock that was set back keeps nobody waiting"


async def test_what_is_older_than_that_is_forgotten(database: Database) -> None:
    now = 1000.0
    postings = Postings(database, lambda: now)
    for n in range(50):
        assert await postings.claim(7, f"picture:boat:{n}")
    now += FRESH_SECONDS + 1
    assert await postings.claim(7, "another")
    rows = await database.read("SELECT what FROM posting")
    assert [row["what"] for row in rows] == ["another"]
