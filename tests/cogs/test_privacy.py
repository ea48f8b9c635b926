"""/privacy: what a member sees, takes away and deletes of what is stored about them."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from playground import LoopbackDiscord, Message, Outcome
from tests.cogs.members import posted, use
from tests.end_to_end.stage import BotProcess


@pytest.fixture
async def bot(discord: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[BotProcess]:
    bot = BotProcess(discord, tmp_path)
    await bot.start()
    yield bot
    await bot.kill()
    assert bot.errors() == []


async def _play(discord: LoopbackDiscord) -> None:
    """Leave something in as many tables as a few minutes can."""
    members, mika, general = discord.members, discord.world.mika, discord.world.general
    quote = await members.use_command(mika, general, "quote")
    assert quote.message is not None
    await members.press(mika, quote.message, "Save")
    for command in ("trivia", "today"):
        asked = await members.use_command(mika, general, command)
        assert asked.message is not None
        answers = [one for one in asked.message.custom_ids if ":answer:" in one]
        await members.press(mika, asked.message, answers[0])


async def _privacy(discord: LoopbackDiscord) -> Message:
    mika = discord.world.mika
    shown: Outcome = await discord.members.use_command(mika, discord.world.dm(mika), "privacy")
    assert shown.message is not None
    return shown.message


async def test_an_export_has_what_a_member_did(discord: LoopbackDiscord, bot: BotProcess) -> None:
    await _play(discord)
    mika = discord.world.mika
    told = await discord.members.press(mika, await _privacy(discord), "Export")
    assert told.is_ephemeral
    assert told.message is not None
    (file,) = told.message.attachments
    assert file["filename"] == "encore.json"
    stored = discord.platform.files.stored
    (upload,) = [one for path, one in stored.items() if path in file["url"]]
    document = json.loads(upload.data)
    assert document["member"] == str(mika.id)
    assert len(document["stored"]["saved"]) == 1
    assert len(document["stored"]["answer"]) == 2
    assert document["stored"]["streak"]


async def test_everything_is_deleted_after_it_was_asked(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    await _play(discord)
    mika = discord.world.mika
    page = await _privacy(discord)
    await discord.members.press(mika, page, "Hide me from boards")
    asked = await discord.members.press(mika, page, "Delete everything")
    assert "This cannot be undone." in asked.text
    assert "within 7 days" in asked.text
    kept = await discord.members.press(mika, page, "Keep it")
    assert "What I store about you" in kept.text
    assert mika.id.to_bytes(8) in _stored(bot.data_dir)
    await discord.members.press(mika, page, "Delete everything")
    gone = await discord.members.press(mika, page, "Delete everything")
    assert gone.text.startswith("Everything about you is deleted.")
    assert "Hide me from boards" in page.labels, "also what was chosen"
    assert mika.id.to_bytes(8) not in _stored(bot.data_dir)
    exported = await discord.members.press(mika, page, "Export")
    assert "This is all: 0 entries." in exported.text


def _stored(data_dir: Path) -> bytes:
    return b"".join(path.read_bytes() for path in data_dir.glob("state.sqlite3*"))


async def test_a_server_that_removed_the_bot_is_noted_and_an_outage_is_not(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    await _play(discord)
    academy = discord.world.academy

    def left() -> list[tuple[int]]:
        with closing(sqlite3.connect(bot.data_dir / "state.sqlite3")) as state:
            return state.execute("SELECT guild_id FROM left_guild").fetchall()

    async def until(expected: list[tuple[int]]) -> None:
        for _n in range(100):
            if left() == expected:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(left())

    discord.faults.break_connections()
    await asyncio.sleep(0.5)
    assert left() == []
    discord.platform.kick_bot(academy)
    await until([(academy.id,)])
    discord.platform.invite_bot(academy)
    await until([])
    await bot.kill()
    discord.platform.kick_bot(academy)
    await bot.start()
    await until([(academy.id,)])
    discord.platform.invite_bot(academy)
    await until([])


async def test_a_member_chooses_more_strictly_for_themselves(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world, members = discord.world, discord.members
    own = await use(discord, world.mika, "privacy")
    assert own.is_ephemeral
    assert own.message is not None
    assert "What I store about you" in own.text
    chosen = await members.select(world.mika, own.message, "privacy:spoilers", ["omit"])
    assert "leave out major ones" in chosen.text
    await bot.restart()
    refused = await use(discord, world.mika, "quote", find="38")
    assert "No quote that may be shown here" in refused.text
    public = await posted(discord, world.mika, "quote", find="38")
    assert not public.is_ephemeral
    assert public.text.startswith("Hidden"), "what others see is the server's choice"
    await members.select(world.mika, own.message, "privacy:spoilers", ["server"])
    assert (await use(discord, world.mika, "quote", find="38")).text.startswith("Hidden")
