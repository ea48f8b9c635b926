"""Who has how many points in a server, and what a member has done."""

from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import UserError
from bot.state.periods import Period
from bot.state.scores import EVERYWHERE
from bot.text import _
from bot.ui import options
from bot.ui.cards import Card
from bot.ui.leaderboard import PERIODS, SHOWN, board_card, numbers_card
from bot.ui.permissions import check_may_moderate, may_moderate
from bot.ui.reader import Reader, asker_of, reader_of, turner_of
from bot.ui.replies import reply, turn
from bot.ui.views import PersistentButton

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]
_SPARE: Final = 20
"""Members beyond those shown who are read, in case some have left."""


class PeriodButton(PersistentButton, template=r"board:period:(?P<period>week|month|ever)"):
    """Turns to another period: in place for who asked, privately for anybody else."""

    def __init__(self, period: str) -> None:
        super().__init__(f"board:period:{period}", PERIODS[Period(period)])
        self.period = Period(period)

    async def press(self, interaction: _Interaction) -> None:
        reader = await turner_of(interaction)
        await turn(interaction, await _board(interaction, self.period, reader))


class OwnNumbersButton(PersistentButton, template=r"board:own"):
    """Shows privately what the member who presses has done."""

    def __init__(self) -> None:
        super().__init__("board:own", _("My numbers"))

    async def press(self, interaction: _Interaction) -> None:
        reader = await reader_of(interaction, is_private=True)
        await reply(interaction, await _numbers(interaction, interaction.user.id, reader))


class OffBoardButton(PersistentButton, template=r"board:(?P<wish>off|on):(?P<user_id>[0-9]{1,20})"):
    """Takes a member off this server's boards, or puts them back; for moderators."""

    def __init__(self, wish: str, user_id: str | int) -> None:
        label = _("Take off the boards") if wish == "off" else _("Put back on the boards")
        super().__init__(f"board:{wish}:{user_id}", label)
        self.is_off = wish == "off"
        self.user_id = int(user_id)

    async def press(self, interaction: _Interaction) -> None:
        check_may_moderate(interaction)
        guild_id = interaction.guild_id or 0
        if self.user_id >= 2**63:
            raise UserError(_("There is no such member."))
        await interaction.client.scores.put_off(guild_id, self.user_id, is_off=self.is_off)
        reader = await turner_of(interaction)
        await turn(interaction, await _numbers(interaction, self.user_id, reader))


class Leaderboard(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.choices(period=options.choices(PERIODS))
    async def leaderboard(
        self,
        interaction: _Interaction,
        period: app_commands.Choice[str] | None = None,
        member: discord.User | None = None,
    ) -> None:
        """See who has the most trivia points in this server.

        Args:
            interaction: The interaction.
            period: Since when points count
            member: Whose numbers to see
        """
        reader = await asker_of(interaction)
        if member is None:
            since = Period(period.value) if period else Period.WEEK
            card = await _board(interaction, since, reader)
        else:
            card = await _numbers(interaction, member.id, reader)
        await reply(interaction, card, is_private=reader.is_private)


async def _board(interaction: _Interaction, period: Period, reader: Reader) -> Card:
    scores, guild = interaction.client.scores, _guild(interaction)
    first = await scores.top(guild.id, period, SHOWN + _SPARE)
    names = await interaction.client.names.of(guild, [score.user_id for score in first])
    own = await scores.place(guild.id, period, interaction.user.id)
    buttons = [PeriodButton(one) for one in Period]
    for button in buttons:
        button.item.disabled = button.period is period
    return board_card(period, first, names, own, reader, [*buttons, OwnNumbersButton()])


async def _numbers(interaction: _Interaction, user_id: int, reader: Reader) -> Card:
    bot, guild = interaction.client, _guild(interaction)
    is_own = user_id == interaction.user.id
    is_hidden = await bot.scores.is_off(EVERYWHERE, user_id)
    if is_hidden and not is_own:
        raise UserError(_("This member keeps their numbers to themselves."))
    name = (await bot.names.of(guild, [user_id])).get(user_id)
    if name is None:
        raise UserError(_("This member is not in the server."))
    is_off = await bot.scores.is_off(guild.id, user_id)
    notes = [_("Taken off this server's boards by a moderator.")] if is_off else []
    notes += [_("Hidden from all boards; /privacy changes that.")] if is_hidden else []
    interview = bot.interview_for(reader)
    return numbers_card(
        name,
        await bot.scores.numbers(guild.id, user_id),
        await bot.practice.mastery(user_id, interview, reader.audience),
        interview,
        reader,
        notes=notes,
        buttons=[OffBoardButton("on" if is_off else "off", user_id)]
        if may_moderate(interaction)
        else [],
    )


def _guild(interaction: _Interaction) -> discord.Guild:
    if interaction.guild is None:
        raise UserError(_("This works only in a server."), _("Type it in one of its channels."))
    return interaction.guild


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(PeriodButton, OwnNumbersButton, OffBoardButton)
    await bot.add_cog(Leaderboard(bot))
