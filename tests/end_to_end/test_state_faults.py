"""The state under kill -9, on a full disk, in the wrong hands: nothing confirmed is lost."""

import asyncio
import random
import re
import resource
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.process.file_lock import locked
from bot.state.sqlite.engine import open_database
from bot.state.sqlite.schema import migrations
from playground import LoopbackDiscord, Outcome, User
from playground.session_starts import IDENTIFY_SECONDS
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import SURROUNDED, BotProcess, answers
from tests.full_disk import NO_BYTECODE
from tests.postgresql import Server
from tests.waiting import until

FIRST_ANSWER_SECONDS = 3.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="cannot be avoided: signals")

STATE = "state.sqlite3"


async def _saves(discord: LoopbackDiscord, confirmed: set[int], member: User | None = None) -> None:
    """Save one quote after the other until the bot is gone; note what was confirmed."""
    members, general = discord.members, discord.world.general
    member = member or discord.world.mika
    while True:
        quote = await members.use_command(member, general, "quote")
        if quote.message is None:
            return
        if "Save" not in quote.message.labels:
            # It is saved, or what the channel has seen could not be read.
            await asyncio.sleep(0.05)
            continue
        saved: Outcome = await members.press(member, quote.message, "Save")
        # A line tells it, or the card itself where it is private.
        number = re.search(r"Quote (\d+) ", saved.text)
        if number is not None and "Saved" in saved.labels:
            confirmed.add(int(number[1]))


@pytest.mark.parametrize("engine", BOTH, indirect=True, scope="module")
async def test_what_was_confirmed_survives_any_kill(
    discord: LoopbackDiscord, own_state_url: str | None, tmp_path: Path, is_thorough: bool
) -> None:
    rng = random.Random(5)
    confirmed: set[int] = set()
    bot = BotProcess(discord, tmp_path, database_url=own_state_url)
    for n in range(200 if is_thorough else 6):
        await bot.start()
        saving = [asyncio.create_task(_saves(discord, confirmed)) for _m in range(3)]
        if n == 0:
            await until(lambda: confirmed)
        await asyncio.sleep(rng.uniform(0.0, 0.4))
        await bot.kill()
        await _given_up(saving)
        if own_state_url is None:
            assert bot.ask_state("PRAGMA integrity_check") == [("ok",)]
        assert confirmed <= _kept(bot, discord.world.mika.id)
    assert confirmed


async def test_what_was_confirmed_survives_a_crash_of_postgresql(
    discord: LoopbackDiscord,
    server: Server,
    database_url: str,
    tmp_path: Path,
    is_thorough: bool,
) -> None:
    rng = random.Random(5)
    bot = BotProcess(discord, tmp_path, database_url=database_url)
    await bot.start()
    for n in range(40 if is_thorough else 2):
        member = User(1_330_000_000_000_000_000 + n, f"Member {n}")
        discord.world.academy.join(member)
        confirmed: set[int] = set()
        saving = [asyncio.create_task(_saves(discord, confirmed, member)) for _m in range(3)]
        await until(lambda confirmed=confirmed: confirmed)
        await asyncio.sleep(rng.uniform(0.0, 0.4))
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        await _given_up(saving)
        assert confirmed <= _kept(bot, member.id)
    assert await bot.stop() == 0
    assert bot.errors() == []


async def _given_up(saving: list[asyncio.Task[None]]) -> None:
    for one in saving:
        one.cancel()
    await asyncio.gather(*saving, return_exceptions=True)


def _kept(bot: BotProcess, user_id: int) -> set[int]:
    rows = bot.ask_state("SELECT number FROM saved WHERE user_id = ?", user_id)
    return {number for (number,) in rows}


