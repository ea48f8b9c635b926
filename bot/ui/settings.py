"""The panels on which a server and a member choose, as cards."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import discord

from bot.interview.audience import MaturePolicy, SpoilerPolicy
from bot.interview.model import Interview
from bot.state.guild_settings import MODERATORS, GuildSettings
from bot.text import Text, _
from bot.ui.cards import Card
from bot.ui.markdown import plain
from bot.ui.reader import Reader

SPOILERS: Final = {
    SpoilerPolicy.SHOW: _("Show all"),
    SpoilerPolicy.HIDE: _("Show mild ones, hide major ones behind a veil"),
    SpoilerPolicy.OMIT: _("Hide mild ones behind a veil, leave out major ones"),
}
MATURE: Final = {
    MaturePolicy.RESTRICTED: _("Only in age-restricted channels"),
    MaturePolicy.EVERYWHERE: _("In every channel"),
    MaturePolicy.NOWHERE: _("Nowhere"),
}
GAMES: Final = {"": _("Everybody"), MODERATORS: _("Moderators")}
CALM: Final = {False: _("Only when asked for"), True: _("Always, unless seconds are named")}
TITLES: Final = {
    "spoilers": _("Spoilers"),
    "mature": _("Strong language"),
    "public": _("Public answers"),
    "interview": _("Interview"),
    "games": _("Who may start games"),
    "seconds": _("Time to answer"),
    "calm": _("Games without a clock"),
    "left-out": _("Quotes left out"),
}
_CHANNELS: Final = 10


def settings_card(
    settings: GuildSettings,
    interviews: Mapping[str, Interview],
    reader: Reader,
    changes: Mapping[str, discord.ui.Item[Any]],
    note: Text | None = None,
) -> Card:
    """Show what a server has chosen, each in words with a button that changes it."""
    values = {
        "spoilers": reader.say(SPOILERS[settings.spoilers]),
        "mature": reader.say(MATURE[settings.mature]),
        "public": _places(settings, reader),
        "interview": _chosen(settings, interviews),
        "games": _who(settings, reader),
        "seconds": reader.say(_("{n} seconds a round", n=settings.seconds)),
        "calm": reader.say(CALM[settings.is_calm]),
        "left-out": _left_out(settings, reader),
    }
    sections = [
        discord.ui.Section[Any](f"**{reader.say(TITLES[name])}**\n{values[name]}", accessory=button)
        for name, button in changes.items()
    ]
    return Card(
        *([reader.say(note)] if note else []),
        discord.ui.Container[Any](
            discord.ui.TextDisplay(reader.say(_("### Settings of this server"))), *sections
        ),
    )


def choice_card(
    name: str, reader: Reader, question: Text, rows: Sequence[Sequence[discord.ui.Item[Any]]]
) -> Card:
    """Show the one thing that is being changed: a select, or buttons, and the way back."""
    heading = f"### {reader.say(TITLES[name])}\n{reader.say(question)}"
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay(heading), *(discord.ui.ActionRow(*row) for row in rows)
    )
    return Card(container)


def _places(settings: GuildSettings, reader: Reader) -> str:
    match settings.public_channels:
        case None:
            return reader.say(_("In every channel"))
        case ():
            return reader.say(_("Nowhere: only who asks sees the answer"))
        case channels:
            shown = " ".join(f"<#{channel_id}>" for channel_id in channels[:_CHANNELS])
            return shown + (" …" if len(channels) > _CHANNELS else "")


def _who(settings: GuildSettings, reader: Reader) -> str:
    known = GAMES.get(settings.games)
    return reader.say(known) if known else f"<@&{settings.games}>"


def _chosen(settings: GuildSettings, interviews: Mapping[str, Interview]) -> str:
    first = next(iter(interviews.values()))
    chosen = interviews.get(settings.interview, first)
    return plain(chosen.work or chosen.title)


def _left_out(settings: GuildSettings, reader: Reader) -> str:
    if not settings.left_out:
        return reader.say(_("None. *Context* below a quote offers it."))
    return ", ".join(f"#{number}" for _slug, number in settings.left_out)


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
