"""What is shown on a day: a quote, a fact and a question, the same for everyone."""

import random
from dataclasses import dataclass

from bot.interview.audience import EVERYONE
from bot.interview.days import place_of_day
from bot.interview.library.facets import Facet
from bot.interview.library.library import Library
from bot.interview.model import Fact, Interview, Prompt, Quote
from bot.text import SOURCE_LOCALE
from bot.trivia.kinds import Question
from bot.trivia.question_maker import QuestionMaker


@dataclass(frozen=True, slots=True)
class DayContent:
    """An interview may have no facts, nothing to ask about or nothing to talk about.

    The question is as it is stored for everybody: in the language of our own sentences.
    """

    quote: Quote | None = None
    fact: Fact | None = None
    question: Question | None = None
    prompt: Prompt | None = None


class DayContents:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._remembered: tuple[tuple[str, int], DayContent] | None = None

    async def of(self, interview: Interview, day: int) -> DayContent:
        """Choose what a UTC day shows, out of what is fit for everyone."""
        key = interview.slug, day
        if self._remembered is None or self._remembered[0] != key:
            self._remembered = key, await self._chosen(interview, day)
        return self._remembered[1]

    async def _chosen(self, interview: Interview, day: int) -> DayContent:
        library, slug = self._library, interview.slug
        quote_facet = _on(day, library.facet(slug, "quote", audience=EVERYONE))
        fact_facet = _on(day, library.facet(slug, "fact", audience=EVERYONE))
        quotes = quote_facet and await library.quotes(quote_facet, [_place(quote_facet, day)])
        facts = fact_facet and await library.facts(fact_facet, [_place(fact_facet, day)])
        return DayContent(
            quotes[0] if quotes else None,
            facts[0] if facts else None,
            await self._question(interview, day, SOURCE_LOCALE),
            await library.prompt_of_day(slug, day),
        )

    async def told(self, today: DayContent, day: int, locale: str) -> DayContent:
        """Put what a day shows into a reader's language."""
        library, question = self._library, today.question
        facts = today.fact and await library.translated([today.fact], locale)
        prompts = today.prompt and await library.translated([today.prompt], locale)
        return DayContent(
            today.quote,
            facts[0] if facts else None,
            question and await self.question_told(question, day, locale),
            prompts[0] if prompts else None,
        )

    async def question_told(self, stored: Question, day: int, locale: str) -> Question:
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

    def _is_stored_in(self, locale: str, slug: str) -> bool:
        """Say whether who reads a locale reads what is stored: one kind of English is another."""
        own, told = (self._library.interview(slug, one) for one in (SOURCE_LOCALE, locale))
        return locale.partition("-")[0] == SOURCE_LOCALE and told is own

    async def _question(self, interview: Interview, day: int, locale: str) -> Question | None:
        """Take an editor's question where there is one, else make one."""
        # The same day gives the same order of choices, everywhere.
        making = QuestionMaker(self._library, random.Random(day))
        for source, whole in making.facets(interview, EVERYONE).items():
            if (facet := whole.on(day)) is None:
                continue
            items = await making.items(source, facet, [_place(facet, day)])
            shown = await making.make(source, items[0], facet, EVERYONE, locale)
            if shown is not None:
                return shown
        return None


def _place(facet: Facet, day: int) -> int:
    return place_of_day(day, facet.size)


def _on(day: int, facet: Facet | None) -> Facet | None:
    return facet.on(day) if facet else None
