"""Connecting to Discord, and in which words its host hears that it refuses the bot."""

import asyncio
import contextlib
from collections.abc import Generator
from functools import partial
from typing import Final

import discord

from bot.client import Bot
from bot.errors import OperatorError, UnavailableError
from bot.hosting.invitation import invite
from bot.hosting.registration import keep_registered
from bot.process.gateway import wait_for_discord
from bot.process.tasks import cancel
from bot.reading.variables import PLAYGROUND
from bot.text import Text, _

_HEAD_START_SECONDS: Final = 3.0
_FATAL_CLOSES: Final = {
    4004: _("Discord doesn't accept the token."),
    4010: _("Discord doesn't know this shard; SHARD_IDS and SHARD_COUNT don't fit together."),
    4011: _("The bot is in too many servers for so few shards."),
    4012: _("Discord no longer speaks this version of its gateway."),
    4013: _("Discord doesn't know the intents this version asks for."),
    4014: _("Discord doesn't allow the intents this version asks for."),
}
_REMEDIES: Final = {
    4004: _(
        "Set DISCORD_TOKEN to the one that Reset Token on the Bot page shows you. {playground}"
    ),
    4010: _("Correct them, or leave both out."),
    4011: _("Leave SHARD_COUNT out, then Discord decides."),
}


async def connect(bot: Bot, token: str) -> None:
    """Be there for members, as long as it goes."""
    await bot.load()
    await wait_for_discord(partial(bot.login, token), bot.outages)
    registering = asyncio.create_task(keep_registered(bot))
    tasks = [registering, asyncio.create_task(invite(bot))]
    try:
        # Members mostly meet the new commands from the first moment; nobody waits long for them.
        await asyncio.wait({registering}, timeout=_HEAD_START_SECONDS)
        if registering.done():
            await registering
        connecting = asyncio.create_task(bot.connect())
        tasks.append(connecting)
        await asyncio.wait({registering, connecting}, return_when=asyncio.FIRST_COMPLETED)
        if registering.done():
            await registering
        await connecting
    finally:
        await cancel(tasks)
        await bot.drain()


@contextlib.contextmanager
def explained() -> Generator[None]:
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
        raise UnavailableError(
            _("Discord has closed the connection: {why}.", why=error), _("Start the bot again.")
        ) from None
    except discord.HTTPException as error:
        raise OperatorError(
            _("Discord refuses the bot: {why}.", why=error),
            _("Check your application on discord.com/developers, or update Encore."),
        ) from None


def _refused(code: int) -> OperatorError:
    remedy = _REMEDIES.get(code, _("Update Encore."))
    return OperatorError(_FATAL_CLOSES[code], Text(remedy.message, {"playground": PLAYGROUND}))
