"""Descriptions and choices of commands in the languages that there are catalogues for."""

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Where

from bot.text import Text, say

_NAMES = (Where.command_name, Where.group_name, Where.parameter_name)


class CommandTranslator(app_commands.Translator):
    """Leaves the names of commands and options as they are: mentions show only these."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        if context.location in _NAMES:
            return None
        words = say(Text(string.message, {}), locale.value)
        return None if words == string.message else words
