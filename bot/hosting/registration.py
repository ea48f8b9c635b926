"""Registering the commands with Discord: only what differs, and each command in one place only."""

import asyncio
import hashlib
import json
import logging
import math
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any, Final, cast

import discord
from discord import app_commands

from bot.client import Bot
from bot.errors import OperatorError
from bot.process.gateway import wait_for_discord
from bot.process.outages import Part
from bot.process.persistence import persist
from bot.state.command_sync import EVERYWHERE, SyncRecord
from bot.state.lock_names import COMMANDS
from bot.state.locks import locks_of
from bot.text import Text, _, catalogues_digest, say

log = logging.getLogger(__name__)

_AN_HOUR: Final = 3600.0
_TRANSLATION: Final = 1
"""To be raised where `CommandTranslator` changes, so that the commands are registered anew."""
_DAILY_LIMIT: Final = 30034
_NO_ACCESS: Final = (50001, 10004)
"""Codes of Discord's: the bot may do nothing in a server, or there is no such server."""


async def keep_registered(bot: Bot) -> None:
    """Register the commands, however long it takes; those that Discord has work meanwhile.

    One process does so at a time: the next one finds that nothing differs. Raises OperatorError
    where DEV_GUILD_ID names a server in which the bot may not.
    """
    while True:
        try:
            async with _turn(bot):
                await wait_for_discord(partial(_register, bot), bot.outages, Part.COMMANDS)
        except discord.HTTPException as error:
            if bot.settings.dev_guild_id and error.code in _NO_ACCESS:
                raise _no_access(bot, bot.settings.dev_guild_id) from None
            bot.outages.begin(Part.COMMANDS, say(_refusal(error)))
        except OperatorError as error:
            bot.outages.begin(Part.COMMANDS, error)
        except Exception as error:
            # Members have the commands that Discord has, which is better than no bot.
            log.exception("%s: a bug of ours", Part.COMMANDS)
            bot.outages.begin(Part.COMMANDS, error)
        else:
            return
        await asyncio.sleep(_AN_HOUR)


@asynccontextmanager
async def _turn(bot: Bot) -> AsyncGenerator[None]:
    """Wait for another process that registers them, and for a database that is away."""
    async with AsyncExitStack() as stack:

        async def take() -> None:
            await stack.enter_async_context(locks_of(bot.settings).at_work(COMMANDS, math.inf))

        await persist(take, bot.outages, Part.COMMANDS)
        yield


def _no_access(bot: Bot, guild_id: int) -> OperatorError:
    return OperatorError(
        _(
            "DEV_GUILD_ID is server {guild_id}, where the bot can't register commands.",
            guild_id=guild_id,
        ),
        _(
            "Invite it there with {link}, then start it again; or correct DEV_GUILD_ID, or leave it"
            " out.",
            link=bot.invite_url(),
        ),
    )


def _refusal(error: discord.HTTPException) -> Text:
    if error.code == _DAILY_LIMIT:
        return _(
            "Discord takes no more new commands today: {why}. The ones it has keep working;"
            " I'll try again every hour.",
            why=error,
        )
    return _(
        "Discord rejects the commands: {why}. Update Encore; the ones Discord has keep working,"
        " and I'll try again every hour.",
        why=error,
    )


async def _register(bot: Bot) -> None:
    scope = bot.settings.dev_guild_id or EVERYWHERE
    commands = await _bring_up_to_date(bot, scope)
    bot.command_ids = {command.name: command.id for command in commands}
    application_id = bot.application_id or 0
    for old in await bot.state.command_sync.scopes(application_id) - {scope}:
        await _empty(bot, old)
    # Whoever registered them there: in the server of the developer they would stand twice.
    if scope != EVERYWHERE and await bot.tree.fetch_commands():
        await _empty(bot, EVERYWHERE)


async def _bring_up_to_date(bot: Bot, scope: int) -> Sequence[app_commands.AppCommand]:
    """Register the commands in a scope where ours, or what Discord has there, differs."""
    guild = _guild(scope)
    if guild is not None:
        bot.tree.copy_global_to(guild=guild)
    commands = [command.to_dict(bot.tree) for command in bot.tree.get_commands()]
    # To translate each command into each language is for when they differ.
    ours = _digest([commands, catalogues_digest(), _TRANSLATION])
    application_id = bot.application_id or 0
    registered = await bot.tree.fetch_commands(guild=guild)
    record = await bot.state.command_sync.find(application_id, scope)
    if record != SyncRecord(ours, _registered_digest(registered)):
        registered = await _sync(bot, guild)
        record = SyncRecord(ours, _registered_digest(registered))
        await bot.state.command_sync.put(application_id, scope, record)
        log.info("registered %d commands with Discord", len(registered))
    return registered


async def _sync(bot: Bot, guild: discord.Object | None) -> Sequence[app_commands.AppCommand]:
    """Send the commands in all languages."""
    await bot.tree.set_translator(bot.translator)
    try:
        return await bot.tree.sync(guild=guild)
    finally:
        # It would be asked for each suggestion, too.
        await bot.tree.set_translator(None)


async def _empty(bot: Bot, scope: int) -> None:
    """Take the commands out of a scope, and forget that they were there."""
    application_id = bot.application_id or 0
    try:
        if scope == EVERYWHERE:
            await bot.http.bulk_upsert_global_commands(application_id, [])
        else:
            await bot.http.bulk_upsert_guild_commands(application_id, scope, [])
        log.info("removed the commands from %s", scope or "all other places")
    except discord.HTTPException as error:
        # They went with the server.
        if error.code not in _NO_ACCESS:
            raise
    await bot.state.command_sync.forget(application_id, scope)


def _guild(scope: int) -> discord.Object | None:
    return None if scope == EVERYWHERE else discord.Object(scope)


def _digest(value: object) -> str:
    canonical = json.dumps(value, sort_keys=True, default=str)
    return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()


def _registered_digest(registered: Sequence[app_commands.AppCommand]) -> str:
    payloads = [_untranslated(command.to_dict()) for command in registered]
    return _digest(sorted(payloads, key=lambda payload: payload["name"]))


def _untranslated(value: Any) -> Any:
    """Leave out translations, which Discord does not give with its list of commands."""
    if isinstance(value, list):
        return [_untranslated(element) for element in cast("list[Any]", value)]
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {
            name: _untranslated(field)
            for name, field in fields.items()
            if not name.endswith("_localizations")
        }
    return value
