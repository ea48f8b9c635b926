"""The channel of a daily post, as it is chosen in /schedule."""

from typing import Any

import discord
from discord import app_commands

from bot.client import Bot, Interaction
from bot.errors import UserError
from bot.text import _

PostChannel = discord.TextChannel | discord.Thread


class VisibleChannel(app_commands.Transformer[Bot]):
    """Reads a channel that the bot sees; of others the library tells what they are in its code."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        kinds = discord.ChannelType
        return [
            kinds.text,
            kinds.news,
            kinds.news_thread,
            kinds.private_thread,
            kinds.public_thread,
        ]

    async def transform(self, interaction: Interaction, value: Any, /) -> PostChannel:
        guild = interaction.guild
        channel = guild and guild.get_channel_or_thread(value.id)
        if channel is None:
            raise UserError(
                _("I can't see {channel}.", channel=f"<#{value.id}>"),
                _("Give me View Channel there, or choose another channel."),
            )
        if not isinstance(channel, PostChannel):
            raise UserError(_("I can't post there every day."), _("Choose another channel."))
        return channel
