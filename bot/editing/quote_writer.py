"""Quotes that an editor picks, changes and withdraws, written into the pack one by one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from bot.editing.picked_quotes import (
    TABLE,
    QuoteFields,
    entry_of,
    exchange_of,
    fields_of_quote,
    mark_of,
)
from bot.editing.spoken_answers import quoted_text
from bot.errors import OperatorError
from bot.interview.model import Answer, Interview
from bot.interview.pack.entry_edits import (
    Row,
    edit_file,
    entries_in,
    with_entry,
    with_fields,
)
from bot.interview.pack.files import QUOTES, QUOTES_STREAMED
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.source import read_rows
from bot.interview.pack.toml_files import TomlFile
from bot.text import _


class QuoteWriter:
    """Writes one change after the other, each whole; `since` is the first day of what is new.

    A `mark` stands for what an entry said when somebody looked at it: where it says something
    else by now, nothing is touched.
    """

    def __init__(self, folder: Path, since: date | None) -> None:
        self._folder = folder
        self._path = folder / QUOTES
        self._since = since

    def add(
        self, interview: Interview, answer: Answer, places: Sequence[int], fields: QuoteFields
    ) -> int:
        """Write a new quote; gives its number."""
        row: Row = {
            **({"since": self._since} if self._since else {}),
            "exchange": answer.exchange,
            "speaker": answer.speaker,
            "text": quoted_text(answer.sentences, places),
        }
        bare = fields_of_quote(entry_of(row, self._path), interview)
        row |= _without_none(fields.beside(bare, exchange_of(interview, answer.exchange)))
        entry_of(row, self._path)
        number = 0

        def add(file: TomlFile) -> tuple[str, Mapping[str, Any]]:
            nonlocal number
            number = highest_number(self._folder, entries_in(file, TABLE)) + 1
            return with_entry(file, TABLE, {"number": number, **row})

        edit_file(self._path, add)
        return number

    def change(self, interview: Interview, number: int, mark: str, fields: QuoteFields) -> None:
        """Write what is said of a quote beside its words."""

        def changes(entry_row: Row) -> Mapping[str, Any]:
            entry = entry_of(entry_row, self._path)
            former = fields_of_quote(entry, interview)
            return fields.beside(former, exchange_of(interview, entry.exchange))

        self._edit(number, mark, changes)

    def withdraw(self, number: int, mark: str) -> None:
        """Take a quote out of use; it stays in the file, as its number is never given again."""
        self._edit(number, mark, lambda _row: {"withdrawn": True})

    def bring_back(self, number: int, mark: str) -> None:
        self._edit(number, mark, lambda _row: {"withdrawn": None})

    def _edit(self, number: int, mark: str, changes: Callable[[Row], Mapping[str, Any]]) -> None:
        def edit(file: TomlFile) -> tuple[str, Mapping[str, Any]]:
            place = self._place(file, number, mark)
            row = entries_in(file, TABLE)[place]
            fields = changes(row)
            entry_of(_without_none({**row, **fields}), self._path)
            return with_fields(file, TABLE, place, fields)

        edit_file(self._path, edit)

    def _place(self, file: TomlFile, number: int, mark: str) -> int:
        """Find an entry that still says what somebody saw."""
        rows = entries_in(file, TABLE)
        places = [place for place, row in enumerate(rows) if row.get("number") == number]
        if len(places) == 1 and mark_of(entry_of(rows[places[0]], self._path)) == mark:
            return places[0]
        raise OperatorError(
            _("Quote {number} was changed in {name} in the meantime.", number=number, name=QUOTES),
            _("Take another look; nothing was touched."),
        )


def highest_number(folder: Path, rows: Sequence[Mapping[str, Any]]) -> int:
    """Give the highest number of a pack's quotes; `rows` are those of the file for editors."""
    streamed = (row for _line, row in read_rows(folder / QUOTES_STREAMED, Mistakes()))
    numbers = (row.get("number") for row in chain(rows, streamed))
    return max((number for number in numbers if isinstance(number, int)), default=0)


def _without_none(fields: Mapping[str, Any]) -> Row:
    return {name: value for name, value in fields.items() if value is not None}
