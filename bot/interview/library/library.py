"""Reading the content database; every read of items says for which audience."""

import sqlite3
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final, NoReturn

import aiosqlite

from bot.errors import OperatorError
from bot.interview.audience import Audience
from bot.interview.days import place_of_day
from bot.interview.library.answers import answers_for
from bot.interview.library.facets import Facet, FacetPart, Facets
from bot.interview.library.item_reader import ItemReader
from bot.interview.library.marks import speaker_mark, topic_mark
from bot.interview.library.rows import (
    FACTS,
    PROMPTS,
    QUESTIONS,
    QUOTES,
    Row,
    read_arrivals,
    read_interview,
)
from bot.interview.library.search import Matches, Search, SearchScope
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
    Spoiler,
)
from bot.interview.words import QuotedWords
from bot.text import _

_MOST_QUOTES: Final = 200
"""Quotations shown as what was said to a question."""


@asynccontextmanager
async def open_library(path: Path) -> AsyncGenerator["Library"]:
    """Open a content database by its absolute path; raises OperatorError where it is damaged."""
    # Nothing changes under a name that is a hash, so SQLite needs no locks and no file beside it.
    uri = f"{path.as_uri()}?mode=ro&immutable=1"
    async with AsyncExitStack() as stack:
        try:
            items = await stack.enter_async_context(aiosqlite.connect(uri, uri=True))
            search = await stack.enter_async_context(aiosqlite.connect(uri, uri=True))
            library = Library(items, Search(search))
            await library.load()
        except sqlite3.Error as error:
            raise OperatorError(
                _("The content {path} cannot be read: {why}.", path=path, why=error),
                _("Delete the file; it is built again at the next start."),
            ) from error
        yield library


