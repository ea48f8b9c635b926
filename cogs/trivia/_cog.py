"""The command /trivia."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.interview.model import Difficulty, Interview
from bot.text import _
from bot.trivia.game.rounds import MAX_ROUNDS, MAX_SECONDS, MIN_SECONDS
from bot.trivia.kinds import Kind, Question
from bot.trivia.question_draw import QuestionFilter
from bot.trivia.question_words import KINDS
from bot.ui import options
from bot.ui.duel_start import start_duel
from bot.ui.game_cards import begun_card
from bot.ui.game_setup import TogetherButton
from bot.ui.game_start import start_game
from bot.ui.permissions import check_quota
from bot.ui.question_cards import DIFFICULTIES
from bot.ui.reader import asker_of, choose_interview, dm_owner, is_guest, reader_of
from bot.ui.replies import OfferError, reply
from cogs.trivia._buttons import NextButton, open_question

_Name = app_commands.Choice[str]


class TriviaCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.choices(kind=options.choices(KINDS), difficulty=options.choices(DIFFICULTIES))
    @app_commands.autocomplete(interview=options.interviews)
    async def trivia(
        self,
        interaction: Interaction,
        rounds: app_commands.Range[int, 1, MAX_ROUNDS] = 1,
        kind: _Name | None = None,
        difficulty: _Name | None = None,
        seconds: app_commands.Range[int, MIN_SECONDS, MAX_SECONDS] | None = None,
        calm: bool | None = None,
        opponent: discord.User | None = None,
        interview: str | None = None,
    ) -> None:
        """Play trivia: a single question, a game, or a duel with somebody.

        Args:
            interaction: The interaction.
            rounds: How many rounds; from 2 on it's a game for the channel
            kind: What kind of questions
            difficulty: How hard they are
            seconds: How many seconds each round of a game takes
            calm: Play a game without a clock
            opponent: Who to challenge: five questions, each of you in your own time
            interview: Which interview
        """
        only = QuestionFilter(
            Kind(kind.value) if kind else None,
            Difficulty(difficulty.value) if difficulty else None,
        )
        if opponent is not None:
            if rounds > 1 or seconds or calm:
                raise UserError(
                    _("A duel has five questions and no clock."),
                    _("Leave out rounds, seconds and calm."),
                )
            await start_duel(interaction, opponent, only, interview)
            return
        if rounds > 1:
            reader = await reader_of(interaction, is_private=False)
            slug = choose_interview(self.bot.library, reader, interview).slug
            setup = await start_game(interaction, slug, rounds, only, seconds=seconds, is_calm=calm)
            own_reader = await reader_of(interaction, is_private=True)
            await reply(interaction, begun_card(setup, own_reader))
            return
        reader = await asker_of(interaction)
        chosen_interview = choose_interview(self.bot.library, reader, interview)
        if seconds is not None or calm is not None:
            raise _has_no_clock(interaction, chosen_interview.slug)
        check_quota(interaction)
        question = await self._drawn(interaction, chosen_interview, only, reader)
        card = await open_question(interaction, question, reader)
        await reply(interaction, card, is_private=reader.is_private)

    async def _drawn(
        self, interaction: Interaction, interview: Interview, only: QuestionFilter, reader: Reader
    ) -> Question:
        """Draw a question; where none passes the filter the error offers one without it."""
        channel_id, owner_id = interaction.channel_id or 0, dm_owner(interaction)
        try:
            return await self.bot.question_draw.next(
                channel_id, interview, only, reader, owner_id=owner_id
            )
        except UserError as error:
            if only == QuestionFilter():
                raise
            any_question = NextButton(interview.slug, _("Any question"))
            raise OfferError(error, [any_question]) from error


def _has_no_clock(interaction: Interaction, slug: str) -> UserError:
    """Say what `seconds` and `calm` are for, and offer it where there is anybody to play with."""
    error = UserError(
        _("Only games have a clock, and this would be a single question."),
        _("Add rounds, or leave out seconds and calm."),
    )
    is_among_others = interaction.guild_id is not None and not is_guest(interaction)
    return OfferError(error, [TogetherButton(slug)] if is_among_others else [])
