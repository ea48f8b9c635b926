"""Boards and members' numbers as they stand, and the buttons below them."""

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.letters import unlinked
from bot.state.periods import Period
from bot.state.scores import Hiding, Score
from bot.text import _
from bot.ui.cards import Card
from bot.ui.custom_ids import SNOWFLAKE, CustomId, Field, one_of
from bot.ui.markdown import plain
from bot.ui.permissions import check_may_change_boards, may_moderate
from bot.ui.reader import asker_of, choose_interview, reader_of, turner_of
from bot.ui.replies import reply, turn, turn_privately
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
        first = await first_of(interaction, self.period)
        await turn(interaction, await board_of(interaction, self.period, first, reader))


class OwnStatsButton(PersistentButton, schema=CustomId("board:own")):
    """Shows privately what the member who presses has done."""

    def __init__(self) -> None:
        super().__init__(_("My stats"))

    async def press(self, interaction: Interaction) -> None:
        reader = await reader_of(interaction, is_private=True)
        await reply(interaction, await stats_of(interaction, interaction.user.id, reader))


class ModerateButton(PersistentButton, schema=CustomId("board:moderate", user_id=SNOWFLAKE)):
    """Offers privately to take a member off the boards: the channel need not see who is."""

    def __init__(self, user_id: int) -> None:
        super().__init__(_("For moderators"), user_id=user_id)
        self.user_id = user_id

    async def press(self, interaction: Interaction) -> None:
        check_may_change_boards(interaction)
        reader = await reader_of(interaction, is_private=True)
        await reply(interaction, await stats_of(interaction, self.user_id, reader))


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
        check_may_change_boards(interaction)
        reader = await reader_of(interaction, is_private=True)
        # Who never was in the server is on no board that they could be taken off.
        await _name_of(interaction, self.user_id)
        scores, guild_id = interaction.client.state.scores, interaction.guild_id or 0
        await scores.set_off_board(guild_id, self.user_id, is_off=self.is_off)
        interaction.client.duel_host.look()
        await turn_privately(interaction, await stats_of(interaction, self.user_id, reader))


async def first_of(interaction: Interaction, period: Period) -> Sequence[Score]:
    """Read who may stand on the board of the server."""
    scores, guild = interaction.client.state.scores, _guild(interaction)
    return await scores.top(guild.id, period, SHOWN + _SPARE)


async def board_of(
    interaction: Interaction, period: Period, first: Sequence[Score], reader: Reader
) -> Card:
    """Show the first of the server in a period; to who alone reads it also their own place."""
    scores, guild = interaction.client.state.scores, _guild(interaction)
    names = await _names(interaction, [score.user_id for score in first])
    own = None
    if reader.is_private:
        own = await scores.place(guild.id, period, interaction.user.id)
    buttons = [PeriodButton(other, is_disabled=other is period) for other in Period]
    return board_card(period, first, names, own, reader, [*buttons, OwnStatsButton()])


async def reader_of_board(interaction: Interaction) -> Reader:
    """Tell who reads a board: only who asked, where they are on none, with their own place."""
    return await reader_of_stats(interaction, interaction.user.id)


async def reader_of_stats(interaction: Interaction, user_id: int) -> Reader:
    """Tell who reads a member's page: only who asked, where the member is on no board."""
    _check_is_member_id(user_id)
    hiding = await interaction.client.state.scores.hiding(_guild(interaction).id, user_id)
    if hiding.is_hidden:
        return await reader_of(interaction, is_private=True)
    return await asker_of(interaction)


async def stats_of(interaction: Interaction, user_id: int, reader: Reader) -> Card:
    """Show what a member has done in the server; raises UserError for who may not see it."""
    bot, guild = interaction.client, _guild(interaction)
    name = await _name_of(interaction, user_id)
    hiding = await bot.state.scores.hiding(guild.id, user_id)
    _check_may_see(interaction, user_id, hiding)
    interview = choose_interview(bot.library, reader)
    is_own = reader.is_private and user_id == interaction.user.id
    return stats_card(
        name,
        await bot.state.scores.numbers(guild.id, user_id),
        await bot.practice.mastery(user_id, interview, reader.audience),
        reader,
        places=await _places(interaction) if is_own else (),
        hiding=hiding,
        buttons=_moves(interaction, user_id, reader, hiding),
    )


def _check_may_see(interaction: Interaction, user_id: int, hiding: Hiding) -> None:
    if user_id == interaction.user.id:
        return
    if hiding.is_by_wish:
        raise UserError(_("This member keeps their stats private."))
    if hiding.is_by_moderator and not may_moderate(interaction):
        raise UserError(_("This member isn't on this server's boards."))


def _moves(
    interaction: Interaction, user_id: int, reader: Reader, hiding: Hiding
) -> list[PersistentButton]:
    """Give what a moderator can do; where the channel reads along only the way to it."""
    if not may_moderate(interaction):
        return []
    if reader.is_private:
        return [OffBoardButton("on" if hiding.is_by_moderator else "off", user_id)]
    return [ModerateButton(user_id)]


async def _places(interaction: Interaction) -> list[tuple[Period, int, Score]]:
    """List the places of who asks, with what they have in each period."""
    scores, guild = interaction.client.state.scores, _guild(interaction)
    places: list[tuple[Period, int, Score]] = []
    for period in Period:
        place = await scores.place(guild.id, period, interaction.user.id)
        if place is not None:
            places.append((period, *place))
    return places


async def _name_of(interaction: Interaction, user_id: int) -> str:
    _check_is_member_id(user_id)
    name = (await _names(interaction, [user_id])).get(user_id)
    if name is None:
        raise UserError(_("This member isn't in the server."))
    return name


def _check_is_member_id(user_id: int) -> None:
    if user_id >= _TOO_LARGE:
        raise UserError(_("I can't find that member."))


async def _names(interaction: Interaction, user_ids: Sequence[int]) -> Mapping[int, str]:
    """Write the names of members; one that is not known in time is a mention.

    Members choose them, so that none of them may be a link in a message of ours.
    """
    names = await interaction.client.names.of(_guild(interaction), user_ids)
    return {
        user_id: plain(unlinked(name)) if name else f"<@{user_id}>"
        for user_id, name in names.items()
    }


def _guild(interaction: Interaction) -> discord.Guild:
    if interaction.guild is None:
        raise UserError(_("This only works in a server."), _("Type it in one of its channels."))
    return interaction.guild
