"""The panel of a server's settings, as cards."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.interview.audience import Reader
from bot.state.guild_settings import GuildSettings
from bot.text import Text, _
from bot.ui.cards import Card, Item, box, row_of
from cogs.settings._settings import SETTINGS, Interviews, Setting


def settings_card(
    settings: GuildSettings,
    interviews: Interviews,
    reader: Reader,
    changes: Mapping[str, Item],
    note: Text | None = None,
) -> Card:
    """Show what a server has chosen, each in words with a button that changes it."""
    sections = [
        discord.ui.Section[Any](
            f"**{reader.say(SETTINGS[name].title)}**\n"
            f"{SETTINGS[name].words(settings, interviews, reader)}",
            accessory=button,
        )
        for name, button in changes.items()
    ]
    return Card(
        reader.locale,
        *([reader.say(note)] if note else []),
        box([reader.say(_("### Settings of this server"))], *sections),
    )


def setting_card(setting: Setting, reader: Reader, rows: Sequence[Sequence[Item]]) -> Card:
    """Show the one thing that is being changed: a select, or buttons, and the way back."""
    lines = [f"### {reader.say(setting.title)}", reader.say(setting.question)]
    return Card(reader.locale, box(lines, *(item for row in rows for item in row_of(row))))
