"""The life of the process: what is opened, what stops it, what it closes again."""

import asyncio
import contextlib
import importlib
import logging
import os
from collections.abc import Callable, Generator
from functools import partial
from typing import Final

import aiohttp
import discord

from bot.client import Bot
from bot.config import Settings
from bot.errors import OperatorError, UnavailableError
from bot.hosting.graph import Surroundings, build_bot
from bot.hosting.health import serve_health
from bot.hosting.housekeeping import forget_what_is_old
from bot.interview.library.build import ensure_content, rebuild_content
from bot.interview.library.library import open_library
from bot.process import discord_api
from bot.process.outages import Outages
from bot.process.signals import stop_signals
from bot.state.backups import keep_backups
from bot.text import Text, _

log = logging.getLogger(__name__)

_FATAL_CLOSES: Final = {
    4004: _("Discord does not accept the token."),
    4010: _("Discord does not know the shard; SHARD_IDS and SHARD_COUNT do not fit."),
    4011: _("The bot is in too many servers for so few shards."),
    4012: _("Discord no longer speaks this version of its gateway."),
    4013: _("Discord does not know the intents that this version asks for."),
    4014: _("Discord does not allow the intents that this version asks for."),
}
_REMEDIES: Final = {
    4004: _(
        "Set DISCORD_TOKEN to the one that Reset Token on the Bot page shows you. {playground}"
    ),
    4010: _("Correct them, or leave both out."),
    4011: _("Leave SHARD_COUNT out, then Discord decides."),
}
_PLAYGROUND: Final = _("To try Encore without a token, run: python -m bot playground")


def run(settings: Settings, surroundings: Surroundings | None = None) -> None:
    """Run the bot until it is told to stop; raises OperatorError when it cannot go on."""
    # What members have done is for nobody else who uses the machine.
    os.umask(0o077)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(settings, surroundings or Surroundings()))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    # uvloop is part of the extra "speed" and not to be had on Windows.
    with contextlib.suppress(ImportError):
        return importlib.import_module("uvloop").new_event_loop
    return None


async def _serve(settings: Settings, surroundings: Surroundings) -> None:
    # It never speaks, and need not say so at each start.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    if settings.api_url:
        discord_api.point_at(settings.api_url)
    outages = Outages()
    with surroundings.hold_data(settings.data_dir, settings.shard_ids):
        content = ensure_content(settings.data_dir, settings.packs_dir)
        rebuild = partial(rebuild_content, content, settings.packs_dir)
        async with (
            open_library(content, rebuild, outages) as library,
            surroundings.open_state(settings.data_dir) as database,
            keep_backups(settings.data_dir),
            build_bot(settings, surroundings, library, database, outages) as bot,
            forget_what_is_old(bot.state),
            serve_health(bot, database, settings.health_port),
        ):
            with _explained():
                await _until_told(bot, settings.token)
    log.info("stopped")


async def _until_told(bot: Bot, token: str) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(bot.start(token))
    waiting = asyncio.create_task(stop.wait())
    with stop_signals(stop):
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if running.done():
            await running
            return
        log.info("stopping")
        await bot.drain()
        await bot.close()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@contextlib.contextmanager
def _explained() -> Generator[None]:
    """Turn the ways in which Discord can refuse the bot into sentences for its host."""
    try:
        yield
    except discord.LoginFailure:
        raise _refused(4004) from None
    except discord.PrivilegedIntentsRequired:
        raise _refused(4014) from None
    except discord.ConnectionClosed as error:
        if error.code in _FATAL_CLOSES:
            raise _refused(error.code) from None
        raise _unreachable(error) from None
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        raise _unreachable(error) from None


def _refused(code: int) -> OperatorError:
    remedy = _REMEDIES.get(code, _("Update Encore."))
    return OperatorError(_FATAL_CLOSES[code], Text(remedy.message, {"playground": _PLAYGROUND}))


def _unreachable(error: Exception) -> UnavailableError:
    return UnavailableError(
        _("Discord cannot be reached: {why}.", why=str(error) or type(error).__name__),
        _("Check the network, then start the bot again."),
    )
