"""Starting a duel: whom a member may challenge, and once more when it is over."""

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.state.duels import Duel
from bot.text import _
from bot.trivia.question_draw import QuestionFilter
from bot.ui.custom_ids import ROW, CustomId
from bot.ui.duel_buttons import (
    DuelDeclineButton,
    DuelPlayButton,
    own_duel,
    turn_card_of,
)
from bot.ui.duel_cards import challenge_card
from bot.ui.game_start import check_may_start
from bot.ui.permissions import check_quota
from bot.ui.reader import choose_interview, public_asker, reader_of
from bot.ui.views import PersistentButton


class RematchButton(PersistentButton, schema=CustomId("duel:again", duel_id=ROW)):
    """Challenges the other player of a duel that is over to another one."""

    def __init__(self, duel_id: int) -> None:
        super().__init__(_("Rematch"), discord.ButtonStyle.primary, duel_id=duel_id)
        self.duel_id = duel_id

    async def press(self, interaction: Interaction) -> None:
        duel = await own_duel(interaction, self.duel_id)
        other_id = duel.other(interaction.user.id)
        await _challenge(interaction, other_id, QuestionFilter(), duel.slug)


async def start_duel(
    interaction: Interaction,
    opponent: discord.User | discord.Member,
    only: QuestionFilter,
    interview: str | None,
) -> None:
    """Challenge a member of the server; raises UserError where that cannot be."""
    if interaction.guild_id is None:
        raise UserError(_("A duel only works in a server you're both in."), _("Type it there."))
    if opponent.id == interaction.user.id:
        raise UserError(_("You can't challenge yourself."), _("Type /trivia to play alone."))
    if opponent.bot:
        raise UserError(_("Bots don't play."), _("Pick a member of this server."))
    if not isinstance(opponent, discord.Member):
        raise UserError(_("They're not in this server."), _("Pick somebody who is."))
    await _challenge(interaction, opponent.id, only, interview)


async def _challenge(
    interaction: Interaction, opponent_id: int, only: QuestionFilter, interview: str | None
) -> None:
    check_quota(interaction)
    await _check_can_play(interaction, opponent_id)
    reader = await public_asker(interaction)
    host = interaction.client.duel_host
    chosen_interview = choose_interview(interaction.client.library, reader, interview)
    place = interaction.channel_id or 0, interaction.guild_id or 0
    players = interaction.user.id, opponent_id
    duel = await host.challenge(place, chosen_interview, only, reader, players)
    await _post(interaction, duel, reader)
    turn = await host.turn(duel, interaction.user.id)
    if turn is not None:
        own = await reader_of(interaction, is_private=True)
        await interaction.followup.send(view=turn_card_of(turn, own), ephemeral=True)


async def _post(interaction: Interaction, duel: Duel, reader: Reader) -> None:
    """Show a challenge; one that Discord does not take is none."""
    host = interaction.client.duel_host
    card = challenge_card(duel, reader, [DuelPlayButton(duel.id), DuelDeclineButton(duel.id)])
    try:
        response = await interaction.response.send_message(view=card)
    except discord.HTTPException:
        await host.drop(duel)
        raise
    if response.message_id is not None:
        await host.posted(duel, response.message_id)


async def _check_can_play(interaction: Interaction, opponent_id: int) -> None:
    await check_may_start(interaction)
    await _check_is_seen(interaction)
    scores = interaction.client.state.scores
    hiding = await scores.hiding(interaction.guild_id or 0, opponent_id)
    if hiding.is_hidden:
        raise UserError(_("This member keeps their stats private."))


async def _check_is_seen(interaction: Interaction) -> None:
    """Raise UserError for who hides from boards: the channel reads the result."""
    scores = interaction.client.state.scores
    hiding = await scores.hiding(interaction.guild_id or 0, interaction.user.id)
    if hiding.is_by_wish:
        raise UserError(
            _("You're hidden from boards, and a duel would show your name."),
            _("Show yourself again in /privacy, or play alone with /trivia."),
        )
    if hiding.is_by_moderator:
        raise UserError(
            _("You're not on this server's boards, and a duel would show your name."),
            _("You can play alone with /trivia."),
        )
