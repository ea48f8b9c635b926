"""Threads below messages, as a bot opens them and members find them."""

import pytest

from playground import LoopbackDiscord
from playground.permissions import Permission
from playground.places import Overwrite
from tests.playground.raw import RawBot


async def posted(discord: LoopbackDiscord, bot: RawBot) -> str:
    """Post a message; gives the path of the threads below it."""
    channel = discord.world.general
    answer = await bot.call("POST", f"/channels/{channel.id}/messages", {"content": "come in"})
    return f"/channels/{channel.id}/messages/{answer.body['id']}/threads"


async def test_a_thread_has_the_id_of_its_message_and_there_is_one(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    world = discord.world
    path = await posted(discord, bot)
    opened = await bot.call("POST", path, {"name": "a game", "auto_archive_duration": 60})
    assert opened.status == 201
    assert path.split("/")[-2] == opened.body["id"]
    assert (opened.body["type"], opened.body["parent_id"]) == (11, str(world.general.id))
    assert (await bot.call("POST", path, {"name": "another"})).code == 160004
    said = await bot.call("POST", f"/channels/{opened.body['id']}/messages", {"content": "hello"})
    assert said.status == 200
    (thread,) = world.academy.threads
    assert list(world.academy.places())[1] is thread, "it stands below its channel"
    assert [one.content for one in discord.members.history(world.mika, thread)] == ["hello"]
    inside = f"/channels/{thread.id}/messages/{said.body['id']}/threads"
    assert (await bot.call("POST", inside, {"name": "deeper"})).code == 50024


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x", "auto_archive_duration": 7}])
async def test_a_thread_that_discord_would_not_take_is_refused(
    discord: LoopbackDiscord, bot: RawBot, body: dict[str, object]
) -> None:
    assert (await bot.call("POST", await posted(discord, bot), body)).code == 50035


async def test_who_may_not_open_or_write_in_threads_does_not(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    academy, general = discord.world.academy, discord.world.general
    path = await posted(discord, bot)
    opened = await bot.call("POST", await posted(discord, bot), {"name": "open"})
    denied = Permission.CREATE_PUBLIC_THREADS | Permission.SEND_MESSAGES_IN_THREADS
    for role in (academy.everyone, academy.bot_role):
        general.overwrites.append(Overwrite(role.id, deny=denied))
    assert (await bot.call("POST", path, {"name": "no"})).code == 50013
    writing = await bot.call("POST", f"/channels/{opened.body['id']}/messages", {"content": "no"})
    assert writing.code == 50013
