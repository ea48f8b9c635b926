"""Reading the content database; every read of items says for which audience."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NoReturn

from bot.interview.audience import Audience
from bot.interview.days import ONLY, DayShare
from bot.interview.library.answer_reader import AnswerReader
from bot.interview.library.catalogue import Catalogue
from bot.interview.library.content_file import Content
from bot.interview.library.facets import Facet
from bot.interview.library.item_reader import ItemReader
from bot.interview.library.rows import FACTS, QUESTIONS, QUOTES
from bot.interview.library.search import Matches, Search
from bot.interview.library.translations import Translatable, Translations
from bot.interview.library.unknown_number import UnknownNumberError
from bot.interview.model import (
    Answer,
    CuratedQuestion,
    Fact,
    Interview,
    ItemKind,
    Prompt,
    Quote,
)

_MOST_QUOTES: Final = 200
"""Quotations shown as what was said to a question."""


class Library:
    """The interviews and their items.

    A facet still holds the quotes that a server leaves out, and who draws from it passes them
    over; every other read gives nothing that its audience may not see.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self._catalogue = Catalogue()
        self._items = ItemReader(content, self._catalogue.ids)
        self._answers = AnswerReader(content, self._catalogue.ids)
        self._search = Search(content)
        self._translations = Translations(content)
        self.interviews: Mapping[str, Interview] = self._catalogue.interviews

    async def load(self) -> None:
        """Read what is always kept in memory."""
        await self._catalogue.load(self._content)
        await self._translations.load()

    def interview(self, slug: str, locale: str) -> Interview:
        """Give an interview in a reader's language, as far as its pack is translated."""
        return self._translations.interview(self.interviews[slug], locale)

    async def translated(
        self, items: Sequence[Translatable], locale: str
    ) -> Sequence[Translatable]:
        """Put items that were read into a reader's language; one without a translation stays."""
        return await self._translations.items(items, locale)

    def topics(self, slug: str) -> tuple[str, ...]:
        return self._catalogue.topics(slug)

    def topics_for(self, slug: str, audience: Audience) -> tuple[str, ...]:
        """List the topics under which an audience finds something that is not hidden."""
        return self._catalogue.topics_for(slug, audience)

    def topics_of(self, slug: str, person: str, audience: Audience) -> tuple[str, ...]:
        """List what a speaker talks about, the most frequent first; nothing that is hidden."""
        return self._catalogue.facets.topics_of(slug, person, audience.for_game())

    def rivals(self, slug: str) -> Mapping[str, Collection[str]]:
        """List by statement the others that it gives away, or that give it away."""
        return self._catalogue.rivals.get(slug, {})

    def facet(
        self,
        slug: str,
        kind: str,
        *,
        person: str = "",
        topic: str = "",
        difficulty: str = "",
        audience: Audience,
    ) -> Facet | None:
        """Give what comes at random under a filter, of which an empty part means any.

        None where that is nothing. What is found only by words or its number is not among it.
        """
        return self._catalogue.facets.get((slug, kind, person, topic, difficulty), audience)

    async def quotes(self, facet: Facet, ordinals: Sequence[int]) -> list[Quote]:
        return await self._items.at(QUOTES, facet, ordinals)

    async def facts(self, facet: Facet, ordinals: Sequence[int]) -> list[Fact]:
        return await self._items.at(FACTS, facet, ordinals)

    async def questions(self, facet: Facet, ordinals: Sequence[int]) -> list[CuratedQuestion]:
        return await self._items.at(QUESTIONS, facet, ordinals)

    async def prompt_of_day(self, slug: str, day: int, share: DayShare = ONLY) -> Prompt | None:
        """Give what a day proposes to talk about; None where an interview proposes nothing."""
        return await self._items.prompt_of_day(slug, day, share)

    async def find_quote(self, slug: str, number: int, audience: Audience) -> Quote | None:
        """Find a quote by its number; None where it may not be shown or is none."""
        if slug not in self.interviews or audience.leaves_out(slug, number):
            return None
        return await self._items.numbered(QUOTES, slug, number, audience)

    async def quote(self, slug: str, number: int, audience: Audience) -> Quote:
        """Give a quote by its number; raises UserError where it may not be shown or is none."""
        quote = await self.find_quote(slug, number, audience)
        return quote or await self._refuse(ItemKind.QUOTE, slug, number)

    async def fact(self, slug: str, number: int, audience: Audience) -> Fact:
        """Give a fact by its number; raises UserError where it may not be shown or is none."""
        fact = await self._items.numbered(FACTS, slug, number, audience)
        return fact or await self._refuse(ItemKind.FACT, slug, number)

    async def may_show(self, kind: ItemKind, slug: str, number: int, audience: Audience) -> bool:
        """Say whether an audience may see an item."""
        if kind is ItemKind.QUOTE:
            return await self.find_quote(slug, number, audience) is not None
        if slug not in self.interviews:
            return False
        if kind is ItemKind.FACT:
            return await self._items.numbered(FACTS, slug, number, audience) is not None
        return await self._items.numbered(QUESTIONS, slug, number, audience) is not None

    async def has_item(self, kind: ItemKind, slug: str, number: int) -> bool:
        """Say whether an interview has an item, whoever may see it."""
        return await self._items.has(kind, slug, number)

    async def facts_about(
        self, slug: str, person: str, audience: Audience, *, limit: int
    ) -> list[Fact]:
        facet = self.facet(slug, "fact", person=person, audience=audience)
        return await self.facts(facet, range(min(limit, facet.size))) if facet else []

    async def first_quotes_of(
        self, slug: str, person: str, audience: Audience, *, limit: int
    ) -> list[Quote]:
        facet = self.facet(slug, "quote", person=person, audience=audience)
        if facet is None:
            return []
        places = range(min(limit + len(audience.left_out), facet.size))
        quotes = await self.quotes(facet, places)
        quotes = [quote for quote in quotes if not audience.leaves_out(slug, quote.number)]
        return quotes[:limit]

    async def quotes_from(
        self, slug: str, number: int, audience: Audience, limit: int
    ) -> list[Quote]:
        """List quotes in the order of their numbers, from one on."""
        return await self._items.quotes_where(
            slug, "number >= ?", number, audience, order="number", limit=limit
        )

    async def said_to(
        self, slug: str, exchange: int, audience: Audience
    ) -> list[Answer] | list[Quote]:
        """List what was said to a question: whole answers where a transcript was loaded.

        What the audience may not see is cut out of an answer.
        """
        answers = await self._answers.said_to(slug, exchange, audience)
        return answers or await self._items.quotes_where(
            slug, "exchange = ?", exchange, audience, order="id", limit=_MOST_QUOTES
        )

    async def find(
        self,
        slug: str,
        typed: str,
        audience: Audience,
        *,
        speaker: str = "",
        topic: str = "",
        limit: int,
        offset: int = 0,
    ) -> Matches:
        """Find quotes by words; see `Search.find`."""
        scope = self._catalogue.search_scope(slug, audience, speaker=speaker, topic=topic)
        if scope is None:
            # A button of an earlier version of the pack: nothing is left under its filter.
            return Matches(())
        return await self._search.find(scope, typed, limit=limit, offset=offset)

    async def nearest(
        self, slug: str, words: Sequence[str], audience: Audience, *, limit: int
    ) -> tuple[Quote, ...]:
        """Give the quotes that share the most telling of some words; nothing that is hidden."""
        scope = self._catalogue.search_scope(slug, audience.for_game())
        return await self._search.nearest(scope, words, limit=limit) if scope else ()

    async def similar(self, slug: str, typed: str, audience: Audience, *, limit: int) -> list[str]:
        """Give what may have been meant where nothing was found; never a word that is hidden."""
        scope = self._catalogue.search_scope(slug, audience.for_game())
        return await self._search.similar(scope, typed, limit=limit) if scope else []

    async def _refuse(self, kind: ItemKind, slug: str, number: int) -> NoReturn:
        was_withdrawn = await self._items.was_withdrawn(kind, slug, number)
        raise UnknownNumberError(kind, number, was_withdrawn=was_withdrawn)
