"""Trivia: one question that stays open, each member's answer private."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.errors import UserError
from bot.interview.model import Difficulty, Interview
from bot.state.questions import GivenAnswer
from bot.state.reports import Reason
from bot.text import _
from bot.trivia.kinds import Kind, Question, Source
from bot.trivia.question_draw import QuestionFilter
from bot.trivia.rounds import MAX_ROUNDS, MAX_SECONDS, MIN_SECONDS
from bot.ui import options
from bot.ui.cards import Card
from bot.ui.gamebuttons import TogetherButton, start_game
from bot.ui.leaderboard import KINDS, mastered_note
from bot.ui.reader import Reader, asker_of, is_guest, reader_of
from bot.ui.replies import reply
from bot.ui.reports import REASONS, report_card
from bot.ui.trivia import (
    DIFFICULTIES,
    celebration,
    choice_label,
    points_note,
    question_card,
    verdict_card,
)
from bot.ui.views import PersistentButton, PersistentSelect, option, select

if TYPE_CHECKING:
    from bot.client import Bot

log = logging.getLogger(__name__)

_Interaction = discord.Interaction["Bot"]
_Name = app_commands.Choice[str]


class AnswerButton(
    PersistentButton,
    template=r"trivia:answer:(?P<question_id>[0-9]{1,18}):(?P<choice>[0-3])",
):
    """Gives an answer; the first one stands."""

    def __init__(self, question_id: str | int, choice: str | int, label: str = "") -> None:
        super().__init__(f"trivia:answer:{question_id}:{choice}", label)
        self.question_id = int(question_id)
        self.choice = int(choice)

    async def press(self, interaction: _Interaction) -> None:
        bot, user_id = interaction.client, interaction.user.id
        given = await bot.questions.answer(
            self.question_id, user_id, self.choice, interaction.guild_id or 0
        )
        if given is None:
            raise UserError(_("This question is no longer kept."), _("Type /trivia for a new one."))
        shown = Question.from_json(given.document)
        await reply(interaction, await _verdict(interaction, given, shown, self.choice))
        await self._show_tally(interaction, shown)

    async def _show_tally(self, interaction: _Interaction, shown: Question) -> None:
        message = interaction.message
        if message is None or message.flags.ephemeral:
            return
        bot, place = interaction.client, bot_message(interaction, message.id)
        reader = await reader_of(interaction, is_private=False)

        async def edit() -> None:
            tally = await bot.questions.tally(self.question_id)
            await place.edit(
                view=_card(shown, self.question_id, reader, tally.answered, tally.right)
            )

        bot.edits.request(message.id, edit)


class NextButton(PersistentButton, template=r"trivia:next:(?P<slug>[a-z0-9-]{1,32})"):
    """Asks privately what a member has not mastered yet."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"trivia:next:{slug}", _("Next for me"), discord.ButtonStyle.primary)
        self.slug = slug

    async def press(self, interaction: _Interaction) -> None:
        reader = await reader_of(interaction, is_private=True)
        interview = interaction.client.interview(self.slug, reader)
        practice, user_id = interaction.client.practice, interaction.user.id
        shown = await practice.next(user_id, interview, reader.audience, reader.locale)
        if shown is None:
            raise UserError(
                _("You have mastered all there is to ask about this interview."),
                _("Type /trivia to play with others."),
            )
        await reply(interaction, await _stored(interaction, shown, reader))


class ReportButton(
    PersistentButton,
    template=r"trivia:report:(?P<slug>[a-z0-9-]{1,32}):(?P<item>[a-z_]{1,20}:[0-9]{1,9})",
):
    """Asks what is wrong with an item."""

    def __init__(self, slug: str, item: str) -> None:
        super().__init__(f"trivia:report:{slug}:{item}", _("Report"))
        self.slug = slug
        self.item_name = item

    async def press(self, interaction: _Interaction) -> None:
        reader = await reader_of(interaction, is_private=True)
        reasons = [option(reader.say(words), reason) for reason, words in REASONS.items()]
        await reply(
            interaction, report_card(reader, [ReasonSelect(self.slug, self.item_name, reasons)])
        )


