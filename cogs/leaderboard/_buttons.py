"""Boards and members' numbers as they stand, and the buttons below them."""

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.state.periods import Period
from bot.state.scores import EVERYWHERE
from bot.text import _
from bot.ui.cards import Card
from bot.ui.custom_ids import SNOWFLAKE, CustomId, Field, one_of
from bot.ui.markdown import plain
from bot.ui.permissions import check_may_moderate, may_moderate
from bot.ui.reader import choose_interview, reader_of, turner_of
from bot.ui.replies import reply, turn
from bot.ui.views import PersistentButton
from cogs.leaderboard._cards import PERIODS, SHOWN, board_card, stats_card

# Members beyond those shown who are read, in case some have left.
_SPARE: Final = 20
# What SQLite keeps as an integer; Discord's ids stay far below.
_TOO_LARGE: Final = 2**63


class PeriodButton(
    PersistentButton,
    schema=CustomId("board:period", period=Field("|".join(Period), Period)),
):
    """Turns to another period: in place for who asked, privately for anybody else."""

    def __init__(self, period: Period, *, is_disabled: bool = False) -> None:
        super().__init__(PERIODS[period], is_disabled=is_disabled, period=period.value)
        self.period = period

    async def press(self, interaction: Interaction) -> None:
        reader = await turner_of(interaction)
        await turn(interaction, await board_of(interaction, self.period, reader))


class OwnStatsButton(PersistentButton, schema=CustomId("board:own")):
    """Shows privately what the member who presses has done."""

    def __init__(self) -> None:
        super().__init__(_("My numbers"))

    async def press(self, interaction: Interaction) -> None:
        reader = await reader_of(interaction, is_private=True)
        await reply(interaction, await stats_of(interaction, interaction.user.id, reader))


class OffBoardButton(
    PersistentButton, schema=CustomId("board", wish=one_of("off", "on"), user_id=SNOWFLAKE)
):
    """Takes a member off this server's boards, or puts them back; for moderators."""

    def __init__(self, wish: str, user_id: int) -> None:
        label = _("Take off the boards") if wish == "off" else _("Put back on the boards")
        super().__init__(label, wish=wish, user_id=user_id)
        self.is_off = wish == "off"
        self.user_id = user_id

    async def press(self, interaction: Interaction) -> None:
        check_may_moderate(interaction)
        guild_id = interaction.guild_id or 0
        if self.user_id >= _TOO_LARGE:
            raise UserError(_("There is no such member."))
        scores = interaction.client.state.scores
        await scores.put_off(guild_id, self.user_id, is_off=self.is_off)
        reader = await turner_of(interaction)
        await turn(interaction, await stats_of(interaction, self.user_id, reader))


async def board_of(interaction: Interaction, period: Period, reader: Reader) -> Card:
    """Show the first of the server in a period, and the place of who asks."""
    scores, guild = interaction.client.state.scores, _guild(interaction)
    first = await scores.top(guild.id, period, SHOWN + _SPARE)
    names = await _names(interaction, [score.user_id for score in first])
    own = await scores.place(guild.id, period, interaction.user.id)
    buttons = [PeriodButton(other, is_disabled=other is period) for other in Period]
    return board_card(period, first, names, own, reader, [*buttons, OwnStatsButton()])


async def stats_of(interaction: Interaction, user_id: int, reader: Reader) -> Card:
    """Show what a member has done in the server; raises UserError where they hide it."""
    bot, guild = interaction.client, _guild(interaction)
    scores = bot.state.scores
    is_hidden = await scores.is_off(EVERYWHERE, user_id)
    if is_hidden and user_id != interaction.user.id:
        raise UserError(_("This member keeps their numbers to themselves."))
    name = (await _names(interaction, [user_id])).get(user_id)
    if name is None:
        raise UserError(_("This member is not in the server."))
    is_off = await scores.is_off(guild.id, user_id)
    notes = [_("Taken off this server's boards by a moderator.")] if is_off else []
    notes += [_("Hidden from all boards; /privacy changes that.")] if is_hidden else []
    interview = choose_interview(bot.library, reader)
    return stats_card(
        name,
        await scores.numbers(guild.id, user_id),
        await bot.practice.mastery(user_id, interview, reader.audience),
        interview,
        reader,
        notes=notes,
        buttons=[OffBoardButton("on" if is_off else "off", user_id)]
        if may_moderate(interaction)
        else [],
    )


async def _names(interaction: Interaction, user_ids: Sequence[int]) -> Mapping[int, str]:
    """Write the names of members; one that is not known in time is a mention."""
    names = await interaction.client.names.of(_guild(interaction), user_ids)
    return {user_id: plain(name) if name else f"<@{user_id}>" for user_id, name in names.items()}


def _guild(interaction: Interaction) -> discord.Guild:
    if interaction.guild is None:
        raise UserError(_("This works only in a server."), _("Type it in one of its channels."))
    return interaction.guild
