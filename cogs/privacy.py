"""What is stored about a member, and what they choose for themselves."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import UserError
from bot.interview.audience import SpoilerPolicy
from bot.state.scores import EVERYWHERE
from bot.text import _
from bot.ui.cards import Card
from bot.ui.choices import SPOILERS
from bot.ui.reader import reader_of
from bot.ui.replies import reply
from bot.ui.settings import privacy_card
from bot.ui.views import PersistentButton, PersistentSelect, option, select

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]

_AS_SERVER: Final = "server"


class OwnSpoilersSelect(PersistentSelect, template=r"privacy:spoilers"):
    """Saves what a member wants to see of spoilers; it can only be stricter than the server."""

    def __init__(self, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(select("privacy:spoilers", options))

    async def choose(self, interaction: _Interaction, values: Sequence[str]) -> None:
        value = values[0] if values else ""
        if value not in (_AS_SERVER, SpoilerPolicy.HIDE, SpoilerPolicy.OMIT):
            raise UserError(_("That cannot be chosen."), _("Type /privacy again."))
        chosen = None if value == _AS_SERVER else SpoilerPolicy(value)
        await interaction.client.members.put_spoilers(interaction.user.id, chosen)
        await interaction.response.edit_message(view=await _card(interaction))


class BoardButton(PersistentButton, template=r"privacy:board:(?P<wish>hide|show)"):
    """Hides a member from all boards, or shows them again."""

    def __init__(self, wish: str) -> None:
        label = _("Hide me from boards") if wish == "hide" else _("Show me on boards")
        super().__init__(f"privacy:board:{wish}", label)
        self.is_hidden = wish == "hide"

    async def press(self, interaction: _Interaction) -> None:
        scores = interaction.client.scores
        await scores.put_off(EVERYWHERE, interaction.user.id, is_off=self.is_hidden)
        await interaction.response.edit_message(view=await _card(interaction))


class Privacy(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    @app_commands.command()
    async def privacy(self, interaction: _Interaction) -> None:
        """See what is stored about you, and choose what you want to see."""
        await reply(interaction, await _card(interaction))


async def _card(interaction: _Interaction) -> Card:
    reader = await reader_of(interaction, is_private=True)
    chosen = await interaction.client.members.spoilers(interaction.user.id)
    words = {_AS_SERVER: reader.say(_("As the server has it"))}
    words |= {
        policy: reader.say(SPOILERS[policy]) for policy in (SpoilerPolicy.HIDE, SpoilerPolicy.OMIT)
    }
    current = chosen or _AS_SERVER
    options = [option(label, value, is_chosen=value == current) for value, label in words.items()]
    is_hidden = await interaction.client.scores.is_off(EVERYWHERE, interaction.user.id)
    rows = [[OwnSpoilersSelect(options)], [BoardButton("show" if is_hidden else "hide")]]
    return privacy_card(chosen, reader, rows, is_hidden=is_hidden)


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(OwnSpoilersSelect, BoardButton)
    await bot.add_cog(Privacy(bot))
