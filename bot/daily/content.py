"""What is shown on a day: a quote, a fact and a question, the same for everyone."""

import random
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

from cachetools import LRUCache

from bot.daily.arrangement import Beside, arranged, week_of
from bot.interview.audience import EVERYONE, Reader
from bot.interview.days import ONLY, DayShare, place_of_day
from bot.interview.library.facets import Facet
from bot.interview.library.library import Library
from bot.interview.model import Fact, Interview, Prompt, Quote
from bot.state.questions import Questions, Tally
from bot.state.schedules import PostKind
from bot.text import SOURCE_LOCALE
from bot.trivia.kinds import Question
from bot.trivia.question_maker import QuestionMaker

# Days of interviews that are remembered: each question that is drawn asks for today's.
_DAYS: Final = 64
_TURNS: Final = (PostKind.QUOTE, PostKind.FACT, PostKind.QUESTION, PostKind.PROMPT)


_Day = tuple[str, int]
"""An interview by its slug, and a UTC day."""


class DayPart(StrEnum):
    """What of a day is shown."""

    ALL = "all"
    QUOTE = "quote"
    FACT = "fact"
    QUESTION = "question"
    PROMPT = "prompt"


@dataclass(frozen=True, slots=True)
class DayContent:
    """An interview may have no facts, nothing to ask about or nothing to talk about.

    `question_id` is that under which the question is stored for everybody, 0 until it is.
    """

    quote: Quote | None = None
    fact: Fact | None = None
    question: Question | None = None
    prompt: Prompt | None = None
    question_id: int = 0


class PastQuestion(NamedTuple):
    """The question of a day that is over, and how it was answered."""

    question: Question
    tally: Tally