class ReasonSelect(
    PersistentSelect,
    template=r"trivia:reason:(?P<slug>[a-z0-9-]{1,32}):(?P<item>[a-z_]{1,20}:[0-9]{1,9})",
):
    """Stores what a member found wrong, once an item."""

    def __init__(self, slug: str, item: str, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(select(f"trivia:reason:{slug}:{item}", options))
        self.slug = slug
        self.item_name = item

    async def choose(self, interaction: _Interaction, values: Sequence[str]) -> None:
        bot = interaction.client
        source, _colon, number = self.item_name.partition(":")
        is_known = self.slug in bot.library.interviews and source in list(Source)
        if not is_known or not values or values[0] not in list(Reason):
            raise UserError(_("That cannot be reported."), _("Press Report again."))
        reason = Reason(values[0])
        await bot.reports.put(interaction.user.id, self.slug, self.item_name, reason)
        log.info("reported: %s %s %s: %s", self.slug, source, number, reason.value)
        reader = await reader_of(interaction, is_private=True)
        thanks = _("Thank you. It is noted: {reason}.", reason=reader.say(REASONS[reason]))
        await interaction.response.edit_message(view=Card(reader.locale, reader.say(thanks)))


class Trivia(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self._forget_old.start()

    async def cog_unload(self) -> None:
        self._forget_old.cancel()

    @tasks.loop(hours=24)
    async def _forget_old(self) -> None:
        questions = await self.bot.questions.forget_old()
        games = await self.bot.games.forget_old()
        if questions or games:
            log.info("forgot %d questions and %d games of a month ago", questions, games)

    @app_commands.command()
    @app_commands.choices(kind=options.choices(KINDS), difficulty=options.choices(DIFFICULTIES))
    @app_commands.autocomplete(interview=options.interviews)
    async def trivia(
        self,
        interaction: _Interaction,
        rounds: app_commands.Range[int, 1, MAX_ROUNDS] = 1,
        kind: _Name | None = None,
        difficulty: _Name | None = None,
        seconds: app_commands.Range[int, MIN_SECONDS, MAX_SECONDS] | None = None,
        calm: bool | None = None,
        interview: str | None = None,
    ) -> None:
        """Ask a question about the interview, or play a game of several rounds.

        Args:
            interaction: The interaction.
            rounds: How many questions; more than one is a game for the channel
            kind: What kind of question
            difficulty: How hard
            seconds: How long each round of a game lasts
            calm: Play a game without a clock
            interview: Which interview it is about
        """
        wanted = QuestionFilter(
            Kind(kind.value) if kind else None,
            Difficulty(difficulty.value) if difficulty else None,
        )
        if rounds > 1:
            seen = await reader_of(interaction, is_private=False)
            slug = self.bot.interview_for(seen, interview).slug
            await start_game(interaction, slug, rounds, wanted, seconds=seconds, is_calm=calm)
            return
        reader = await asker_of(interaction)
        chosen = self.bot.interview_for(reader, interview)
        card = await _asked(interaction, chosen, reader, wanted)
        await reply(interaction, card, is_private=reader.is_private)


async def _asked(
    interaction: _Interaction, interview: Interview, reader: Reader, wanted: QuestionFilter
) -> Card:
    channel_id, asking = interaction.channel_id or 0, interaction.client.asking
    shown = await asking.next(channel_id, interview, wanted, reader.audience, reader.locale)
    return await _stored(interaction, shown, reader)


async def _stored(interaction: _Interaction, shown: Question, reader: Reader) -> Card:
    questions = interaction.client.questions
    question_id = await questions.add(interaction.channel_id or 0, shown.asked())
    return _card(shown, question_id, reader, 0, 0)


async def _verdict(
    interaction: _Interaction, given: GivenAnswer, shown: Question, pressed: int
) -> Card:
    """Tell a member how their answer was, what it brought and how far they are."""
    bot, reader = interaction.client, await reader_of(interaction, is_private=True)
    interview = bot.library.interviews.get(shown.slug)
    notes, buttons = [points_note(given, reader)], list[PersistentButton]()
    if interview is not None:
        user_id = interaction.user.id
        mastery = await bot.practice.mastery(user_id, interview, reader.audience)
        notes.append(mastered_note(mastery, interview, reader))
        if mastery.is_complete and await bot.scores.celebrate(user_id, shown.slug):
            notes.append(celebration(mastery, interview, reader))
        buttons.append(NextButton(shown.slug))
        if interaction.guild_id is not None and not is_guest(interaction):
            buttons.append(TogetherButton(shown.slug))
        buttons.append(ReportButton(shown.slug, shown.item))
    return verdict_card(
        shown,
        interview,
        reader,
        choice=given.choice,
        is_late=given.choice != pressed,
        buttons=buttons,
        notes=notes,
    )


def _card(shown: Question, question_id: int, reader: Reader, answered: int, right: int) -> Card:
    buttons = [
        AnswerButton(question_id, n, choice_label(n, choice))
        for n, choice in enumerate(shown.choices)
    ]
    return question_card(shown, reader, buttons, answered=answered, right=right)


def bot_message(interaction: _Interaction, message_id: int) -> discord.PartialMessage:
    channel = interaction.client.get_partial_messageable(interaction.channel_id or 0)
    return channel.get_partial_message(message_id)


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(AnswerButton, NextButton, ReportButton, ReasonSelect)
    await bot.add_cog(Trivia(bot))
