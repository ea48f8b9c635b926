"""What must be true between the quotes of a pack, however many there are."""

import hashlib
import sqlite3
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from bot.errors import OperatorError
from bot.interview.model import Interview
from bot.interview.pack.entries import AnswerEntry, QuoteEntry
from bot.interview.pack.files import QUOTES_STREAMED
from bot.interview.pack.mistakes import Mistakes, Remark
from bot.interview.pack.rules import (
    MAX_TOPICS,
    NO_NUMBER,
    TOO_MANY_TOPICS,
    no_exchange,
    no_person,
    number_twice,
    text_twice,
)
from bot.interview.pack.source import Record
from bot.interview.words import fold
from bot.text import _

_SCHEMA: Final = """
CREATE TABLE number (key INTEGER PRIMARY KEY, entry INTEGER NOT NULL, line INTEGER NOT NULL);
CREATE TABLE words (key INTEGER PRIMARY KEY, entry INTEGER NOT NULL, line INTEGER NOT NULL);
"""
# With DO NOTHING a row that was there already would not be returned.
_NUMBER: Final = (
    "INSERT INTO number VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET line = line"
    " RETURNING entry, line"
)
_WORDS: Final = (
    "INSERT INTO words VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET line = line RETURNING entry, line"
)


class QuoteRules:
    """Checks quotes as they stream by.

    What was seen is kept in a temporary database, which spills to the disk: a million quotes
    need no more memory than fifty.
    """

    def __init__(self, interview: Interview, mistakes: Mistakes) -> None:
        self._interview = interview
        self._mistakes = mistakes
        self._topics: set[str] = set()
        self._latest: dict[Path, tuple[date, int]] = {}
        self._entries = 0
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(f"PRAGMA journal_mode = OFF; BEGIN; {_SCHEMA}")

    def close(self) -> None:
        self._database.close()

    def accept(self, record: Record[QuoteEntry]) -> bool:
        """Say whether a quote may be shown; notes what is wrong with it."""
        quote = record.entry
        self._entries += 1
        is_right = self._has_own_number(record)
        is_right &= self._is_in_order(record)
        if quote.withdrawn:
            return False
        is_right &= has_source(self._interview, record, self._mistakes)
        is_right &= self._has_own_text(record)
        self._topics.update(quote.topics or ())
        if len(self._topics) > MAX_TOPICS:
            is_right = self._note(record, TOO_MANY_TOPICS)
        return is_right

    def _has_own_number(self, record: Record[QuoteEntry]) -> bool:
        number = record.entry.number
        if number is None:
            return self._note(record, NO_NUMBER)
        first = self._earlier_line(_NUMBER, number, record.line)
        if first is None:
            return True
        return self._note(record, number_twice(number, first))

    def _has_own_text(self, record: Record[QuoteEntry]) -> bool:
        digest = hashlib.blake2b(fold(record.entry.text).encode(), digest_size=8).digest()
        first = self._earlier_line(_WORDS, int.from_bytes(digest, "big", signed=True), record.line)
        if first is None:
            return True
        return self._note(record, text_twice(first, "text"))

    def _is_in_order(self, record: Record[QuoteEntry]) -> bool:
        """Say whether a quote stands behind all that were there before it.

        A streamed file is never sorted, so what was added has to stand at its end.
        """
        if record.path.name != QUOTES_STREAMED:
            return True
        since = record.entry.since or date.min
        latest, line = self._latest.get(record.path, (date.min, 0))
        if since >= latest:
            self._latest[record.path] = since, record.line
            return True
        problem = _("comes after line {line}, which is since {latest}", line=line, latest=latest)
        remedy = _("let check --fix put it in its place")
        return self._note(record, Remark(problem, remedy, ["since"]))

    def _earlier_line(self, sql: str, key: int, line: int) -> int | None:
        """Give the line where a key stood before; None where this is the first."""
        try:
            entry, first = self._database.execute(sql, (key, self._entries, line)).fetchone()
        except sqlite3.Error as error:
            raise OperatorError(
                _("The quotes can't be compared: {why}.", why=error),
                _("Make room on the disk with temporary files, or set TMPDIR to another one."),
            ) from error
        return None if entry == self._entries else first

    def _note(self, record: Record[QuoteEntry], remark: Remark) -> bool:
        self._mistakes.note(record.path, record.passage, remark)
        return False


def has_source(
    interview: Interview, record: Record[QuoteEntry] | Record[AnswerEntry], mistakes: Mistakes
) -> bool:
    """Say whether speaker and exchange are those of the interview; notes what is wrong."""
    entry = record.entry
    is_right = True
    if entry.speaker not in interview.people_by_key:
        remark = partial(no_person, interview, entry.speaker, ["speaker"])
        mistakes.note(record.path, record.passage, remark)
        is_right = False
    if entry.exchange not in interview.exchanges_by_number:
        mistakes.note(record.path, record.passage, no_exchange(entry.exchange))
        is_right = False
    return is_right
