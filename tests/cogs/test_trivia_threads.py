"""Games in threads of their own, where a server wants it and the bot may open one."""

from collections.abc import AsyncIterator

import pytest

from playground import Channel, LoopbackDiscord
from playground.permissions import Permission
from playground.places import Overwrite
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.tables import BEGUN, Table, new_table

ENGINES = BOTH
pytestmark = pytest.mark.usefixtures("hasty_bot")


async def choose(table: Table, value: str) -> None:
    """Say in /settings whether games are played in threads."""
    noor, members = table.world.noor, table.discord.members
    panel = (await table.use(noor, "settings")).message
    assert panel is not None
    await members.press(noor, panel, "settings:change:has_threads")
    select = next(one for one in panel.custom_ids if one.startswith("settings:set:"))
    outcome = await members.select(noor, panel, select, [value])
    assert outcome.text.startswith("Saved.")


@pytest.fixture
async def table(discord: LoopbackDiscord, hasty_bot: BotProcess) -> AsyncIterator[Table]:
    """Give a table in a server that wants games in threads."""
    table = new_table(discord)
    await choose(table, "True")
    yield table
    await choose(table, "False")


def threads(table: Table) -> list[Channel]:
    return [one for one in table.world.academy.threads if one.parent is table.channel]


async def thread_of(table: Table) -> Table:
    """Wait for the thread of the game that is played."""
    assert await table.discord.platform.events.until(lambda: bool(threads(table)), 60)
    (thread,) = threads(table)
    return Table(table.discord, thread)


async def test_a_game_is_played_in_its_thread_and_again_there(table: Table) -> None:
    mika, robin = table.world.mika, table.world.robin
    await table.start(mika, rounds=2, calm=True, kind="true-or-false")
    inside = await thread_of(table)
    shown = await inside.round(1)
    statement = shown.text.splitlines()[3]
    assert table.messages("-# Round") == []
    (lobby,) = table.messages("")
    assert f"Play along in <#{inside.channel.id}>." in lobby.text
    assert lobby.labels == []
    assert inside.channel.id == lobby.id
    for place in (table, inside):
        refused = await place.start(robin, rounds=2)
        assert "A game is already on in this channel." in refused.text
    await inside.answer(robin, shown)
    await inside.press(mika, shown, "Show answer")
    await inside.revealed(shown)
    await inside.told(robin, "**")
    board = await inside.stop(mika)
    await inside.press(robin, board, "Again")
    await inside.until("is starting a calm game")
    second = await inside.round(1)
    assert second.text.splitlines()[3] != statement, "nothing comes twice"
    assert len(threads(table)) == 1
    await inside.stop(robin)


async def test_where_the_bot_may_open_no_thread_it_plays_in_the_channel(table: Table) -> None:
    mika, bot_role = table.world.mika, table.world.academy.bot_role
    everyone = table.world.academy.everyone
    for role in (everyone, bot_role):
        table.channel.overwrites.append(Overwrite(role.id, deny=Permission.CREATE_PUBLIC_THREADS))
    begun = await table.start(mika, rounds=2, calm=True)
    assert BEGUN in begun.text
    await table.round(1)
    assert threads(table) == []
    await table.stop(mika)


async def test_a_right_that_goes_while_the_lobby_is_open_leaves_the_game_in_the_channel(
    table: Table,
) -> None:
    mika, academy = table.world.mika, table.world.academy
    await table.start(mika, rounds=2, calm=True)
    for role in (academy.everyone, academy.bot_role):
        table.channel.overwrites.append(Overwrite(role.id, deny=Permission.CREATE_PUBLIC_THREADS))
    await table.round(1)
    assert threads(table) == []
    await table.stop(mika)


async def test_a_thread_that_was_opened_but_not_noted_is_found_again(
    table: Table, hasty_bot: BotProcess
) -> None:
    mika = table.world.mika
    table.discord.faults.slow_answer("POST /channels/*/messages/*/threads", 1.0)
    await table.start(mika, rounds=2, calm=True)
    inside = await thread_of(table)
    await hasty_bot.kill()
    await hasty_bot.start()
    await inside.round(1)
    assert len(threads(table)) == 1
    await inside.stop(mika)
