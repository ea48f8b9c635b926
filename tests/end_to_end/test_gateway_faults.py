"""Connections to the gateway that close, break or fall silent: the bot comes back or says why."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from aiohttp import web

from playground import LoopbackDiscord
from tests.end_to_end.stage import SURROUNDED, BotProcess, answers, unused_port

FIRST_ANSWER_SECONDS = 3.0

RESUMABLE = [1000, 1001, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009]
FATAL = {
    4004: "Discord doesn't accept the token.",
    4010: "Discord doesn't know this shard",
    4011: "The bot is in too many servers",
    4012: "no longer speaks this version",
    4013: "doesn't know the intents",
    4014: "doesn't allow the intents",
}


@asynccontextmanager
async def reconnecting(discord: LoopbackDiscord, within: float = 25) -> AsyncIterator[None]:
    """Break the connection in the body, then wait until there is one again."""
    with discord.members.watch() as events:
        yield
        await events.next_of("bot_connected", within)


@pytest.mark.parametrize("code", RESUMABLE)
async def test_the_bot_comes_back_after_a_close(
    discord: LoopbackDiscord, bot: BotProcess, code: int
) -> None:
    async with reconnecting(discord):
        discord.faults.close_gateway(code)
    assert await answers(discord)


@pytest.mark.parametrize("how", ["reconnect", "break_connections"])
async def test_the_bot_comes_back_after_a_lost_connection(
    discord: LoopbackDiscord, bot: BotProcess, how: str
) -> None:
    async with reconnecting(discord):
        getattr(discord.faults, how)()
    assert await answers(discord)


async def test_the_bot_identifies_anew_when_its_session_is_invalid(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    before = len(discord.identified)
    async with reconnecting(discord):
        discord.faults.invalidate(resumable=False)
    assert len(discord.identified) == before + 1
    assert await answers(discord)
    # The library waits for five seconds then, of its own accord.
    assert not any("hasn't answered" in line for line in bot.log)


@pytest.mark.parametrize("code", FATAL)
async def test_a_fatal_close_ends_it_with_a_sentence(
    own_discord: LoopbackDiscord, own_bot: BotProcess, code: int
) -> None:
    own_discord.faults.close_on_identify(code)
    await own_bot.launch()
    assert await own_bot.ended() == 78
    told = "\n".join(own_bot.log)
    assert FATAL[code] in told
    assert "Traceback" not in told


async def test_a_start_for_which_too_few_sessions_are_left_is_refused(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    starts = own_discord.starts
    starts.shards, starts.remaining, starts.reset_after_seconds = 2, 1, 5400.0
    await own_bot.launch()
    assert await own_bot.ended() == 75
    told = "\n".join(own_bot.log)
    assert "this start needs 2, and Discord allows 1 more" in told
    assert "in 1 h 30 min" in told
    assert "Traceback" not in told
    assert not own_discord.identified
    assert len(own_discord.record.find("GET /gateway/bot")) == 1


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[LoopbackDiscord, BotProcess]]:
    """Give a Discord with a quick heart, and a bot that waits a few seconds for it."""
    with TemporaryDirectory() as folder:
        async with LoopbackDiscord(heartbeat_seconds=2.0) as discord:
            extra = {"TEST_HEARTBEAT": "6.0"}
            bot = BotProcess(discord, Path(folder), extra=extra, module=SURROUNDED)
            await bot.start()
            yield discord, bot
            await bot.kill()
            assert bot.errors() == []


async def test_a_heart_that_is_heard_is_left_alone() -> None:
    async with listening() as (discord, _bot):
        await asyncio.sleep(9)
        assert len(discord.identified) == 1
        assert len(discord.platform.gateway.connections) == 1


@pytest.mark.parametrize(
    ("how", "noticed"),
    [("withhold_acks", "bot_disconnected"), ("silence_connections", "bot_connected")],
)
async def test_a_gateway_that_is_dead_is_left(how: str, noticed: str) -> None:
    async with listening() as (discord, _bot):
        async with reconnecting(discord, within=60):
            with discord.members.watch() as events:
                getattr(discord.faults, how)()
                await events.next_of(noticed, 60)
            discord.faults.clear()
        assert await answers(discord)
        assert len(discord.identified) == 1, "a session is resumed and not spent"


async def test_a_resume_that_is_refused_identifies_anew(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    before = len(discord.identified)
    discord.faults.refuse_resume()
    async with reconnecting(discord):
        discord.faults.close_gateway(4000)
    discord.faults.clear()
    assert len(discord.identified) == before + 1
    assert await answers(discord)


def say(discord: LoopbackDiscord, payload: object) -> None:
    """Send a frame in the session that is open, with the next number where it is an event."""
    (session,) = discord.platform.gateway.connected()
    assert session.send is not None
    if isinstance(payload, dict) and payload.get("op") == 0:
        session.sequence += 1
        payload["s"] = session.sequence
    session.send(payload)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("event", "data"),
    [("GUILD_CREATE", None), ("INTERACTION_CREATE", {}), ("GUILD_DELETE", []), ("RESUMED", 7)],
)
async def test_an_event_that_is_none_is_left_out(
    own_discord: LoopbackDiscord, own_bot: BotProcess, event: str, data: object
) -> None:
    await own_bot.start()
    for _n in range(50):
        say(own_discord, {"op": 0, "t": event, "d": data})
    assert await own_bot.logged("skipped an event from Discord")
    assert await answers(own_discord)
    assert await own_bot.stop() == 0
    assert len(own_discord.identified) == 1
    assert len([line for line in own_bot.log if "skipped an event" in line]) == 1
    assert own_bot.errors() == []


@pytest.mark.parametrize("text", ["no JSON", "[]", "7", '{"op": 10, "d": null}', "[" * 9999])
async def test_a_frame_that_is_none_costs_a_connection_and_not_the_bot(
    own_discord: LoopbackDiscord, own_bot: BotProcess, text: str
) -> None:
    await own_bot.start()
    async with reconnecting(own_discord):
        (connection,) = own_discord.platform.gateway.connections
        await connection._write_text(text)
    assert await answers(own_discord)
    assert await own_bot.logged("Discord: working again")
    assert len(own_discord.identified) == 2
    assert await own_bot.stop() == 0
    assert own_bot.errors() == []


@pytest.mark.parametrize("payload", [{"op": 99}, {"op": None}, {}, {"op": 1}, {"op": 11}])
async def test_an_unknown_frame_is_nothing(
    discord: LoopbackDiscord, bot: BotProcess, payload: object
) -> None:
    before = len(discord.identified)
    say(discord, payload)
    assert await answers(discord)
    assert len(discord.identified) == before


async def test_a_gateway_that_is_away_for_a_while_is_told_once(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    port, token = own_discord.port, own_discord.token
    await own_discord.__aexit__(None, None, None)
    assert await own_bot.logged("Discord: not working for now")
    await asyncio.sleep(3)
    async with LoopbackDiscord(token, port) as back:
        await back.wait_ready()
        assert await own_bot.logged("Discord: working again")
        assert await own_bot.stop() == 0
    told = [line for line in own_bot.log if "Discord: " in line]
    assert len(told) == 2
    assert own_bot.errors() == []


async def test_a_gateway_that_hangs_up_at_once_is_tried_with_pauses(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    calls = 0

    async def hang_up(request: web.Request) -> web.WebSocketResponse:
        nonlocal calls
        calls += 1
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.close(code=1001)
        return socket

    app = web.Application()
    app.router.add_get("/gateway", hang_up)
    runner = web.AppRunner(app)
    await runner.setup()
    port = unused_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    own_discord.platform.gateway.url = f"ws://127.0.0.1:{port}/gateway"
    await own_bot.launch()
    assert await own_bot.logged("the gateway hung up at once")
    await asyncio.sleep(5)
    assert 1 <= calls < 10
    assert await own_bot.stop() == 0
    assert own_bot.errors() == []
    await runner.cleanup()


async def test_half_a_sign_that_somebody_typed_costs_nobody_the_connection(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    mika, before = discord.world.mika, len(discord.identified)
    for command, option in (("quote", "find"), ("fact", "topic"), ("cast", "person")):
        place = discord.world.dm(mika)
        outcome = await discord.members.use_command(
            mika, place, command, {option: "zq\ud800" * 2000}
        )
        assert outcome.status == "answered"
        assert "my fault" not in outcome.text
    assert len(discord.identified) == before


async def test_who_waits_for_a_discord_that_went_away_can_be_stopped(
    content: Path, tmp_path: Path
) -> None:
    shutil.copy(content, tmp_path)
    async with LoopbackDiscord() as discord:
        bot = BotProcess(discord, tmp_path)
        await bot.start()
    assert await bot.logged("Discord: not working for now")
    await asyncio.sleep(1)
    assert await bot.stop() == 0
    assert bot.errors() == []
