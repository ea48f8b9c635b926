"""The rows of the content database, written as the packs stream by."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from bot.interview.library.marks import MATURE, SPOILER, speaker_mark, topic_mark
from bot.interview.library.rows import (
    FACTS,
    PROMPTS,
    QUESTIONS,
    QUOTES,
    ItemTable,
    interview_document,
    translation_text,
)
from bot.interview.library.slots import Slots
from bot.interview.model import CuratedQuestion, Fact, Interview, ItemKind, Quote
from bot.interview.pack.items import rival_statements
from bot.interview.pack.pack import Pack
from bot.interview.pack.packs import Packs
from bot.interview.pack.translation import Translation
from bot.interview.words import holds_any, words_of
from bot.text import printable

T = TypeVar("T")
Item = TypeVar("Item", Quote, Fact, CuratedQuestion)

# Enough that a statement's cost is shared, few enough that a pack of a million needs no memory.
_BATCH: Final = 2000
# The file gets its name when it is whole, so that nothing in it has to survive a crash.
_QUICK: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -16384;
"""


@dataclass(slots=True)
class Counts:
    """How much there is, for the log and for `check`."""

    interviews: int = 0
    quotes: int = 0
    facts: int = 0
    questions: int = 0

    def __str__(self) -> str:
        counts = {
            "interview": self.interviews,
            "quote": self.quotes,
            "fact": self.facts,
            "question": self.questions,
        }
        return ", ".join(f"{n:,} {name}{'' if n == 1 else 's'}" for name, n in counts.items())


def write_packs(
    database: sqlite3.Connection,
    schema: str,
    indexes: str,
    packs: Packs,
    left_out: Mapping[Path, str] = MappingProxyType({}),
) -> Counts:
    """Write all packs into an empty database; raises PackError with every mistake in any.

    `left_out` are the folders of others that have mistakes, with what is told of them.
    """
    database.executescript(_QUICK)
    database.executescript(f"BEGIN; {schema}")
    counts = Counts()
    for number, pack in enumerate(packs.packs, 1):
        _PackWriter(database, number, pack, counts).write()
    packs.mistakes.raise_if_any()
    database.executemany(
        "INSERT INTO left_out (folder, why) VALUES (?, ?)",
        [(printable(str(folder)), why) for folder, why in left_out.items()],
    )
    # Counted once here: the view of the vocabulary goes through the whole index each time.
    database.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, word, row)")
    database.execute("INSERT INTO frequency SELECT term, doc FROM temp.vocabulary")
    # A command to FTS5: it merges the index into a single tree.
    database.execute("INSERT INTO word (word) VALUES ('optimize')")
    database.execute("COMMIT")
    database.executescript(indexes)
    database.execute("ANALYZE")
    return counts


