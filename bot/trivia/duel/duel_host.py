"""Hosts duels: what members do with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.errors import OverError, UserError
from bot.interview.audience import Reader
from bot.interview.model import Interview
from bot.state.duels import MAX_OPEN, Duel, DuelEnding, DuelPhase, Duels, DuelScore
from bot.state.questions import GivenAnswer, Questions
from bot.text import Text, _
from bot.trivia.duel.duel_loop import DuelLoop
from bot.trivia.kinds import Question
from bot.trivia.question_draw import QuestionDraw, QuestionFilter

DUEL_QUESTIONS: Final = 5
ENDINGS: Final[Mapping[DuelEnding, Text]] = {
    DuelEnding.DECLINED: _("This challenge was declined. Maybe another time!"),
    DuelEnding.WITHDRAWN: _("This challenge was taken back. Maybe another time!"),
    DuelEnding.EXPIRED: _("Nobody took up this challenge in time."),
    DuelEnding.LEFT: _("This duel ended early, so nobody wins or loses."),
}
"""What became of a duel that has no result; nobody is named."""
_ANEW: Final = _("Type /trivia with an opponent to start a new one.")


@dataclass(frozen=True, slots=True)
class DuelTurn:
    """What a player is asked: `number` counts from 1, of `count` questions."""

    duel: Duel
    number: int
    question: Question

    @property
    def count(self) -> int:
        return len(self.duel.question_ids)


class DuelHost:
    """Takes challenges and answers; a `DuelLoop` ends what nobody has to ask for."""

    def __init__(
        self, duels: Duels, questions: Questions, draw: QuestionDraw, loop: DuelLoop
    ) -> None:
        self._duels = duels
        self._questions = questions
        self._draw = draw
        self._loop = loop

    async def challenge(
        self,
        place: tuple[int, int],
        interview: Interview,
        only: QuestionFilter,
        reader: Reader,
        players: tuple[int, int],
    ) -> Duel:
        """Store a challenge with its questions; raises UserError where there can be none.

        `place` are channel and server, `players` challenger and opponent.
        """
        duel_id = await self._duels.begin(place, interview.slug, players)
        if duel_id is None:
            raise await self._refusal(place[1], players)
        try:
            questions = await self._drawn(place[0], interview, only, reader)
            ids = [await self._questions.add(-duel_id, question.stored()) for question in questions]
            await self._duels.prepare(duel_id, ids)
        except BaseException:
            await self._duels.drop(duel_id)
            raise
        return await self.duel(duel_id)

    async def posted(self, duel: Duel, message_id: int) -> None:
        """Note where a challenge stands; it is over in a day."""
        await self._duels.posted(duel.id, message_id)
        self._loop.look()

    async def drop(self, duel: Duel) -> None:
        """Forget a challenge that could not be shown."""
        await self._duels.drop(duel.id)

    async def duel(self, duel_id: int) -> Duel:
        """Give a duel; raises UserError where it is no longer kept."""
        duel = await self._duels.find(duel_id)
        if duel is None:
            raise _gone()
        return duel

    async def accept(self, duel: Duel) -> Duel:
        """Take up a challenge, unless it was; raises UserError where it is over."""
        if await self._duels.accept(duel.id):
            self._loop.look()
        duel = await self.duel(duel.id)
        self._check_is_played(duel)
        return duel

    async def call_off(self, duel: Duel, user_id: int) -> DuelEnding:
        """Decline a challenge, or take it back; raises UserError where it was taken up, or is over.

        Gives how it has ended.
        """
        is_own = user_id == duel.challenger_id
        ending = DuelEnding.WITHDRAWN if is_own else DuelEnding.DECLINED
        if await self._duels.call_off(duel.id, ending):
            return ending
        self._check_is_played(await self.duel(duel.id))
        raise UserError(_("This duel has already started."))

    async def turn(self, duel: Duel, user_id: int) -> DuelTurn | None:
        """Give what a player is asked next; None where they have answered everything."""
        self._check_is_played(duel)
        answered = await self._duels.answered(duel, user_id)
        for number, question_id in enumerate(duel.question_ids, 1):
            if question_id not in answered:
                document = await self._duels.document(question_id)
                if document is None:
                    raise _gone()
                return DuelTurn(duel, number, Question.from_json(document))
        return None

    async def answer(self, duel: Duel, number: int, user_id: int, choice: int) -> GivenAnswer:
        """Record a choice; the first one stands. Raises UserError where the duel is over."""
        self._check_is_played(duel)
        question_id = duel.question_ids[number - 1] if number <= len(duel.question_ids) else 0
        answer = await self._questions.answer(
            question_id, user_id, choice, duel.guild_id, duel.question_channel
        )
        if answer is None:
            raise _gone()
        return answer

    async def scores(self, duel: Duel) -> list[DuelScore]:
        """Give what both have answered, the challenger first."""
        return await self._duels.scores(duel)

    def look(self) -> None:
        """Have it told which are over: called when a player has their answer, or has hidden."""
        self._loop.look()

    async def _refusal(self, guild_id: int, players: tuple[int, int]) -> UserError:
        duel = await self._duels.between(guild_id, players)
        if duel is None:
            return UserError(
                _("You already have {count} duels going.", count=MAX_OPEN),
                _("Finish one or call one off first."),
            )
        if duel.message_id is None:
            return UserError(_("You two already have a duel going."))
        link = f"https://discord.com/channels/{guild_id}/{duel.channel_id}/{duel.message_id}"
        return UserError(_("You two already have a duel going."), _("It's here: {link}", link=link))

    async def _drawn(
        self, channel_id: int, interview: Interview, only: QuestionFilter, reader: Reader
    ) -> list[Question]:
        questions: list[Question] = []
        statements: list[str] = []
        for _n in range(DUEL_QUESTIONS):
            question = await self._draw.find_new(channel_id, interview, only, reader, statements)
            if question is None:
                break
            questions.append(question)
            statements.append(question.statement)
        if not questions:
            raise UserError(
                _("I have no questions like that here."), _("Try it without kind or difficulty.")
            )
        return questions

    def _check_is_played(self, duel: Duel) -> None:
        is_open = duel.phase in (DuelPhase.ASKED, DuelPhase.RUNNING)
        if not is_open or duel.due_at <= self._duels.now():
            raise OverError(ENDINGS.get(duel.ending, _("This duel is over.")), _ANEW)


def _gone() -> UserError:
    return OverError(_("I no longer have that duel."), _ANEW)
