"""A channel's bag survives restarts and is drawn from by one at a time, whoever asks."""

import asyncio
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.process.byte_cache import size_of
from bot.state.bag import MAX_ROUNDS, RECENT, Bag, Round
from bot.state.bags import BagKey, Bags, _CachedBag, _encode, _size_of
from bot.state.database import Database, open_database

KEY = BagKey(7, "boat", "quote")
LONG = st.integers(0, 2**63 - 1)
ROUNDS = st.builds(Round, LONG, LONG, LONG, st.lists(st.integers(0, 10**6)).map(tuple))
BAGS = st.builds(
    Bag,
    st.dictionaries(st.text(min_size=1), ROUNDS, max_size=MAX_ROUNDS),
    st.lists(st.text(min_size=1), max_size=RECENT).map(tuple),
)


async def remember(bag: Bag, word: str) -> tuple[Bag, tuple[str, ...]]:
    return Bag({}, (*bag.recent, word)), bag.recent


async def test_a_bag_is_kept_across_restarts(tmp_path: Path) -> None:
    for n in range(3):
        async with open_database(tmp_path / "state.sqlite3") as database:
            seen = await Bags(database).draw(KEY, lambda bag, n=n: remember(bag, str(n)))
            assert seen == tuple(str(m) for m in range(n))


async def test_many_draws_at_once_lose_none(database: Database) -> None:
    bags = Bags(database)
    await asyncio.gather(
        *(bags.draw(KEY, lambda bag, n=n: remember(bag, str(n))) for n in range(50))
    )
    seen = await bags.draw(KEY, lambda bag: remember(bag, "last"))
    assert sorted(seen, key=int) == [str(n) for n in range(50)]


async def test_two_processes_on_one_file_lose_no_draw(tmp_path: Path) -> None:
    async with (
        open_database(tmp_path / "state.sqlite3") as first,
        open_database(tmp_path / "state.sqlite3") as second,
    ):
        both = Bags(first), Bags(second)
        for n in range(20):
            await both[n % 2].draw(KEY, lambda bag, n=n: remember(bag, str(n)))
        seen = await both[0].draw(KEY, lambda bag: remember(bag, "last"))
        assert seen == tuple(str(n) for n in range(20))


async def test_channels_and_kinds_have_bags_of_their_own(database: Database) -> None:
    bags = Bags(database)
    await bags.draw(KEY, lambda bag: remember(bag, "one"))
    for other in (KEY._replace(channel_id=8), KEY._replace(kind="fact"), KEY._replace(slug="x")):
        assert await bags.draw(other, lambda bag: remember(bag, "two")) == ()


async def test_a_draw_that_fails_leaves_the_bag(database: Database) -> None:
    bags = Bags(database)
    await bags.draw(KEY, lambda bag: remember(bag, "one"))

    async def fail(_bag: Bag) -> tuple[Bag, None]:
        raise LookupError

    with pytest.raises(LookupError):
        await bags.draw(KEY, fail)
    assert await bags.draw(KEY, lambda bag: remember(bag, "two")) == ("one",)


async def test_what_is_stored_holds_no_words_of_members(database: Database) -> None:
    await Bags(database).draw(KEY, lambda bag: remember(bag, "quote:1"))
    ((state,),) = await database.read("SELECT state FROM bag")
    assert json.loads(state) == [{}, ["quote:1"]]


class Clock:
    now = 20_000.0 * 86_400

    def __call__(self) -> float:
        return self.now


async def test_a_bag_goes_a_year_after_the_last_draw(database: Database) -> None:
    clock = Clock()
    bags = Bags(database, clock)
    for channel_id in (1, 2):
        await bags.draw(KEY._replace(channel_id=channel_id), lambda bag: remember(bag, "one"))
    clock.now += 200 * 86_400
    await bags.draw(KEY._replace(channel_id=2), lambda bag: remember(bag, "two"))
    clock.now += 200 * 86_400
    assert await bags.forget_unused() == 1
    assert [row[0] for row in await database.read("SELECT channel_id FROM bag")] == [2]
    assert await bags.draw(KEY._replace(channel_id=1), lambda bag: remember(bag, "new")) == ()


async def test_a_bag_goes_with_its_channel(database: Database) -> None:
    bags = Bags(database)
    for channel_id in range(5):
        await bags.draw(KEY._replace(channel_id=channel_id), lambda bag: remember(bag, "one"))
    await bags.forget_channels([1, 3, 99])
    left = await database.read("SELECT channel_id FROM bag ORDER BY channel_id")
    assert [row[0] for row in left] == [0, 2, 4]


async def test_what_is_remembered_of_bags_is_bounded_in_bytes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.bags._CACHED_BYTES", 200_000)
    bags = Bags(database)
    for n in range(100):
        key = KEY._replace(channel_id=n % 10)
        await bags.draw(key, lambda bag, n=n: remember(bag, str(n) * 5000))
        assert bags._cache.size <= 200_000
    seen = await bags.draw(KEY._replace(channel_id=9), lambda bag: remember(bag, "last"))
    assert len(seen) == 10, "what is forgotten here is still in the database"


@given(BAGS)
def test_a_bag_takes_no_more_than_its_text_tells(bag: Bag) -> None:
    assert size_of(_CachedBag(version=1, bag=bag)) <= _size_of(_encode(bag))


@pytest.mark.parametrize("count", [1, 100, 10_000])
def test_a_bag_is_not_taken_for_much_larger_than_it_is(count: int) -> None:
    places = tuple(range(300, 300 + count))
    bag = Bag({"quote": Round(1, 2**62, 9, places)}, tuple(f"quote:{n}" for n in range(RECENT)))
    assert _size_of(_encode(bag)) < 2 * size_of(_CachedBag(version=1, bag=bag))


async def test_a_bag_that_is_read_counts_though_nothing_is_drawn_from_it(
    database: Database,
) -> None:
    await Bags(database).draw(KEY, lambda bag: remember(bag, "x" * 5000))

    async def fail(_bag: Bag) -> tuple[Bag, None]:
        raise LookupError

    bags = Bags(database)
    with pytest.raises(LookupError):
        await bags.draw(KEY, fail)
    assert bags._cache.size > 5000