class Library:
    """The interviews and their items.

    A facet still holds the quotes that a server leaves out, and who draws from it passes them
    over; every other read gives nothing that its audience may not see.
    """

    def __init__(self, items: aiosqlite.Connection, search: Search) -> None:
        self._items = items
        self._search = search
        self.interviews: Mapping[str, Interview] = {}
        self._ids: dict[str, int] = {}
        self._quote_ids: dict[str, tuple[int, int]] = {}
        self._topics: dict[str, tuple[str, ...]] = {}
        self._topics_for: dict[tuple[str, Spoiler, bool], tuple[str, ...]] = {}
        self._facets = Facets()
        self._reader = ItemReader(items, self._ids)
        self._translations = Translations(items)

    async def load(self) -> None:
        """Read what is always kept in memory: the interviews and how much there is of what."""
        interviews: dict[str, Interview] = {}
        for row in await self._fetch(
            "SELECT id, slug, document, first_quote, last_quote FROM interview ORDER BY id"
        ):
            interview_id, slug, document, first, last = row
            interviews[slug], self._topics[slug] = read_interview(document)
            self._ids[slug], self._quote_ids[slug] = interview_id, (first, last)
        self.interviews = interviews
        for row in await self._fetch(
            "SELECT slug, kind, person, topic, difficulty, spoiler, is_mature, facet.id, size,"
            " stamp, arrivals FROM facet JOIN interview ON interview.id = facet.interview"
            " ORDER BY facet.id"
        ):
            slug, kind, person, topic, difficulty, spoiler, is_mature, *part = row
            facet_id, size, stamp, arrivals = part
            self._facets.add(
                (slug, kind, person, topic, difficulty),
                Spoiler(spoiler),
                bool(is_mature),
                FacetPart(facet_id, size, stamp, read_arrivals(arrivals)),
            )
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
        return self._topics[slug]

    def topics_for(self, slug: str, audience: Audience) -> tuple[str, ...]:
        """List the topics under which an audience finds something that is not hidden."""
        key = slug, audience.plain, audience.allows_mature
        if key not in self._topics_for:
            visible = set(self._facets.topics_of(slug, "", audience.for_game()))
            topics = (topic for topic in self._topics[slug] if topic in visible)
            self._topics_for[key] = tuple(topics)
        return self._topics_for[key]

    def topics_of(self, slug: str, person: str, audience: Audience) -> tuple[str, ...]:
        """List what a speaker talks about, the most frequent first; nothing that is hidden."""
        return self._facets.topics_of(slug, person, audience.for_game())

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
        return self._facets.get((slug, kind, person, topic, difficulty), audience)

    async def quotes(self, facet: Facet, ordinals: Sequence[int]) -> list[Quote]:
        return await self._reader.at(QUOTES, facet, ordinals)

    async def facts(self, facet: Facet, ordinals: Sequence[int]) -> list[Fact]:
        return await self._reader.at(FACTS, facet, ordinals)

    async def questions(self, facet: Facet, ordinals: Sequence[int]) -> list[CuratedQuestion]:
        return await self._reader.at(QUESTIONS, facet, ordinals)

    async def prompt_of_day(self, slug: str, day: int) -> Prompt | None:
        """Give what a day proposes to talk about; None where an interview proposes nothing."""
        interview_id = self._ids[slug]
        ((size,),) = await self._fetch(
            "SELECT count(*) FROM prompt WHERE interview = ?", interview_id
        )
        if not size:
            return None
        (row,) = await self._fetch(
            f"SELECT {PROMPTS.columns} FROM prompt"  # noqa: S608 - our own names
            " WHERE interview = ? ORDER BY number LIMIT 1 OFFSET ?",
            interview_id,
            place_of_day(day, size),
        )
        return PROMPTS.item(slug, row)

    async def find_quote(self, slug: str, number: int, audience: Audience) -> Quote | None:
        """Find a quote by its number; None where it may not be shown or is none."""
        if slug not in self.interviews or audience.leaves_out(slug, number):
            return None
        return await self._reader.numbered(QUOTES, slug, number, audience)

    async def quote(self, slug: str, number: int, audience: Audience) -> Quote:
        """Give a quote by its number; raises UserError where it may not be shown or is none."""
        quote = await self.find_quote(slug, number, audience)
        return quote or await self._refuse(ItemKind.QUOTE, slug, number)

    async def fact(self, slug: str, number: int, audience: Audience) -> Fact:
        """Give a fact by its number; raises UserError where it may not be shown or is none."""
        fact = await self._reader.numbered(FACTS, slug, number, audience)
        return fact or await self._refuse(ItemKind.FACT, slug, number)

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
        return await self._reader.quotes_where(
            slug, "number >= ?", number, audience, order="number", limit=limit
        )

    async def said_to(
        self, slug: str, exchange: int, audience: Audience
    ) -> list[Answer] | list[Quote]:
        """List what was said to a question: whole answers where a transcript was loaded.

        What the audience may not see is cut out of an answer.
        """
        rows = await self._fetch(
            "SELECT turn, speaker, text, spoiler, is_mature FROM sentence"
            " WHERE interview = ? AND exchange = ? ORDER BY position",
            self._ids[slug],
            exchange,
        )
        if rows:
            left_out = await self._left_out(slug, exchange, audience)
            return answers_for(slug, exchange, rows, audience, left_out)
        return await self._reader.quotes_where(
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
        people = [person.key for person in self.interviews[slug].people]
        if (speaker and speaker not in people) or (topic and topic not in self._topics[slug]):
            # A button of an earlier version of the pack: nothing is left under its filter.
            return Matches(())
        marks = [speaker_mark(people.index(speaker))] if speaker else []
        marks += [topic_mark(self._topics[slug].index(topic))] if topic else []
        scope = SearchScope(slug, *self._quote_ids[slug], tuple(marks), audience)
        return await self._search.find(scope, typed, limit=limit, offset=offset)

    async def similar(self, slug: str, typed: str, audience: Audience, *, limit: int) -> list[str]:
        """Give what may have been meant where nothing was found; never a word that is hidden."""
        scope = SearchScope(slug, *self._quote_ids[slug], (), audience.for_game())
        return await self._search.similar(scope, typed, limit=limit)

    async def _left_out(self, slug: str, exchange: int, audience: Audience) -> QuotedWords:
        """Collect the words in an exchange that a server does not want to see."""
        rows = await self._fetch(
            "SELECT text FROM quote WHERE interview = ? AND exchange = ?"
            " AND number IN (SELECT value FROM json_each(?))",
            self._ids[slug],
            exchange,
            audience.numbers_left_out(slug),
        )
        return QuotedWords(text for (text,) in rows)

    async def _refuse(self, kind: ItemKind, slug: str, number: int) -> NoReturn:
        rows = await self._fetch(
            "SELECT 1 FROM withdrawn WHERE interview = ? AND kind = ? AND number = ?",
            self._ids.get(slug),
            kind.value,
            number,
        )
        raise UnknownNumberError(kind, number, was_withdrawn=bool(rows))

    async def _fetch(self, sql: str, *parameters: object) -> list[Row]:
        return list(await self._items.execute_fetchall(sql, parameters))
