"""What members save survives, is theirs alone and has room for so much."""

import asyncio
from time import time

import pytest

from bot.state.database import Database
from bot.state.saved_quotes import MAX_SAVED, SavedQuote, SavedQuotes


async def test_what_is_saved_is_listed_newest_first_for_its_member(database: Database) -> None:
    times = iter([10, 20, 30, 40])
    saved = SavedQuotes(database, lambda: next(times))
    for number in (3, 9, 3):
        assert await saved.add(7, "boat", number)
    assert await saved.list_for(7) == (SavedQuote("boat", 9), SavedQuote("boat", 3))
    assert await saved.list_for(8) == ()
    await saved.delete(8, "boat", 9)
    await saved.delete(7, "boat", 3)
    assert await saved.list_for(7) == (SavedQuote("boat", 9),)


@pytest.mark.usefixtures("unhurried")
async def test_there_is_room_for_so_many_also_in_a_race(database: Database) -> None:
    saved = SavedQuotes(database, time)
    added = await asyncio.gather(*(saved.add(7, "boat", n) for n in range(MAX_SAVED + 30)))
    assert sum(added) == MAX_SAVED == len(await saved.list_for(7))
    kept = (await saved.list_for(7))[0].number
    assert await saved.add(7, "boat", kept), "what is saved already needs no room"


async def test_what_is_brought_back_stands_where_it_was(database: Database) -> None:
    times = iter((100, 200, 300, 400, 500))
    saved = SavedQuotes(database, lambda: next(times))
    for number in (1, 2, 3):
        assert await saved.add(7, "boat", number)
    assert await saved.has(7, "boat", 2)
    saved_at = await saved.delete(7, "boat", 2)
    assert saved_at == 200
    assert not await saved.has(7, "boat", 2)
    assert await saved.delete(7, "boat", 2) is None
    assert await saved.add(7, "boat", 2, saved_at)
    assert [quote.number for quote in await saved.list_for(7)] == [3, 2, 1]
    await saved.delete(7, "boat", 1)
    assert await saved.add(7, "boat", 1, 10**18), "a forged time is not in the future"
    assert await saved.delete(7, "boat", 1) == 500
