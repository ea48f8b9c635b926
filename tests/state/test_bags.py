"""A channel's bag lives in memory, survives restarts and is drawn from by one at a time."""

import asyncio
import json
from collections.abc import Sequence
from time import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StateUnavailableError
from bot.process.byte_cache import size_of
from bot.process.tasks import cancel
from bot.state.bag import MAX_ROUNDS, RECENT, Bag, Round
from bot.state.bags import NOTE_DM, BagKey, Bags, _encode, _LiveBag, _size_of
from bot.state.database import Database, Row, Statement
from bot.state.erasure import Erasure
from tests.state_places import Place
from tests.waiting import until

KEY = BagKey(7, "boat", "quote")
MEMBER = 11
LONG = st.integers(0, 2**63 - 1)
ROUNDS = st.builds(Round, LONG, LONG, LONG, st.lists(st.integers(0, 10**6)).map(tuple))
BAGS = st.builds(
    Bag,
    st.dictionaries(st.text(min_size=1), ROUNDS, max_size=MAX_ROUNDS),
    st.lists(st.text(min_size=1), max_size=RECENT).map(tuple),
)


async def remember(bag: Bag, word: str) -> tuple[Bag, tuple[str, ...]]:
    return Bag({}, (*bag.recent, word)), bag.recent


async def draw(bags: Bags, word: str, key: BagKey = KEY) -> tuple[str, ...]:
    """Draw a word, and give those that were drawn before."""
    return await bags.draw(key, lambda bag: remember(bag, word))


async def stored(database: Database, key: BagKey = KEY) -> list[str] | None:
    rows = await database.read(
        "SELECT state FROM bag WHERE channel_id = ? AND slug = ? AND kind = ?", *key
    )
    return json.loads(rows[0][0])[1] if rows else None


class Watched(Database):
    """A database that notes what is written, and may fail or be slow."""

    def __init__(self, database: Database) -> None:
        vars(self).update(vars(database))
        self.written: list[str] = []
        self.is_away = False
        self.may_write = asyncio.Event()
        self.may_write.set()

    async def write_all(self, *statements: Statement) -> Sequence[Sequence[Row]]:
        self.written.append(statements[0].sql)
        await self.may_write.wait()
        if self.is_away:
            raise StateUnavailableError("database is locked")
        return await super().write_all(*statements)


async def test_a_bag_is_kept_across_restarts(place: Place) -> None:
    for n in range(3):
        async with place.open() as database:
            bags = Bags(database)
            assert await draw(bags, str(n)) == tuple(str(m) for m in range(n))
            await bags.close()


async def test_what_was_drawn_is_written_within_a_moment(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.bags._BEHIND_SECONDS", 2.0)
    async with place.open() as database, place.open() as anew:
        bags = Bags(database)
        for n in range(3):
            await draw(bags, str(n))
        assert await stored(anew) is None, "nobody waits for it"
        await until(lambda: not bags._dirty)
        assert await stored(anew) == ["0", "1", "2"]
        await draw(bags, "3")
        assert await stored(anew) == ["0", "1", "2"], "all but those of the last moment"
        await bags.close()
        assert await stored(anew) == ["0", "1", "2", "3"]


async def test_what_another_process_has_drawn_is_known_a_moment_later(place: Place) -> None:
    async with place.open() as database, place.open() as elsewhere:
        bags, others = (Bags(each, kept_seconds=0.05) for each in (database, elsewhere))
        assert await draw(bags, "here") == ()
        await bags.write()
        assert await draw(others, "there") == ("here",)
        await others.write()
        await asyncio.sleep(0.1)
        assert await draw(bags, "here again") == ("here", "there")


@pytest.mark.usefixtures("unhurried")
async def test_the_draws_of_a_thousand_channels_make_one_trip(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.bags._BEHIND_SECONDS", 60.0)
    watched = Watched(database)
    bags = Bags(watched)
    keys = [KEY._replace(channel_id=n) for n in range(1000)]
    await asyncio.gather(*(draw(bags, "one", key) for key in keys for _n in range(2)))
    await bags.close()
    assert len(watched.written) == 1
    ((count,),) = await database.read("SELECT count(*) FROM bag")
    assert count == 1000


async def test_answers_go_on_while_nothing_can_be_written_and_nothing_is_lost(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.bags._LONGEST_PAUSE", 0.01)
    watched = Watched(database)
    watched.is_away = True
    bags = Bags(watched)
    await draw(bags, "0")
    await until(lambda: watched.written)
    assert await draw(bags, "1") == ("0",)
    assert await draw(bags, "2") == ("0", "1")
    assert await stored(database) is None
    watched.is_away = False
    await until(lambda: not bags._dirty)
    assert await stored(database) == ["0", "1", "2"]


async def test_a_stop_waits_a_moment_for_the_database_and_then_says_so(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.process.persistence._LAST_PATIENCE", 0.1)
    watched = Watched(database)
    watched.is_away = True
    bags = Bags(watched)
    await draw(bags, "0")
    await bags.close()
    assert "what channels have just seen could not be noted" in caplog.messages[-1]


async def test_while_nothing_can_be_written_only_so_many_bags_wait_for_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.bags._MOST_BEHIND", 3)
    watched = Watched(database)
    watched.is_away = True
    bags = Bags(watched)
    for channel_id in range(3):
        await bags.draw(KEY._replace(channel_id=channel_id), lambda bag: remember(bag, "one"))
    other = KEY._replace(channel_id=9)
    with pytest.raises(StateUnavailableError):
        await bags.draw(other, lambda bag: remember(bag, "one"))
    await bags.draw(KEY._replace(channel_id=2), lambda bag: remember(bag, "two"))
    watched.is_away = False
    await bags.write()
    await bags.draw(other, lambda bag: remember(bag, "one"))
    await bags.close()


async def test_what_is_drawn_while_a_bag_is_written_is_written_next(database: Database) -> None:
    watched = Watched(database)
    bags = Bags(watched)
    await draw(bags, "0")
    watched.may_write.clear()
    await until(lambda: watched.written)
    await draw(bags, "1")
    watched.may_write.set()
    await until(lambda: not bags._dirty)
    assert await stored(database) == ["0", "1"]


async def test_a_bag_that_leaves_memory_before_it_is_written_is_not_lost(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.bags._CACHED_BYTES", 2000)
    bags = Bags(database)
    keys = [KEY._replace(channel_id=n) for n in range(20)]
    for word in ("0", "1", "2"):
        for key in keys:
            await draw(bags, word, key)
    assert len(bags._live) == 20, "what is not written is held"
    await bags.close()
    assert len(bags._live) < 5
    for key in keys:
        assert await draw(bags, "last", key) == ("0", "1", "2")


async def test_a_channel_that_is_forgotten_is_not_written_again(database: Database) -> None:
    bags = Bags(database)
    await draw(bags, "never written")
    await bags.forget_channels([KEY.channel_id])
    await bags.close()
    assert await stored(database) is None
    assert await draw(bags, "new") == ()


async def test_a_channel_whose_forgetting_was_interrupted_is_not_written_again(
    database: Database,
) -> None:
    watched = Watched(database)
    bags = Bags(watched)
    await draw(bags, "never written")
    watched.may_write.clear()
    forgetting = asyncio.create_task(bags.forget_channels([KEY.channel_id]))
    await until(lambda: watched.written)
    await cancel([forgetting])
    watched.may_write.set()
    await bags.close()
    assert await stored(database) is None


async def test_who_draws_while_a_channel_is_forgotten_begins_anew(database: Database) -> None:
    bags, has_begun, may_end = Bags(database), asyncio.Event(), asyncio.Event()
    await draw(bags, "old")

    async def slow(bag: Bag) -> tuple[Bag, tuple[str, ...]]:
        has_begun.set()
        await may_end.wait()
        return await remember(bag, "new")

    drawing = asyncio.create_task(bags.draw(KEY, slow))
    await has_begun.wait()
    await bags.forget_channels([KEY.channel_id])
    may_end.set()
    assert await drawing == ()
    await bags.close()
    assert await stored(database) == ["new"]


async def test_what_is_forgotten_while_it_is_written_stays_forgotten(database: Database) -> None:
    watched = Watched(database)
    bags = Bags(watched)
    await draw(bags, "old")
    watched.may_write.clear()
    await until(lambda: watched.written)
    forgetting = asyncio.create_task(bags.forget_channels([KEY.channel_id]))
    await draw(bags, "also old")
    watched.may_write.set()
    await forgetting
    await bags.close()
    assert await stored(database) is None


@pytest.mark.parametrize("is_written", [True, False])
async def test_direct_messages_that_another_process_forgets_are_not_written_again(
    place: Place, is_written: bool
) -> None:
    async with place.open() as running, place.open() as other:
        bags = Bags(running)
        await bags.draw(KEY, lambda bag: remember(bag, "old"), MEMBER)
        if is_written:
            await until(lambda: not bags._dirty)
        await Erasure(other, time, Bags(other)).forget_member(MEMBER)
        await draw(bags, "old as well")
        await until(lambda: not bags._dirty)
        assert await stored(other) is None
        assert await bags.draw(KEY, lambda bag: remember(bag, "new"), MEMBER) == ()
        await bags.close()
        assert await stored(other) == ["new"]
        assert await other.read("SELECT user_id FROM dm_channel") != [], "and noted again"


async def test_the_owner_of_direct_messages_is_noted_once_and_before_the_bag(
    database: Database,
) -> None:
    watched = Watched(database)
    bags = Bags(watched)
    for n in range(5):
        await bags.draw(KEY, lambda bag, n=n: remember(bag, str(n)), MEMBER)
    assert watched.written == [NOTE_DM]
    await bags.close()
    ((owner_id,),) = await database.read("SELECT user_id FROM dm_channel")
    assert owner_id == MEMBER


async def test_many_draws_at_once_lose_none(database: Database) -> None:
    bags = Bags(database)
    await asyncio.gather(
        *(bags.draw(KEY, lambda bag, n=n: remember(bag, str(n))) for n in range(50))
    )
    seen = await bags.draw(KEY, lambda bag: remember(bag, "last"))
    assert sorted(seen, key=int) == [str(n) for n in range(50)]


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
    bags = Bags(database)
    await draw(bags, "quote:1")
    await bags.close()
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
    await bags.close()
    clock.now += 200 * 86_400
    await bags.draw(KEY._replace(channel_id=2), lambda bag: remember(bag, "two"))
    await bags.close()
    clock.now += 200 * 86_400
    assert await bags.forget_unused() == 1
    assert [row[0] for row in await database.read("SELECT channel_id FROM bag")] == [2]
    assert await bags.draw(KEY._replace(channel_id=1), lambda bag: remember(bag, "new")) == ()


async def test_a_bag_that_is_in_use_again_is_not_forgotten(database: Database) -> None:
    clock = Clock()
    bags = Bags(database, clock)
    await bags.draw(KEY, lambda bag: remember(bag, "one"))
    await bags.write()
    clock.now += 400 * 86_400
    await bags.draw(KEY, lambda bag: remember(bag, "two"))
    await bags.forget_unused()
    await bags.close()
    assert await Bags(database, clock).draw(KEY, lambda bag: remember(bag, "")) == ("one", "two")


async def test_a_bag_goes_with_its_channel(database: Database) -> None:
    bags = Bags(database)
    for channel_id in range(5):
        await bags.draw(KEY._replace(channel_id=channel_id), lambda bag: remember(bag, "one"))
    await bags.close()
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
        await bags.close()
        assert bags._cache.size <= 200_000
    seen = await bags.draw(KEY._replace(channel_id=9), lambda bag: remember(bag, "last"))
    assert len(seen) == 10, "what is forgotten here is still in the database"


@given(BAGS)
def test_a_bag_takes_no_more_than_its_text_tells(bag: Bag) -> None:
    assert size_of(_LiveBag(bag=bag)) <= _size_of(_encode(bag))


@pytest.mark.parametrize("count", [1, 100, 10_000])
def test_a_bag_is_not_taken_for_much_larger_than_it_is(count: int) -> None:
    places = tuple(range(300, 300 + count))
    bag = Bag({"quote": Round(1, 2**62, 9, places)}, tuple(f"quote:{n}" for n in range(RECENT)))
    assert _size_of(_encode(bag)) < 2 * size_of(_LiveBag(bag=bag))


async def test_a_bag_that_is_read_counts_though_nothing_is_drawn_from_it(
    database: Database,
) -> None:
    before = Bags(database)
    await draw(before, "x" * 5000)
    await before.close()

    async def fail(_bag: Bag) -> tuple[Bag, None]:
        raise LookupError

    bags = Bags(database)
    with pytest.raises(LookupError):
        await bags.draw(KEY, fail)
    assert bags._cache.size > 5000