class DayContents:
    def __init__(self, library: Library, questions: Questions) -> None:
        self._library = library
        self._questions = questions
        self._remembered: LRUCache[_Day, DayContent] = LRUCache(_DAYS)
        self._stored: LRUCache[_Day, tuple[int, Question]] = LRUCache(_DAYS)

    async def of(self, interview: Interview, day: int) -> DayContent:
        """Choose what a UTC day shows, out of what is fit for everyone."""
        key = interview.slug, day
        content = self._remembered.get(key)
        if content is None:
            content = self._remembered[key] = await self._choose(interview, day)
        return content

    async def statement(self, interview: Interview, day: int) -> str:
        """Name what the question of a day states; empty where there is none."""
        question = (await self.of(interview, day)).question
        return question.statement if question else ""

    async def part_for(
        self,
        interview: Interview,
        day: int,
        part: DayPart,
        reader: Reader,
        share: DayShare = ONLY,
    ) -> DayContent | None:
        """Give what a reader sees of a day; None where there is nothing to show.

        Prompts, which are nobody's of the day, are shared out.
        """
        content = _only(await self.of(interview, day), part)
        if part is DayPart.PROMPT and share != ONLY:
            prompt = await self._library.prompt_of_day(interview.slug, day, share)
            content = replace(content, prompt=prompt)
        quote = content.quote
        if quote and reader.audience.leaves_out(quote.slug, quote.number):
            content = replace(content, quote=None)
        if content == DayContent():
            return None
        if content.question is not None:
            question_id, question = await self._as_stored(content.question, day)
            content = replace(content, question=question, question_id=question_id)
        return await self.translated(content, day, reader.locale)

    async def _as_stored(self, question: Question, day: int) -> tuple[int, Question]:
        """Give the question of a day as whoever saw it first did, whatever an editor changes."""
        key = question.slug, day
        if key not in self._stored:
            question_id, document = await self._questions.of_the_day(day, question.stored())
            self._stored[key] = question_id, Question.from_json(document)
        return self._stored[key]

    async def past(self, interview: Interview, day: int, locale: str) -> PastQuestion | None:
        """Give the question of a day that is over; None where nobody saw it."""
        past = await self._questions.past_day(interview.slug, day)
        if past is None:
            return None
        stored = Question.from_json(past.document)
        return PastQuestion(await self.translated_question(stored, day, locale), past.tally)

    async def translated(self, content: DayContent, day: int, locale: str) -> DayContent:
        """Put what a day shows into a reader's language."""
        library, question = self._library, content.question
        facts = content.fact and await library.translated([content.fact], locale)
        prompts = content.prompt and await library.translated([content.prompt], locale)
        return replace(
            content,
            fact=facts[0] if facts else None,
            question=question and await self.translated_question(question, day, locale),
            prompt=prompts[0] if prompts else None,
        )

    async def translated_question(self, stored: Question, day: int, locale: str) -> Question:
        """Put the question of a day into a reader's language.

        Choices keep their places, since a press names a place. A question that was edited after
        it was stored stays as it was asked.
        """
        interview = self._library.interviews.get(stored.slug)
        if interview is None or self._is_stored_in(locale, stored.slug):
            return stored
        if await self._question(interview, day, SOURCE_LOCALE) != stored:
            return stored
        return await self._question(interview, day, locale) or stored

    async def _choose(self, interview: Interview, day: int) -> DayContent:
        library, slug, week = self._library, interview.slug, week_of(day)
        at = week.index(day)
        questions = [await self._question(interview, each, SOURCE_LOCALE, day) for each in week]
        besides = [Beside(question) for question in questions]
        facts: list[Fact] = []
        quotes: list[Quote] = []
        if facet := _on(day, library.facet(slug, "fact", audience=EVERYONE)):
            facts = await arranged(week, facet, library.facts, besides)
            besides = [Beside(*each) for each in zip(questions, facts, strict=True)]
        if facet := _on(day, library.facet(slug, "quote", audience=EVERYONE)):
            quotes = await arranged(week, facet, library.quotes, besides)
        return DayContent(
            quotes[at] if quotes else None,
            facts[at] if facts else None,
            questions[at],
            await library.prompt_of_day(slug, day),
        )

    def _is_stored_in(self, locale: str, slug: str) -> bool:
        """Say whether who reads a locale reads what is stored: one kind of English is another."""
        source = self._library.interview(slug, SOURCE_LOCALE)
        is_source_language = locale.partition("-")[0] == SOURCE_LOCALE
        return is_source_language and self._library.interview(slug, locale) is source

    async def _question(
        self, interview: Interview, day: int, locale: str, as_on: int | None = None
    ) -> Question | None:
        """Take an editor's question where there is one, else make one.

        It is of what was there on the day, or on the day `as_on`.
        """
        # The same day gives the same order of choices, everywhere.
        maker = QuestionMaker(self._library, random.Random(day))
        reader = Reader(EVERYONE, locale)
        for source, facet in maker.facets(interview, EVERYONE).items():
            if (facet_then := facet.on(day if as_on is None else as_on)) is None:
                continue
            items = await maker.items(source, facet_then, [_place(facet_then, day)])
            question = await maker.make(source, items[0], facet_then, reader)
            if question is not None:
                return question
        return None


def part_of(kind: PostKind, day: int) -> DayPart:
    """Give what a daily post shows on a day."""
    return DayPart((_TURNS[day % len(_TURNS)] if kind is PostKind.TURN else kind).value)


def may_prompt(kind: PostKind) -> bool:
    """Say whether a daily post shows something to talk about, each day or in turn."""
    return kind in (PostKind.PROMPT, PostKind.TURN)


def _only(content: DayContent, part: DayPart) -> DayContent:
    match part:
        case DayPart.ALL:
            return replace(content, prompt=None)
        case DayPart.QUOTE:
            return DayContent(quote=content.quote)
        case DayPart.FACT:
            return DayContent(fact=content.fact)
        case DayPart.QUESTION:
            return DayContent(question=content.question)
        case DayPart.PROMPT:
            return DayContent(prompt=content.prompt)


def _place(facet: Facet, day: int) -> int:
    return place_of_day(day, facet.size)


def _on(day: int, facet: Facet | None) -> Facet | None:
    return facet.on(day) if facet else None