class _PackWriter:
    """Writes one pack."""

    def __init__(
        self, database: sqlite3.Connection, interview_id: int, pack: Pack, counts: Counts
    ) -> None:
        self._database = database
        self._id = interview_id
        self._pack = pack
        self._counts = counts
        self._slots = Slots(pack.interview, _next_id(database, "facet"))
        self._topics: dict[str, int] = {}
        self._speakers: set[str] = set()
        self._people = {person.key: n for n, person in enumerate(pack.interview.people)}
        self._levels: Counter[int] = Counter()

    def write(self) -> None:
        first_quote = self._next_id(QUOTES)
        for batch in _batches(enumerate(self._pack.quotes(), first_quote)):
            self._write_quotes(batch)
        last_quote = self._next_id(QUOTES) - 1
        self._write_facts(self._pack.facts)
        self._write_questions(self._pack.questions)
        self._write_facets()
        self._write_answers()
        self._write_numbers()
        document = self._document(self._interview)
        self._insert(
            "interview",
            "id, slug, document, first_quote, last_quote",
            [(self._id, self._interview.slug, document, first_quote, last_quote)],
        )
        for translation in self._pack.translations:
            self._write_translation(translation)
        self._counts.interviews += 1

    def _write_facets(self) -> None:
        self._insert(
            "facet",
            "interview, id, kind, person, topic, difficulty, spoiler, is_mature, size, stamp,"
            " arrivals",
            [(self._id, *row) for row in self._slots.facets()],
        )

    def _write_numbers(self) -> None:
        """Write the prompts, and the numbers of items there were."""
        prompts = [(self._id, *PROMPTS.row(prompt)) for prompt in self._pack.prompts]
        self._insert("prompt", f"interview, {PROMPTS.columns}", prompts)
        withdrawn = [(self._id, *item) for item in sorted(self._pack.withdrawn)]
        self._insert("withdrawn", "interview, kind, number", withdrawn)

    @property
    def _interview(self) -> Interview:
        return self._pack.interview

    def _write_quotes(self, batch: list[tuple[int, Quote]]) -> None:
        self._insert_items(QUOTES, batch)
        self._database.executemany(
            "INSERT INTO word (rowid, folded) VALUES (?, ?)",
            [(n, self._folded(quote)) for n, quote in batch],
        )
        for _n, quote in batch:
            self._speakers.add(quote.speaker)
            self._levels[quote.exchange] = max(self._levels[quote.exchange], quote.spoiler)
        self._counts.quotes += len(batch)

    def _folded(self, quote: Quote) -> str:
        """Write a quote as the index keeps it: its words, and marks for what it can be asked by."""
        topics = [self._topics.setdefault(topic, len(self._topics)) for topic in quote.topics]
        marks = [speaker_mark(self._people[quote.speaker]), *map(topic_mark, topics)]
        if quote.is_mature:
            marks.append(MATURE)
        if quote.spoiler:
            marks.append(SPOILER[quote.spoiler])
        return " ".join([*dict.fromkeys(words_of(quote.text)), *marks])

    def _write_facts(self, facts: list[Fact]) -> None:
        self._insert_items(FACTS, list(enumerate(facts, self._next_id(FACTS))))
        self._counts.facts += len(facts)

    def _write_questions(self, questions: list[CuratedQuestion]) -> None:
        self._insert_items(QUESTIONS, list(enumerate(questions, self._next_id(QUESTIONS))))
        rivals = [(self._id, *pair) for pair in sorted(rival_statements(questions))]
        self._insert("rival", "interview, statement, other", rivals)
        self._counts.questions += len(questions)

    def _write_answers(self) -> None:
        turns: Counter[int] = Counter()
        positions: Counter[int] = Counter()
        for answer in self._pack.answers():
            exchange = answer.exchange
            level = max(
                self._interview.exchanges_by_number[exchange].spoiler, self._levels[exchange]
            )
            rows: list[tuple[object, ...]] = []
            for text in answer.sentences:
                is_mature = holds_any(text, self._pack.mature_words)
                row = (exchange, positions[exchange], turns[exchange], answer.speaker, text)
                rows.append((self._id, *row, level, is_mature))
                positions[exchange] += 1
            turns[exchange] += 1
            self._insert(
                "sentence",
                "interview, exchange, position, turn, speaker, text, spoiler, is_mature",
                rows,
            )

    def _write_translation(self, translation: Translation) -> None:
        key = self._id, translation.language
        document = self._document(translation.interview(self._interview))
        self._insert("interview_language", "interview, language, document", [(*key, document)])
        self._insert(
            "translation",
            "interview, language, kind, number, fields",
            [
                (*key, kind.value, number, translation_text(fields))
                for kind in (ItemKind.FACT, ItemKind.QUESTION, ItemKind.PROMPT)
                for number, fields in translation.numbered(kind.value)
            ],
        )

    def _document(self, interview: Interview) -> str:
        """Write the interview itself; who speaks in it is only known after the last quote."""
        people = [
            replace(person, is_speaker=person.key in self._speakers) for person in interview.people
        ]
        return interview_document(replace(interview, people=tuple(people)), self._topics)

    def _next_id(self, table: ItemTable[Any]) -> int:
        return _next_id(self._database, table.name)

    def _insert_items(self, table: ItemTable[Item], items: Sequence[tuple[int, Item]]) -> None:
        """Insert items by their ids, each with its slots."""
        self._insert(
            table.name,
            f"id, interview, {table.columns}",
            [(item_id, self._id, *table.row(item)) for item_id, item in items],
        )
        slots = [slot for item_id, item in items for slot in self._slots.of(item, item_id)]
        self._insert("slot", "facet, place, item", slots)

    def _insert(self, table: str, columns: str, rows: Sequence[tuple[object, ...]]) -> None:
        marks = ", ".join("?" * len(columns.split(",")))
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
        self._database.executemany(sql, rows)


def _next_id(database: sqlite3.Connection, table: str) -> int:
    sql = f"SELECT coalesce(max(id), 0) + 1 FROM {table}"  # noqa: S608 - our own names
    return database.execute(sql).fetchone()[0]


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch
