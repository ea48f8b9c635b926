"""Who reads an answer, and which interview it is about."""

from typing import Final

import discord

from bot.client import Bot, Interaction
from bot.errors import UserError
from bot.interview.audience import STRICTEST, Audience, MaturePolicy, Reader, audience
from bot.interview.library.library import Library
from bot.interview.model import Interview
from bot.interview.names import find_interview
from bot.state.guild_settings import GuildSettings
from bot.text import _

# In an interaction's extras: its answer counts as one that the channel sees.
_COUNTED: Final = "counted"


def uncount(interaction: Interaction) -> None:
    """Let an answer that turned out to be private not count as one that the channel sees.

    Otherwise what nobody sees could make the answers of a whole channel private.
    """
    if interaction.extras.pop(_COUNTED, False):
        interaction.client.flood.give_back(interaction.channel_id or 0, interaction.user.id)


def is_flooded(interaction: Interaction) -> bool:
    """Say whether an answer is private only because there were many just now."""
    return interaction.extras.get(_COUNTED) is False


async def asker_of(interaction: Interaction) -> Reader:
    """Tell who reads the answer to a command: everybody in the channel, if it does not flood.

    Only who asked reads it where the bot is a guest, and where the server wants it so.
    """
    if is_guest(interaction):
        return await _guest(interaction)
    settings = await interaction.client.state.guild_settings.get(interaction.guild_id)
    is_public = settings.allows_public(channel_ids(interaction)) and not _floods(interaction)
    return await _reader(interaction, settings, is_private=not is_public)


async def public_asker(interaction: Interaction) -> Reader:
    """Tell who reads what is posted for everybody; raises UserError where nothing may be."""
    if is_guest(interaction):
        raise UserError(_("I can only post in servers I've joined."))
    settings = await interaction.client.state.guild_settings.get(interaction.guild_id)
    if not settings.allows_public(channel_ids(interaction)):
        raise UserError(
            _("This server keeps my answers private in this channel."), _("Try another channel.")
        )
    if _floods(interaction):
        raise UserError(_("It's busy in here right now."), _("Try again in a minute."))
    return await _reader(interaction, settings, is_private=False)


async def turner_of(interaction: Interaction) -> Reader:
    """Tell who reads the card that a press turns to: see `replies.turn`."""
    message = interaction.message
    is_seen_by_one = message is not None and message.flags.ephemeral
    return await reader_of(interaction, is_private=is_seen_by_one or not is_asker(interaction))


async def reader_of(interaction: Interaction, *, is_private: bool) -> Reader:
    """Tell who reads an answer that is private, or is not."""
    if is_guest(interaction):
        return await _guest(interaction)
    settings = await interaction.client.state.guild_settings.get(interaction.guild_id)
    return await _reader(interaction, settings, is_private=is_private)


async def _guest(interaction: Interaction) -> Reader:
    own = await _own(interaction, STRICTEST)
    return Reader(own, str(interaction.locale), is_private=True)


async def _reader(interaction: Interaction, settings: GuildSettings, *, is_private: bool) -> Reader:
    viewers = audience(
        settings.spoilers,
        allows_mature=_allows_mature(interaction, settings),
        left_out=frozenset(settings.left_out),
    )
    locale = interaction.guild_locale or interaction.locale
    if is_private or interaction.guild_id is None:
        viewers = await _own(interaction, viewers)
        locale = interaction.locale
    return Reader(viewers, str(locale), is_private=is_private, interview=settings.interview)


async def public_reader(bot: Bot, guild_id: int) -> Reader:
    """Tell who reads what is posted in a server without having been asked for there and then."""
    settings = await bot.state.guild_settings.get(guild_id or None)
    viewers = audience(
        settings.spoilers, allows_mature=False, left_out=frozenset(settings.left_out)
    )
    locale = bot.locale_of(guild_id)
    return Reader(viewers, locale, interview=settings.interview)


def interview_of(library: Library, slug: str, reader: Reader) -> Interview:
    """Find an interview by the slug in a custom id; raises UserError when it was removed.

    It is in the reader's language, as far as it is translated.
    """
    try:
        return library.interview(slug, reader.locale)
    except KeyError:
        raise UserError(
            _("That interview isn't here any more."), _("Type the command again.")
        ) from None


def choose_interview(library: Library, reader: Reader, typed: str | None = None) -> Interview:
    """Give the interview that was typed, else the server's, else the first.

    Raises UserError where nothing is called as was typed.
    """
    interviews = library.interviews
    if typed:
        return interview_of(library, find_interview(interviews, typed).slug, reader)
    slug = reader.interview if reader.interview in interviews else next(iter(interviews))
    return interview_of(library, slug, reader)


def guess_interview(library: Library, reader: Reader, typed: str | None) -> Interview:
    """Give the interview for autocomplete, where what was typed may be half a name."""
    try:
        return choose_interview(library, reader, typed)
    except UserError:
        return choose_interview(library, reader)


def is_guest(interaction: Interaction) -> bool:
    """Say whether the bot is no member of the server: a member brought it as their own app."""
    return interaction.guild_id is not None and not interaction.is_guild_integration()


def is_asker(interaction: Interaction) -> bool:
    """Say whether the message whose button was pressed answers the member who pressed it."""
    message = interaction.message
    if message is None or message.interaction_metadata is None:
        return False
    return message.interaction_metadata.user.id == interaction.user.id


def channel_ids(interaction: Interaction) -> tuple[int, ...]:
    """Give a channel's id and, of a thread, that of the channel that it belongs to."""
    channel = interaction.channel
    ids = (interaction.channel_id or 0,)
    return (*ids, channel.parent_id) if isinstance(channel, discord.Thread) else ids


def dm_owner(interaction: Interaction) -> int | None:
    """Give whose direct messages a channel is, as what they see there goes with them."""
    return interaction.user.id if interaction.context.dm_channel else None


async def noted_channel_id(interaction: Interaction) -> int:
    """Give the channel for which something is about to be stored, with its owner noted."""
    channel_id, owner_id = interaction.channel_id or 0, dm_owner(interaction)
    if owner_id is not None:
        await interaction.client.state.erasure.note_dm(channel_id, owner_id)
    return channel_id


async def _own(interaction: Interaction, viewers: Audience) -> Audience:
    """Narrow what is shown by what a member has chosen for themselves."""
    policy = await interaction.client.state.members.spoilers(interaction.user.id)
    return viewers if policy is None else viewers.stricter(audience(policy, allows_mature=True))


def _allows_mature(interaction: Interaction, settings: GuildSettings) -> bool:
    if settings.mature is not MaturePolicy.RESTRICTED:
        return settings.mature is MaturePolicy.EVERYWHERE
    channel = interaction.channel
    return isinstance(channel, discord.abc.GuildChannel | discord.Thread) and channel.is_nsfw()


def _floods(interaction: Interaction) -> bool:
    """Say whether one more public answer is too much; nobody else reads a direct message."""
    if interaction.guild_id is None:
        return False
    channel_id = interaction.channel_id or 0
    is_public = interaction.client.flood.admits(channel_id, interaction.user.id)
    interaction.extras[_COUNTED] = is_public
    return not is_public
