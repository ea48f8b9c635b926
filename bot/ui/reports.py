"""What members may find wrong with an item, as a card."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.state.reports import Reason
from bot.text import _
from bot.ui.cards import Card
from bot.ui.reader import Reader

REASONS: Final = {
    Reason.WRONG: _("The answer is wrong"),
    Reason.AMBIGUOUS: _("More than one choice is right"),
    Reason.SPOILER: _("It gives away the story"),
    Reason.SPELLING: _("There is a misprint"),
    Reason.UNKIND: _("It is unkind to somebody"),
}


def report_card(reader: Reader, row: Sequence[discord.ui.Item[Any]]) -> Card:
    """Ask what is wrong; nothing is typed, so nothing has to be read."""
    heading = _("### What is wrong with it?\nWho hosts me and edits the interview will see it.")
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay(reader.say(heading)), discord.ui.ActionRow(*row)
    )
    return Card(reader.locale, container)
