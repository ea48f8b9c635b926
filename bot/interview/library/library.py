"""Reading the content database; every read of items says for which audience."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final, NoReturn

from bot.errors import ContentUnavailableError, OperatorError
from bot.interview.audience import Audience
from bot.interview.days import place_of_day
from bot.interview.library.answers import answers_for
from bot.interview.library.content_file import Content, Rebuild, open_content
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
from bot.process.outages import Outages, Part
from bot.text import _

log = logging.getLogger(__name__)

# What is read out of damaged bytes is not always an error of SQLite's.
_DAMAGES: Final = (ContentUnavailableError, sqlite3.Error, ValueError, TypeError, LookupError)
_MOST_QUOTES: Final = 200
"""Quotations shown as what was said to a question."""
_TABLE_NAMES: Final = {
    ItemKind.QUOTE: QUOTES.name,
    ItemKind.FACT: FACTS.name,
    ItemKind.QUESTION: QUESTIONS.name,
    ItemKind.PROMPT: PROMPTS.name,
}


@asynccontextmanager
async def open_library(
    path: Path, rebuild: Rebuild | None = None, outages: Outages | None = None
) -> AsyncGenerator["Library"]:
    """Open a content database by its absolute path.

    One that is damaged is built again by `rebuild`, now or whenever that is seen; raises
    OperatorError where there is none, or where it does not help.
    """
    outages = outages or Outages()
    async with AsyncExitStack() as stack:
        try:
            library = await _opened(stack, path, outages, rebuild)
        except _DAMAGES as error:
            if rebuild is None:
                raise _unreadable(path, error) from error
            log.warning("the content %s is damaged and built again: %s", path, error)
            await asyncio.to_thread(rebuild)
            library = await _opened_again(stack, path, outages, rebuild)
        yield library


async def _opened(
    stack: AsyncExitStack, path: Path, outages: Outages, rebuild: Rebuild | None
) -> "Library":
    async with AsyncExitStack() as attempt:
        # Only what was loaded whole mends itself.
        content = await attempt.enter_async_context(open_content(path, outages))
        library = Library(content)
        await library.load()
        content.rebuild = rebuild
        stack.push_async_exit(attempt.pop_all())
    return library


async def _opened_again(
    stack: AsyncExitStack, path: Path, outages: Outages, rebuild: Rebuild
) -> "Library":
    try:
        library = await _opened(stack, path, outages, rebuild)
    except _DAMAGES as error:
        raise _unreadable(path, error) from error
    outages.end(Part.CONTENT)
    return library


def _unreadable(path: Path, error: Exception) -> OperatorError:
    return OperatorError(
        _("The content {path} cannot be read: {why}.", path=path, why=error),
        _("Check the disk; it may be deleted, and is built again at the next start."),
    )


class Library:
    """The interviews and their items.

    A facet still holds the quotes that a server leaves out, and who draws from it passes them
    over; every other read gives nothing that its audience may not see.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self._search = Search(content)
        self.interviews: Mapping[str, Interview] = {}
        self._ids: dict[str, int] = {}
        self._quote_ids: dict[str, tuple[int, int]] = {}
        self._topics: dict[str, tuple[str, ...]] = {}
        self._topics_for: dict[tuple[str, Spoiler, bool], tuple[str, ...]] = {}
        self._facets = Facets()
        self._reader = ItemReader(content, self._ids)
        self._translations = Translations(content)

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
        for folder, why in await self._fetch("SELECT folder, why FROM left_out ORDER BY folder"):
            log.warning("the interview in %s is left out: %s", folder, why)

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

    async def has_item(self, kind: ItemKind, slug: str, number: int) -> bool:
        """Say whether an interview has an item, whoever may see it."""
        rows = await self._fetch(
            f"SELECT 1 FROM {_TABLE_NAMES[kind]} WHERE interview = ? AND number = ?",  # noqa: S608 - our own names
            self._ids[slug],
            number,
        )
        return bool(rows)

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
        return await self._content.items(sql, *parameters)
