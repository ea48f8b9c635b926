"""Who reads an answer: what they may be shown, and in which language."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.interview.audience import STRICTEST, Audience, SpoilerPolicy, audience
from bot.text import SOURCE_LOCALE, Text, say

if TYPE_CHECKING:
    from bot.client import Bot


@dataclass(frozen=True, slots=True)
class Reader:
    audience: Audience
    locale: str = SOURCE_LOCALE

    def say(self, text: Text) -> str:
        return say(text, self.locale)


def is_guest(interaction: "discord.Interaction[Bot]") -> bool:
    """Say whether the bot is no member of the server: a member brought it as their own app."""
    return interaction.guild_id is not None and not interaction.is_guild_integration()


def reader_of(interaction: "discord.Interaction[Bot]") -> Reader:
    """Tell who will read the answer to an interaction, by where it is given."""
    if is_guest(interaction):
        return Reader(STRICTEST)
    is_restricted = bool(getattr(interaction.channel, "nsfw", False))
    return Reader(audience(SpoilerPolicy.HIDE, allows_mature=is_restricted))
