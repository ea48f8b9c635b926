"""The rows of the content database, written as the packs stream by."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any, Final, TypeVar

from bot.interview.library.marks import MATURE, SPOILER, speaker_mark, topic_mark
from bot.interview.library.slots import Slots
from bot.interview.model import CuratedQuestion, Fact, Interview, ItemKind, Quote
from bot.interview.pack.packs import Pack, Packs
from bot.interview.pack.translation import Translation
from bot.interview.words import holds_any, words_of

T = TypeVar("T")

_BATCH: Final = 2000
_QUICK: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -16384;
"""

# Made when the rows are there: that is quicker than keeping them up to date.
_INDEXES: Final = (
    "CREATE UNIQUE INDEX quote_number ON quote (interview, number)",
    "CREATE UNIQUE INDEX fact_number ON fact (interview, number)",
    "CREATE INDEX quote_exchange ON quote (interview, exchange, id)",
)


@dataclass(slots=True)
class Counts:
    """How much there is, for the log and for `check`."""

    interviews: int = 0
    quotes: int = 0
    facts: int = 0
    questions: int = 0

    def __str__(self) -> str:
        return (
            f"{self.interviews} interviews, {self.quotes} quotes, {self.facts} facts,"
            f" {self.questions} questions"
        )


def write_packs(database: sqlite3.Connection, schema: str, packs: Packs) -> Counts:
    """Write all packs into an empty database; raises PackError with every mistake in any."""
    database.executescript(_QUICK)
    database.executescript(f"BEGIN; {schema}")
    counts = Counts()
    for number, pack in enumerate(packs.packs, 1):
        _Writing(database, number, pack, counts).write()
    packs.mistakes.raise_if_any()
    database.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, word, row)")
    database.execute("INSERT INTO frequency SELECT term, doc FROM temp.vocabulary")
    database.execute("INSERT INTO word (word) VALUES ('optimize')")
    for index in _INDEXES:
        database.execute(index)
    database.execute("COMMIT")
    database.execute("ANALYZE")
    return counts


class _Writing:
    """Writes one pack."""

    def __init__(
        self, database: sqlite3.Connection, interview_id: int, pack: Pack, counts: Counts
    ) -> None:
        self._database = database
        self._id = interview_id
        self._pack = pack
        self._counts = counts
        facets = _number(database, "SELECT coalesce(max(id), 0) FROM facet")
        self._slots = Slots(pack.interview, facets + 1)
        self._topics: dict[str, int] = {}
        self._speakers: set[str] = set()
        self._people = {person.key: n for n, person in enumerate(pack.interview.people)}
        self._levels: Counter[int] = Counter()

    def write(self) -> None:
        first = _number(self._database, "SELECT coalesce(max(id), 0) FROM quote") + 1
        last = first - 1
        for batch in _batches(enumerate(self._pack.quotes(), first)):
            self._write_quotes(batch)
            last = batch[-1][0]
        self._write_facts(self._pack.facts)
        self._write_questions(self._pack.questions)
        self._insert(
            "prompt",
            [(self._id, prompt.number, prompt.text) for prompt in self._pack.prompts],
        )
        self._insert("facet", [(row[0], self._id, *row[1:]) for row in self._slots.facets()])
        self._insert("withdrawn", [(self._id, *one) for one in sorted(self._pack.withdrawn)])
        self._write_answers()
        document = self._document(self._interview)
        self._insert("interview", [(self._id, self._interview.slug, document, first, last)])
        for translation in self._pack.translations:
            self._write_translation(translation)
        self._counts.interviews += 1

    @property
    def _interview(self) -> Interview:
        return self._pack.interview

    def _write_quotes(self, batch: list[tuple[int, Quote]]) -> None:
        self._insert("quote", [_quote_row(n, self._id, quote) for n, quote in batch])
        self._insert("slot", [slot for n, quote in batch for slot in self._slots.of(quote, n)])
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
        first = _number(self._database, "SELECT coalesce(max(id), 0) FROM fact") + 1
        numbered = list(enumerate(facts, first))
        self._insert("fact", [_fact_row(n, self._id, fact) for n, fact in numbered])
        self._insert("slot", [slot for n, fact in numbered for slot in self._slots.of(fact, n)])
        self._counts.facts += len(facts)

    def _write_questions(self, questions: list[CuratedQuestion]) -> None:
        first = _number(self._database, "SELECT coalesce(max(id), 0) FROM question") + 1
        numbered = list(enumerate(questions, first))
        self._insert("question", [_question_row(n, self._id, one) for n, one in numbered])
        self._insert("slot", [slot for n, one in numbered for slot in self._slots.of(one, n)])
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
            self._insert("sentence", rows)

    def _write_translation(self, translation: Translation) -> None:
        key = self._id, translation.language
        document = self._document(translation.interview(self._interview))
        self._insert("interview_language", [(*key, document)])
        self._insert(
            "translation",
            [
                (*key, kind.value, number, json.dumps(fields, ensure_ascii=False))
                for kind in (ItemKind.FACT, ItemKind.QUESTION, ItemKind.PROMPT)
                for number, fields in translation.numbered(kind.value)
            ],
        )

    def _document(self, interview: Interview) -> str:
        """Write the interview itself; who speaks in it is only known after the last quote."""
        people = [
            replace(person, is_speaker=person.key in self._speakers) for person in interview.people
        ]
        document = asdict(replace(interview, people=tuple(people)))
        return json.dumps({"topics": list(self._topics), **document}, ensure_ascii=False)

    def _insert(self, table: str, rows: list[Any]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            sql = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608 - names of our own tables
            self._database.executemany(sql, rows)


def _quote_row(quote_id: int, interview_id: int, quote: Quote) -> tuple[object, ...]:
    return (
        quote_id,
        interview_id,
        quote.number,
        quote.exchange,
        quote.speaker,
        quote.text,
        _listed(quote.topics),
        int(quote.spoiler),
        quote.is_mature,
        quote.is_drawn,
    )


def _fact_row(fact_id: int, interview_id: int, fact: Fact) -> tuple[object, ...]:
    return (
        fact_id,
        interview_id,
        fact.number,
        _listed(fact.people),
        fact.exchange,
        fact.text,
        _listed(fact.topics),
        int(fact.spoiler),
        fact.is_mature,
        fact.who,
        fact.false_version,
        fact.explanation,
        fact.place,
        fact.of,
    )


def _question_row(
    question_id: int, interview_id: int, question: CuratedQuestion
) -> tuple[object, ...]:
    return (
        question_id,
        interview_id,
        question.number,
        question.exchange,
        question.prompt,
        question.right,
        _listed(question.wrong),
        question.explanation,
        question.difficulty.value,
        question.about,
        int(question.spoiler),
        question.is_mature,
    )


def _listed(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def _number(database: sqlite3.Connection, sql: str) -> int:
    return database.execute(sql).fetchone()[0]


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch
