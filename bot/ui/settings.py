"""The panels on which a server and a member choose, as cards."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.interview.audience import SpoilerPolicy
from bot.state.guild_settings import GuildSettings
from bot.text import Text, _
from bot.ui.cards import Card
from bot.ui.choices import CHOICES, SPOILERS, Choice, Interviews
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
    return Card(container)


def privacy_card(
    chosen: SpoilerPolicy | None,
    reader: Reader,
    rows: Sequence[Sequence[discord.ui.Item[Any]]],
    *,
    is_hidden: bool,
) -> Card:
    """Say what is stored about a member, and what they have chosen for themselves."""
    lines = [
        _("### What I store about you"),
        _("- your answers to trivia questions, and when you gave them, for your score and streak"),
        _("- what you reported as wrong"),
        _("- the numbers of the quotes that you saved"),
        _("- what you choose here"),
        _(
            "All of it under your Discord id, on the computer of whoever hosts me. No names, no"
            " messages, nothing that you type."
        ),
        _("### Spoilers in answers that only you see"),
        SPOILERS[chosen] if chosen else _("As the server has it"),
        _("### Boards"),
        _("You are on none.") if is_hidden else _("Your points are on the boards of your servers."),
    ]
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay("\n".join(map(reader.say, lines))),
        *(discord.ui.ActionRow(*row) for row in rows),
    )
    return Card(container)