@pytest.fixture(scope="module")
async def data_of_a_run(discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the data folder of a bot that was started and stopped."""
    bot = BotProcess(discord, tmp_path_factory.mktemp("var"))
    await bot.start()
    await bot.stop()
    return bot.data_dir


@pytest.fixture
def past(discord: LoopbackDiscord, data_of_a_run: Path, tmp_path: Path) -> BotProcess:
    """Give a bot that has run before, and is not started yet."""
    shutil.copytree(data_of_a_run, tmp_path / "var")
    return BotProcess(discord, tmp_path / "var")


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _of_another(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as state:
        state.execute("CREATE TABLE theirs (a)")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as state:
        state.execute(f"PRAGMA user_version = {len(migrations()) + 1}")


def _no_database(path: Path) -> None:
    path.write_bytes(b"My dear diary. " * 600)


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_truncated, "is damaged or not a database"),
        (_of_another, "is another program's database"),
        (_newer, "was written by a newer version of Encore"),
        (_no_database, "is damaged or not a database"),
        (_a_folder, "can't be used"),
        (Path.unlink, "has gone missing"),
    ],
)
async def test_a_file_that_cannot_be_used_is_a_sentence_and_stays_as_it_is(
    past: BotProcess, spoil: Callable[[Path], None], told: str
) -> None:
    bot = past
    assert list((bot.data_dir / "backups").glob("*.zip")), "there is a copy from the start on"
    path = bot.data_dir / STATE
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    await bot.launch()
    assert await bot.ended() == 78
    assert told in bot.log[-1]
    assert not any("Traceback" in line for line in bot.log)
    assert (path.read_bytes() if path.is_file() else None) == before


async def test_a_state_that_another_program_locks_is_waited_for(past: BotProcess) -> None:
    bot = past
    with closing(sqlite3.connect(bot.data_dir / STATE, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("CREATE TABLE busy (a)")
        await bot.launch()
        assert await bot.logged("is in use by another process. I'll keep trying.")
        assert await bot.stop() == 0, "it can be stopped while it waits"
        bot.log.clear()
        await bot.launch()
        assert await bot.logged("is in use by another process")
    assert await bot.logged("state database: working again")
    await bot.discord.wait_ready()
    assert await bot.stop() == 0
    assert bot.errors() == []


async def test_a_full_disk_is_told_and_survived(discord: LoopbackDiscord, tmp_path: Path) -> None:
    bot = BotProcess(discord, tmp_path, extra={**NO_BYTECODE})
    await bot.start()
    members, mika, general = discord.members, discord.world.mika, discord.world.general
    assert bot.process is not None
    before = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)
    for _n in range(2):
        quote = await members.use_command(mika, general, "quote")
        assert quote.message is not None
        assert max(one.stat().st_size for one in tmp_path.glob(f"{STATE}*")) > 4096
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (4096, before[1]))
        for _m in range(2):
            told = await members.press(mika, quote.message, "Save")
            assert told.is_ephemeral
            assert "I can't read my notes right now." in told.text
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, before)
        saved = await members.press(mika, quote.message, "Save")
        assert "is saved" in saved.text
    told_lines = [line for line in bot.log if '"state database: not working for now' in line]
    # A line each time, not one a press; the write-ahead log may have room for a write between.
    assert 2 <= len(told_lines) <= 3
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (4096, before[1]))
    assert await bot.stop() == 0
    assert bot.errors() == []


async def test_a_start_on_a_full_disk_waits_for_room(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    bot = BotProcess(discord, tmp_path, extra={**NO_BYTECODE})
    for part in ("content of the interviews", "state database"):
        await bot.launch()
        assert bot.process is not None
        before = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (4096, before[1]))
        assert await bot.logged(f"{part}: not working for now")
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, before)
        assert await bot.logged(f"{part}: working again")
        await discord.wait_ready()
        assert await answers(discord)
        assert await bot.stop() == 0
    assert bot.errors() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_waiting_for_room_can_be_stopped(
    discord: LoopbackDiscord, tmp_path: Path, number: signal.Signals
) -> None:
    bot = BotProcess(discord, tmp_path, extra={**NO_BYTECODE})
    await bot.launch()
    assert bot.process is not None
    limit = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (4096, limit[1]))
    assert await bot.logged("content of the interviews: not working for now")
    bot.process.send_signal(number)
    assert await bot.ended() == 0
    assert not [*tmp_path.glob("content-*")]
    assert bot.errors() == []


async def test_a_start_that_waits_for_who_builds_the_content_can_be_stopped(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    (tmp_path / "locks").mkdir()
    bot = BotProcess(discord, tmp_path)
    with locked(tmp_path / "locks" / "content", 0):
        await bot.launch()
        await until((tmp_path / "locks" / "all").exists)
        assert await bot.stop() == 0


async def test_a_storm_of_starts_is_slowed_and_can_be_stopped(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    async with open_database(tmp_path / STATE) as database:
        for _n in range(50):
            await database.write("INSERT INTO session_begun (begun_at) VALUES (unix_now())")
    extra = {"TEST_BRAKES": "yes"}
    bot = BotProcess(discord, tmp_path, extra=extra, module=SURROUNDED)
    await bot.launch()
    assert await bot.logged("50 sessions in a day: the next one waits")
    await asyncio.sleep(6)
    assert not any("hasn't answered" in line for line in bot.log)
    assert await bot.stop() == 0


async def test_a_bot_that_is_started_again_at_once_waits_for_its_turn(
    own_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    own_discord.starts.identify_seconds = IDENTIFY_SECONDS
    bot = BotProcess(own_discord, tmp_path, extra={"TEST_BRAKES": "yes"}, module=SURROUNDED)
    await bot.start()
    await bot.kill()
    await bot.start()
    assert own_discord.starts.too_early == []
    assert len(own_discord.starts.latest) == 2
    assert await bot.stop() == 0
    assert bot.errors() == []


async def test_a_start_that_is_killed_at_any_moment_is_made_good_by_the_next(
    own_discord: LoopbackDiscord, tmp_path: Path, is_thorough: bool
) -> None:
    rng = random.Random(7)
    bot = BotProcess(own_discord, tmp_path)
    for _n in range(60 if is_thorough else 6):
        await bot.launch()
        await asyncio.sleep(rng.uniform(0.3, 2.5))
        await bot.kill()
    await bot.start()
    assert await answers(own_discord)
    assert await bot.stop() == 0
    assert bot.errors() == []
