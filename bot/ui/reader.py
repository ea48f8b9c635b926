"""Who reads an answer: what they may be shown, in which language, alone or with others."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.interview.audience import STRICTEST, Audience, MaturePolicy, audience
from bot.state.guild_settings import GuildSettings
from bot.text import SOURCE_LOCALE, Text, say

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction: TypeAlias = "discord.Interaction[Bot]"


@dataclass(frozen=True, slots=True)
class Reader:
    """`interview` is the slug that the server has chosen, or empty."""

    audience: Audience
    locale: str = SOURCE_LOCALE
    is_private: bool = False
    interview: str = ""

    def say(self, text: Text) -> str:
        return say(text, self.locale)


async def asker_of(interaction: _Interaction) -> Reader:
    """Tell who reads the answer to a command: everybody in the channel, if it does not flood.

    Only who asked reads it where the bot is a guest, and where the server wants it so.
    """
    settings = await interaction.client.guild_settings.get(interaction.guild_id)
    is_private = (
        is_guest(interaction)
        or not settings.allows_public(channel_ids(interaction))
        or _floods(interaction)
    )
    return await reader_of(interaction, is_private=is_private)


async def turner_of(interaction: _Interaction) -> Reader:
    """Tell who reads the card that a press turns to: see `replies.turn`."""
    message = interaction.message
    is_seen_by_one = message is not None and message.flags.ephemeral
    return await reader_of(interaction, is_private=is_seen_by_one or not is_asker(interaction))


async def reader_of(interaction: _Interaction, *, is_private: bool) -> Reader:
    """Tell who reads an answer that is private, or is not."""
    if is_guest(interaction):
        own = await _own(interaction, STRICTEST)
        return Reader(own, str(interaction.locale), is_private=True)
    settings = await interaction.client.guild_settings.get(interaction.guild_id)
    seen = audience(
        settings.spoilers,
        allows_mature=_allows_mature(interaction, settings),
        left_out=frozenset(settings.left_out),
    )
    locale = str(interaction.guild_locale or interaction.locale)
    if is_private or interaction.guild_id is None:
        seen = await _own(interaction, seen)
        locale = str(interaction.locale)
    return Reader(seen, locale, is_private=is_private, interview=settings.interview)


async def public_reader(bot: "Bot", guild_id: int) -> Reader:
    """Tell who reads what is posted in a server without having been asked for there and then."""
    settings = await bot.guild_settings.get(guild_id)
    seen = audience(settings.spoilers, allows_mature=False, left_out=frozenset(settings.left_out))
    return Reader(seen, locale_of(bot, guild_id), interview=settings.interview)


def locale_of(bot: "Bot", guild_id: int) -> str:
    """Give the language that a server has chosen in Discord."""
    guild = bot.get_guild(guild_id)
    return str(guild.preferred_locale) if guild else SOURCE_LOCALE


def is_guest(interaction: _Interaction) -> bool:
    """Say whether the bot is no member of the server: a member brought it as their own app."""
    return interaction.guild_id is not None and not interaction.is_guild_integration()


def is_asker(interaction: _Interaction) -> bool:
    """Say whether the message whose button was pressed answers the member who pressed it."""
    message = interaction.message
    if message is None or message.interaction_metadata is None:
        return False
    return message.interaction_metadata.user.id == interaction.user.id


async def _own(interaction: _Interaction, seen: Audience) -> Audience:
    """Narrow what is shown by what a member has chosen for themselves."""
    chosen = await interaction.client.members.spoilers(interaction.user.id)
    return seen if chosen is None else seen.stricter(audience(chosen, allows_mature=True))


def _allows_mature(interaction: _Interaction, settings: GuildSettings) -> bool:
    if settings.mature is not MaturePolicy.RESTRICTED:
        return settings.mature is MaturePolicy.EVERYWHERE
    channel = interaction.channel
    return isinstance(channel, discord.abc.GuildChannel | discord.Thread) and channel.is_nsfw()


def channel_ids(interaction: _Interaction) -> tuple[int, ...]:
    """Give a channel's id and, of a thread, that of the channel that it belongs to."""
    channel = interaction.channel
    ids = (interaction.channel_id or 0,)
    return (*ids, channel.parent_id) if isinstance(channel, discord.Thread) else ids


def _floods(interaction: _Interaction) -> bool:
    """Say whether one more public answer is too much; nobody else reads a direct message."""
    if interaction.guild_id is None:
        return False
    return not interaction.client.flood.admits(interaction.channel_id or 0)
