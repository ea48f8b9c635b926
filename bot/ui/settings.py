"""The panels on which a server and a member choose, as cards."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.state.guild_settings import GuildSettings
from bot.text import Text, _
from bot.ui.cards import Card
from bot.ui.choices import CHOICES, Choice, Interviews
from bot.ui.reader import Reader


def settings_card(
    settings: GuildSettings,
    interviews: Interviews,
    reader: Reader,
    changes: Mapping[str, discord.ui.Item[Any]],
    note: Text | None = None,
) -> Card:
    """Show what a server has chosen, each in words with a button that changes it."""
    sections = [
        discord.ui.Section[Any](
            f"**{reader.say(CHOICES[name].title)}**\n"
            f"{CHOICES[name].said(settings, interviews, reader)}",
            accessory=button,
        )
        for name, button in changes.items()
    ]
    return Card(
        reader.locale,
        *([reader.say(note)] if note else []),
        discord.ui.Container[Any](
            discord.ui.TextDisplay(reader.say(_("### Settings of this server"))), *sections
        ),
    )


def choice_card(
    choice: Choice, reader: Reader, rows: Sequence[Sequence[discord.ui.Item[Any]]]
) -> Card:
    """Show the one thing that is being changed: a select, or buttons, and the way back."""
    heading = f"### {reader.say(choice.title)}\n{reader.say(choice.question)}"
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay(heading), *(discord.ui.ActionRow(*row) for row in rows)
    )
    return Card(reader.locale, container)
