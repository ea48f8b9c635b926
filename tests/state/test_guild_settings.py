"""The settings of a server survive, are its own, and never overwrite what others have set."""

import asyncio
import json
from dataclasses import fields, replace
from functools import partial

import pytest

from bot.errors import UserError
from bot.interview.audience import MaturePolicy, SpoilerPolicy
from bot.state.database import Database
from bot.state.guild_settings import (
    MAX_LEFT_OUT,
    MODERATORS,
    GuildSettings,
    GuildSettingsStore,
    leave_out,
)
from tests.state.stage import SlowReads

UNUSUAL = GuildSettings(
    spoilers=SpoilerPolicy.OMIT,
    mature=MaturePolicy.NOWHERE,
    interview="boat",
    public_channels=(5, 6),
    left_out=(("boat", 3), ("ship", 4)),
    games=MODERATORS,
    seconds=45,
    is_calm=True,
    has_threads=True,
    version=0,
)
SETTINGS = [field.name for field in fields(GuildSettings) if field.name != "version"]


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


async def test_what_was_read_before_a_change_is_not_remembered(database: Database) -> None:
    slow = SlowReads(database)
    store = GuildSettingsStore(slow)
    reading = asyncio.create_task(store.get(1))
    await slow.has_read.wait()
    assert await store.put(1, GuildSettings(interview="boat"))
    slow.may_tell.set()
    assert await reading == GuildSettings()
    assert await store.get(1) == GuildSettings(interview="boat", version=1)


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
    with pytest.raises(UserError, match="that's the limit"):
        leave_out(settings, "boat", MAX_LEFT_OUT)


@pytest.mark.parametrize("name", SETTINGS)
async def test_each_setting_is_read_as_it_was_stored(database: Database, name: str) -> None:
    value = getattr(UNUSUAL, name)
    assert value != getattr(GuildSettings(), name), "give the new setting an unusual value"
    settings = replace(GuildSettings(), **{name: value})
    assert await GuildSettingsStore(database).put(1, settings)
    assert await GuildSettingsStore(database).get(1) == replace(settings, version=1)


async def test_settings_of_another_version_are_read_as_far_as_they_are_known(
    database: Database,
) -> None:
    document = {"interview": "boat", "from another version": {"of": "quotes"}, "version": 99}
    await database.write(
        "INSERT INTO guild_setting (guild_id, document, version) VALUES (1, ?, 7)",
        json.dumps(document),
    )
    assert await GuildSettingsStore(database).get(1) == GuildSettings(interview="boat", version=7)


async def test_a_change_that_others_always_forestall_ends_in_a_sentence(
    database: Database,
) -> None:
    store = GuildSettingsStore(database)

    def change(settings: GuildSettings) -> GuildSettings:
        # As if it were always a version that is there no more.
        return replace(settings, version=settings.version + 2)

    await store.put(1, GuildSettings())
    with pytest.raises(UserError, match="Someone else is changing"):
        await store.change(1, change)
    assert (await store.get(1)).version == 1
