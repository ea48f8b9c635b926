"""The help card."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import discord

from bot.interview.model import Interview
from bot.text import _
from bot.ui.cards import Card
from bot.ui.markdown import link, plain, plain_cut
from bot.ui.reader import Reader

_INTERVIEWS: Final = 5


def help_card(
    commands: Mapping[str, str],
    command_ids: Mapping[str, int],
    interviews: Sequence[Interview],
    reader: Reader,
) -> Card:
    """List the commands as something to press, then whose words these are."""
    lines = [reader.say(_("### What you can type"))]
    for name, description in commands.items():
        mention = f"</{name}:{command_ids[name]}>" if name in command_ids else f"**/{name}**"
        lines.append(f"- {mention} · {plain(description)}")
    lines.append(reader.say(_("### Whose words these are")))
    lines += [_origin(interview, reader) for interview in interviews[:_INTERVIEWS]]
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay("\n".join(lines))
    )
    return Card(container)


def _origin(interview: Interview, reader: Reader) -> str:
    where = link(interview.title, interview.link)
    origin = _(
        "{where} by {byline}, {outlet}.",
        where=where,
        byline=plain(interview.byline),
        outlet=plain(interview.outlet),
    )
    if not interview.byline:
        origin = _("{where}, {outlet}.", where=where, outlet=plain(interview.outlet))
    return f"- {reader.say(origin)} {plain_cut(interview.rights, 500)}".rstrip()
