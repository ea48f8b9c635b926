"""What servers and members choose and keep survives, is theirs alone and is never overwritten."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from bot.errors import UserError
from bot.interview.audience import MaturePolicy, SpoilerPolicy
from bot.state.database import Database
from bot.state.guild_settings import (
    MAX_LEFT_OUT,
    GuildSettings,
    GuildSettingsStore,
    leave_out,
)
from bot.state.members import Members
from bot.state.saved_quotes import MAX_SAVED, Saved, SavedQuote


async def test_a_server_that_chose_nothing_has_the_defaults(database: Database) -> None:
    store = GuildSettingsStore(database)
    assert await store.get(1) == await store.get(None) == GuildSettings()
    assert GuildSettings().allows_public((1, 2))


async def test_what_a_server_chose_is_kept(database: Database) -> None:
    chosen = GuildSettings(
        SpoilerPolicy.OMIT, MaturePolicy.NOWHERE, "boat", (5, 6), (("boat", 3), ("ship", 4))
    )
    assert await GuildSettingsStore(database).put(1, chosen)
    found = await GuildSettingsStore(database).get(1)
    assert found == replace(chosen, version=1)
    assert found.allows_public((9, 6))
    assert not found.allows_public((9,))
    assert await GuildSettingsStore(database).get(2) == GuildSettings()


async def test_of_two_changes_to_the_same_version_one_is_refused(database: Database) -> None:
    store = GuildSettingsStore(database)
    seen = await store.get(1)
    assert await store.put(1, replace(seen, interview="first"))
    assert not await store.put(1, replace(seen, interview="second"))
    assert (await store.get(1)).interview == "first"


async def test_changes_at_once_are_all_made(database: Database) -> None:
    store = GuildSettingsStore(database)
    changes = (store.change(1, partial(leave_out, slug="boat", number=n)) for n in range(20))
    await asyncio.gather(*changes)
    assert sorted((await store.get(1)).left_out) == [("boat", n) for n in range(20)]


def test_a_quote_is_left_out_once_and_only_so_many() -> None:
    settings = GuildSettings()
    for n in [*range(MAX_LEFT_OUT), 0]:
        settings = leave_out(settings, "boat", n)
    assert len(settings.left_out) == MAX_LEFT_OUT
    with pytest.raises(UserError, match="no more can be"):
        leave_out(settings, "boat", MAX_LEFT_OUT)


async def test_a_member_chooses_and_goes_back(database: Database) -> None:
    members = Members(database)
    assert await members.spoilers(7) is None
    await members.put_spoilers(7, SpoilerPolicy.OMIT)
    assert await members.spoilers(7) is SpoilerPolicy.OMIT
    assert await Members(database).spoilers(7) is SpoilerPolicy.OMIT
    await members.put_spoilers(7, None)
    assert await members.spoilers(7) is None


async def test_what_is_saved_is_listed_newest_first_for_its_member(database: Database) -> None:
    times = iter([10, 20, 30, 40])
    saved = Saved(database, lambda: next(times))
    for number in (3, 9, 3):
        assert await saved.add(7, "boat", number)
    assert await saved.list_for(7) == [SavedQuote("boat", 9), SavedQuote("boat", 3)]
    assert await saved.list_for(8) == []
    await saved.delete(8, "boat", 9)
    await saved.delete(7, "boat", 3)
    assert await saved.list_for(7) == [SavedQuote("boat", 9)]


async def test_there_is_room_for_so_many_also_in_a_race(database: Database) -> None:
    saved = Saved(database)
    added = await asyncio.gather(*(saved.add(7, "boat", n) for n in range(MAX_SAVED + 30)))
    assert sum(added) == MAX_SAVED == len(await saved.list_for(7))
    kept = (await saved.list_for(7))[0].number
    assert await saved.add(7, "boat", kept), "what is saved already needs no room"
