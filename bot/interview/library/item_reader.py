"""Items read from the content database: by place, by number, or several of one condition."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from bot.interview.audience import Audience
from bot.interview.days import DayShare, place_of_day
from bot.interview.library.content_file import Content
from bot.interview.library.facets import Facet
from bot.interview.library.rows import (
    FACTS,
    PROMPTS,
    QUESTIONS,
    QUOTES,
    ItemTable,
    Row,
    slots_statement,
)
from bot.interview.model import CuratedQuestion, Fact, ItemKind, Prompt, Quote
from bot.process.byte_cache import ByteCache

T = TypeVar("T", Quote, Fact, CuratedQuestion)
_Slot = tuple[str, int, int]
"""A table, a facet of it and the place in that facet."""
_Number = tuple[str, str, int]
"""A table, an interview by its slug, and the number of an item in it."""

_CACHED_BYTES: Final = 16_000_000
_TABLE_NAMES: Final = {
    ItemKind.QUOTE: QUOTES.name,
    ItemKind.FACT: FACTS.name,
    ItemKind.QUESTION: QUESTIONS.name,
    ItemKind.PROMPT: PROMPTS.name,
}


class ItemReader:
    """Reads items; `ids` are those of the interviews, by slug.

    What was read by place or number is remembered: the items of a small pack soon come round.
    """

    def __init__(self, content: Content, ids: Mapping[str, int]) -> None:
        self._content = content
        self._ids = ids
        self._cache: ByteCache[_Slot | _Number, Any] = ByteCache(_CACHED_BYTES)

    async def at(self, table: ItemTable[T], facet: Facet, ordinals: Sequence[int]) -> list[T]:
        """Read items by their places in a facet, in the order of these."""
        slots = [(table.name, *facet.slot(ordinal)) for ordinal in ordinals]
        items = {slot: item for slot in slots if (item := self._cache.get(slot)) is not None}
        if unread := [slot for slot in slots if slot not in items]:
            items |= await self._read(table, facet.slug, unread)
        return [items[slot] for slot in slots]

    async def _read(self, table: ItemTable[T], slug: str, slots: Sequence[_Slot]) -> dict[_Slot, T]:
        places = (value for slot in slots for value in slot[1:])
        rows = await self._fetch(slots_statement(table, len(slots)), *places)
        items = {(table.name, *row[:2]): table.item(slug, row[2:]) for row in rows}
        for slot, item in items.items():
            self._cache.put(slot, item)
        return items

    async def numbered(
        self, table: ItemTable[T], slug: str, number: int, audience: Audience
    ) -> T | None:
        """Read an item by its number; None where it may not be shown or is none."""
        item = self._cache.get((table.name, slug, number))
        if item is None:
            item = await self._read_numbered(table, slug, number)
        return item if item and audience.admits(item.spoiler, item.is_mature) else None

    async def _read_numbered(self, table: ItemTable[T], slug: str, number: int) -> T | None:
        rows = await self._fetch(
            f"SELECT {table.columns} FROM {table.name}"  # noqa: S608 - our own names
            " WHERE interview = ? AND number = ?",
            self._ids[slug],
            number,
        )
        if not rows:
            return None
        item = table.item(slug, rows[0])
        self._cache.put((table.name, slug, number), item)
        return item

    async def quotes_where(
        self, slug: str, condition: str, value: int, audience: Audience, *, order: str, limit: int
    ) -> list[Quote]:
        """Read quotes that an audience may be shown; also such as are never drawn."""
        rows = await self._fetch(
            f"SELECT {QUOTES.columns} FROM quote"  # noqa: S608 - our own words
            f" WHERE interview = ? AND {condition} AND spoiler <= ? AND is_mature <= ?"
            " AND number NOT IN (SELECT value FROM json_each(?))"
            f" ORDER BY {order} LIMIT ?",
            self._ids[slug],
            value,
            audience.limit,
            audience.allows_mature,
            audience.numbers_left_out(slug),
            limit,
        )
        return [QUOTES.item(slug, row) for row in rows]

    async def prompt_of_day(self, slug: str, day: int, share: DayShare) -> Prompt | None:
        """Read the prompt whose turn it is on a day; None where an interview has none."""
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
            place_of_day(day, size, share),
        )
        return PROMPTS.item(slug, row)

    async def has(self, kind: ItemKind, slug: str, number: int) -> bool:
        """Say whether an interview has an item, whoever may see it."""
        rows = await self._fetch(
            f"SELECT 1 FROM {_TABLE_NAMES[kind]} WHERE interview = ? AND number = ?",  # noqa: S608 - our own names
            self._ids[slug],
            number,
        )
        return bool(rows)

    async def was_withdrawn(self, kind: ItemKind, slug: str, number: int) -> bool:
        """Say whether an interview had an item that its editor has withdrawn."""
        rows = await self._fetch(
            "SELECT 1 FROM withdrawn WHERE interview = ? AND kind = ? AND number = ?",
            self._ids.get(slug),
            kind.value,
            number,
        )
        return bool(rows)

    async def _fetch(self, sql: str, *parameters: object) -> list[Row]:
        return await self._content.items(sql, *parameters)
