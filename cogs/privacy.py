"""What is stored about a member, and what they choose for themselves."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.errors import UserError
from bot.interview.audience import SpoilerPolicy
from bot.state.scores import EVERYWHERE
from bot.text import Text, _
from bot.ui.cards import Card
from bot.ui.choices import SPOILERS
from bot.ui.privacy import deletion_card, export_card, privacy_card
from bot.ui.reader import reader_of
from bot.ui.replies import reply
from bot.ui.views import PersistentButton, PersistentSelect, option, select

if TYPE_CHECKING:
    from bot.client import Bot

log = logging.getLogger(__name__)

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


class ExportButton(PersistentButton, template=r"privacy:export"):
    """Hands out all that is stored about a member, as a file."""

    def __init__(self) -> None:
        super().__init__("privacy:export", _("Export"))

    async def press(self, interaction: _Interaction) -> None:
        user_id = interaction.user.id
        stored = await interaction.client.forgetting.export(user_id)
        reader = await reader_of(interaction, is_private=True)
        card, file = export_card(user_id, stored, reader)
        await interaction.response.send_message(view=card, file=file, ephemeral=True)


class DeleteButton(PersistentButton, template=r"privacy:delete(?P<sure>:sure)?"):
    """Deletes all that is stored about a member, after it has asked."""

    def __init__(self, sure: str | None = None) -> None:
        super().__init__(
            f"privacy:delete{sure or ''}", _("Delete everything"), discord.ButtonStyle.danger
        )
        self.is_sure = bool(sure)

    async def press(self, interaction: _Interaction) -> None:
        if not self.is_sure:
            reader = await reader_of(interaction, is_private=True)
            card = deletion_card(reader, [DeleteButton(":sure"), KeepButton()])
            await interaction.response.edit_message(view=card)
            return
        bot, user_id = interaction.client, interaction.user.id
        await bot.forgetting.forget_member(user_id)
        bot.members.evict(user_id)
        note = _("Everything about you is deleted.")
        await interaction.response.edit_message(view=await _card(interaction, note))


class KeepButton(PersistentButton, template=r"privacy:back"):
    """Goes back, with nothing deleted."""

    def __init__(self) -> None:
        super().__init__("privacy:back", _("Keep it"))

    async def press(self, interaction: _Interaction) -> None:
        await interaction.response.edit_message(view=await _card(interaction))


class Privacy(commands.Cog):
    """Also forgets servers, a while after the bot was removed from them."""

    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self._forget_guilds.start()

    async def cog_unload(self) -> None:
        self._forget_guilds.cancel()

    @tasks.loop(hours=24)
    async def _forget_guilds(self) -> None:
        if count := await self.bot.forgetting.forget_left_guilds():
            log.info("forgot %d servers that were left a month ago", count)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        # Discord sends this when the bot was removed, and something else in an outage.
        await self.bot.forgetting.guild_left(guild.id, [one.id for one in guild.channels])
        self.bot.guild_settings.evict(guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self.bot.forgetting.guild_is_back(guild.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Note what has happened while the bot was away."""
        forgetting = self.bot.forgetting
        here = {guild.id for guild in self.bot.guilds}
        for guild_id in await forgetting.guilds() - here:
            if self.bot.is_ours(guild_id):
                await forgetting.guild_left(guild_id)
        for guild_id in await forgetting.left_guilds() & here:
            await forgetting.guild_is_back(guild_id)

    @app_commands.command()
    async def privacy(self, interaction: _Interaction) -> None:
        """See what is stored about you, and choose what you want to see."""
        await reply(interaction, await _card(interaction))


async def _card(interaction: _Interaction, note: Text | None = None) -> Card:
    reader = await reader_of(interaction, is_private=True)
    chosen = await interaction.client.members.spoilers(interaction.user.id)
    words = {_AS_SERVER: reader.say(_("As the server has it"))}
    words |= {
        policy: reader.say(SPOILERS[policy]) for policy in (SpoilerPolicy.HIDE, SpoilerPolicy.OMIT)
    }
    current = chosen or _AS_SERVER
    options = [option(label, value, is_chosen=value == current) for value, label in words.items()]
    is_hidden = await interaction.client.scores.is_off(EVERYWHERE, interaction.user.id)
    buttons = [BoardButton("show" if is_hidden else "hide"), ExportButton(), DeleteButton()]
    rows = [[OwnSpoilersSelect(options)], buttons]
    return privacy_card(chosen, reader, rows, is_hidden=is_hidden, note=note)


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(OwnSpoilersSelect, BoardButton, ExportButton, DeleteButton, KeepButton)
    await bot.add_cog(Privacy(bot))
