"""/privacy: what a member sees, takes away and deletes of what is stored about them."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from playground import Channel, LoopbackDiscord, Message, Outcome
from tests.cogs.members import posted, use
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import BotProcess
from tests.waiting import until

ENGINES = BOTH
MASTER = """
WITH RECURSIVE item(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM item WHERE n < 80000)
INSERT INTO mastery SELECT ?, 'tiny-pretty-things', 'line:' || n, 1, 1 FROM item
"""


@pytest.fixture
async def bot(
    discord: LoopbackDiscord, own_state_url: str | None, tmp_path: Path
) -> AsyncIterator[BotProcess]:
    bot = BotProcess(discord, tmp_path, database_url=own_state_url)
    await bot.start()
    yield bot
    await bot.kill()
    assert bot.errors() == []


async def _play(discord: LoopbackDiscord, channel: Channel | None = None) -> None:
    """Leave something in as many tables as a few minutes can."""
    members, mika = discord.members, discord.world.mika
    place = channel or discord.world.general
    quote = await members.use_command(mika, place, "quote")
    assert quote.message is not None
    await members.press(mika, quote.message, "Save")
    for command in ("trivia", "today"):
        asked = await members.use_command(mika, place, command)
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
    told = await discord.members.press(mika, await _privacy(discord), "Export my data")
    assert told.is_ephemeral
    (file,) = (await told.settled()).attachments
    assert file["filename"] == "encore.json"
    stored = discord.platform.files.stored
    (upload,) = [one for path, one in stored.items() if path in file["url"]]
    document = json.loads(upload.data)
    assert document["member"] == str(mika.id)
    assert len(document["stored"]["saved"]) == 1
    assert len(document["stored"]["answer"]) == 2
    assert document["stored"]["streak"]
    assert document["stored"]["bag"] == []


async def test_what_is_stored_is_counted(discord: LoopbackDiscord, bot: BotProcess) -> None:
    empty = await _privacy(discord)
    assert "for a month: 0\n" in empty.text
    await _play(discord)
    page = await _privacy(discord)
    for words in ("for a month: 2", "by server: 1", "saved, by number: 1", "you reported: 0"):
        assert f"{words}\n" in page.text


async def test_direct_messages_are_exported_and_deleted_with_the_member(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    members, mika = discord.members, discord.world.mika
    dm = discord.world.dm(mika)
    await _play(discord, dm)
    await members.use_command(mika, dm, "fact")
    game = await members.use_command(mika, dm, "trivia", {"rounds": 5})
    assert not game.refused
    page = await _privacy(discord)
    assert "don't repeat myself: 3\n" in page.text
    stored = await _exported(discord, page)
    assert {row["kind"] for row in stored["bag"]} == {"quote", "fact", "trivia"}
    assert len(stored["question"]) >= 2
    assert len(stored["game"]) == 1
    assert _holds(bot, dm.id)
    for _step in ("ask", "sure"):
        await members.press(mika, page, "Delete everything")
    for snowflake in (mika.id, dm.id):
        assert not _holds(bot, snowflake)
    for table in ("bag", "game"):
        assert bot.ask_state(f"SELECT count(*) FROM {table}") == [(0,)]
    assert (await members.use_command(mika, dm, "quote")).message is not None


async def test_who_is_off_the_boards_stays_off_and_a_moderator_puts_them_back(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world, members = discord.world, discord.members
    await _play(discord)

    async def board() -> Message:
        member = {"member": world.mika}
        shown = await members.use_command(world.noor, world.general, "leaderboard", member)
        assert shown.message is not None
        if shown.message.is_ephemeral:
            return shown.message
        private = (await members.press(world.noor, shown.message, "For moderators")).message
        assert private is not None
        return private

    await members.press(world.noor, await board(), "Take off the boards")
    page = await _privacy(discord)
    for _step in ("ask", "sure"):
        await members.press(world.mika, page, "Delete everything")
    assert "that a moderator took you off a board" in page.text
    assert not _holds(bot, world.mika.id)
    again = await board()
    assert "by a moderator" in again.text
    await members.press(world.noor, again, "Put back on the boards")
    assert "by a moderator" not in (await board()).text


async def test_everything_is_deleted_after_it_was_asked(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    await _play(discord)
    mika = discord.world.mika
    page = await _privacy(discord)
    await discord.members.press(mika, page, "Hide me from boards")
    asked = await discord.members.press(mika, page, "Delete everything")
    assert "You can't undo this." in asked.text
    assert "within 7 days" in asked.text
    kept = await discord.members.press(mika, page, "Keep everything")
    assert "What I store about you" in kept.text
    assert _holds(bot, mika.id)
    await discord.members.press(mika, page, "Delete everything")
    gone = await discord.members.press(mika, page, "Delete everything")
    assert gone.text.startswith("Done: everything about you is deleted.")
    assert "Hide me from boards" in page.labels, "also what was chosen"
    assert not _holds(bot, mika.id)
    stored = await _exported(discord, page)
    assert {table for table, rows in stored.items() if rows} == {"forgotten_mark"}
    assert "that you had everything deleted" in page.text


async def _exported(discord: LoopbackDiscord, page: Message) -> dict[str, list[dict[str, object]]]:
    told = await discord.members.press(discord.world.mika, page, "Export my data")
    (file,) = (await told.settled()).attachments
    stored = discord.platform.files.stored
    (upload,) = [one for path, one in stored.items() if path in file["url"]]
    is_compressed = file["filename"].endswith(".gz")
    return json.loads(gzip.decompress(upload.data) if is_compressed else upload.data)["stored"]


async def test_what_is_stored_about_the_busiest_member_is_handed_out_while_others_are_answered(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    members, mika, robin = discord.members, discord.world.mika, discord.world.robin
    page = await _privacy(discord)
    bot.ask_state(MASTER, mika.id)
    export = asyncio.create_task(_exported(discord, page))
    again = asyncio.create_task(members.press(mika, page, "Export my data"))
    other = await members.use_command(robin, discord.world.dm(robin), "quote")
    assert other.status == "answered"
    assert len((await export)["mastery"]) == 80_000
    assert "already" in (await again).text


def _holds(bot: BotProcess, snowflake: int) -> bool:
    """Tell whether an id stands anywhere in the data folder but in the daily copies, or a table."""
    files = [path for path in bot.data_dir.rglob("*") if path.is_file() and path.suffix != ".zip"]
    stored = b"".join(path.read_bytes() for path in files)
    if bot.database_url is not None:
        tables = bot.ask_state("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = [bot.ask_state(f"SELECT whole::text FROM {table} AS whole") for (table,) in tables]
        stored += repr(rows).encode()
    return snowflake.to_bytes(8) in stored or str(snowflake).encode() in stored


async def test_a_server_that_removed_the_bot_is_noted_and_an_outage_is_not(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    await _play(discord)
    academy = discord.world.academy

    def left() -> list[tuple[int]]:
        return bot.ask_state("SELECT guild_id FROM left_guild")

    discord.faults.break_connections()
    await asyncio.sleep(0.5)
    assert left() == []
    discord.platform.kick_bot(academy)
    await until(lambda: left() == [(academy.id,)])
    discord.platform.invite_bot(academy)
    await until(lambda: left() == [])
    await bot.kill()
    discord.platform.kick_bot(academy)
    await bot.start()
    await until(lambda: left() == [(academy.id,)])
    discord.platform.invite_bot(academy)
    await until(lambda: left() == [])


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
    refused = await use(discord, world.mika, "quote", find="31")
    assert "I have no quote " in refused.text
    public = await posted(discord, world.mika, "quote", find="31")
    assert not public.is_ephemeral
    assert public.text.startswith("Spoiler: "), "what others see is the server's choice"
    await members.select(world.mika, own.message, "privacy:spoilers", ["server"])
    assert (await use(discord, world.mika, "quote", find="31")).text.startswith("Spoiler: ")
