"""A pack while its quotes are picked out of what was said: each change is written at once."""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from bot.editing.check import check
from bot.editing.load import tomorrow
from bot.editing.pack_view import Json, PackView, read_view, signature_of_pack
from bot.editing.picked_quotes import QuoteFields, checked
from bot.editing.quote_writer import QuoteWriter, highest_number
from bot.editing.spoken_answers import SpokenSource
from bot.errors import OperatorError
from bot.interview.model import Answer
from bot.interview.pack.entries import ColoursEntry
from bot.interview.pack.entry_edits import edit_file, with_colours
from bot.interview.pack.files import INTERVIEW
from bot.interview.pack.mistakes import Mistake, PackError
from bot.text import _

_POLL_SECONDS: Final = 0.5
_MOST_TOLD: Final = 20
"""Mistakes that are listed on the page."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SpokenPick:
    """Sentences of one answer, by their places in it, as some version of the page has them."""

    version: int
    answer: int
    places: Sequence[int]


class Picking:
    """What all open pages of a process show of a pack, and what writes into it for them."""

    def __init__(self, source: SpokenSource, *, is_new: bool = False) -> None:
        self._source = source
        self._signature = signature_of_pack(source)
        self.view: PackView = read_view(source)
        self.version = 1
        """Of the interview and of what was said in it."""
        self.mistakes: Sequence[str] = ()
        self.news = asyncio.Event()
        """Set, and another one, when there is something else to show."""
        numbers = [{"number": quote.entry.number} for quote in self.view.quotes]
        is_used = not is_new and highest_number(source.folder, numbers) > 0
        # As `check --fix` has it: no day that members have seen may change.
        self._writer = QuoteWriter(source.folder, tomorrow() if is_used else None)
        self._reading = asyncio.Lock()

    @property
    def folder(self) -> Path:
        return self._source.folder

    def quotes(self) -> list[Json]:
        return [quote.to_json(self.view.interview) for quote in self.view.quotes]

    def told_mistakes(self) -> list[str]:
        """List what is wrong with the pack, as far as somebody reads it."""
        more = len(self.mistakes) - _MOST_TOLD
        lines = [*self.mistakes[:_MOST_TOLD], *([f"and {more} more"] if more > 0 else [])]
        # What cannot be read is among them once it was checked.
        return lines or [self.view.problem] if self.view.problem else lines

    async def keep_reading(self) -> None:
        """Read and check the pack again whenever a file of it was changed."""
        checked: object = None
        while True:
            if await asyncio.to_thread(signature_of_pack, self._source) != self._signature:
                await self._refresh()
            if checked != self._signature:
                checked = self._signature
                await self._check()
            await asyncio.sleep(_POLL_SECONDS)

    async def add(self, pick: SpokenPick, fields: QuoteFields) -> int:
        """Write a new quote; gives its number."""
        view = self.view
        answer = self._answer(pick)
        return await self._write(
            lambda: self._writer.add(view.interview, answer, pick.places, fields)
        )

    async def change(self, number: int, mark: str, fields: QuoteFields) -> None:
        interview = self.view.interview
        await self._write(lambda: self._writer.change(interview, number, mark, fields))

    async def withdraw(self, number: int, mark: str) -> None:
        await self._write(lambda: self._writer.withdraw(number, mark))

    async def bring_back(self, number: int, mark: str) -> None:
        await self._write(lambda: self._writer.bring_back(number, mark))

    async def choose_colours(self, colours: Mapping[str, str]) -> None:
        path = self.folder / INTERVIEW
        checked(ColoursEntry, colours, path)
        await self._write(lambda: edit_file(path, lambda file: with_colours(file, colours)))

    async def _write(self, write: Callable[[], T]) -> T:
        try:
            # Whoever asked may leave: a thread ends what it has begun.
            return await asyncio.to_thread(write)
        except PackError as error:
            mistake = _within(self.folder, error.mistakes[0])
            raise OperatorError(
                _("{mistake}.", mistake=mistake), _("Fix that first; nothing was written.")
            ) from error
        finally:
            await self._refresh()

    def _answer(self, pick: SpokenPick) -> Answer:
        answers = self.view.answers
        if pick.version != self.version:
            raise OperatorError(
                _("The interview was read again in the meantime."),
                _("Take another look, then pick it again."),
            )
        if pick.answer < len(answers) and pick.places:
            answer = answers[pick.answer]
            if max(pick.places) < len(answer.sentences):
                return answer
        raise OperatorError(_("Those sentences aren't there."))

    async def _refresh(self) -> None:
        async with self._reading:
            signature = await asyncio.to_thread(signature_of_pack, self._source)
            view = await asyncio.to_thread(read_view, self._source, self.view)
            if view.origin != self.view.origin:
                self.version += 1
            self.view, self._signature = view, signature
        self._tell()

    async def _check(self) -> None:
        mistakes = await asyncio.to_thread(_mistakes_in, self.folder)
        if mistakes != self.mistakes:
            self.mistakes = mistakes
            self._tell()

    def _tell(self) -> None:
        event, self.news = self.news, asyncio.Event()
        event.set()


def _within(folder: Path, mistake: Mistake) -> str:
    """Write a mistake without the folder, which the page names once."""
    return str(mistake).removeprefix(f"{folder}{os.sep}")


def _mistakes_in(folder: Path) -> Sequence[str]:
    try:
        return [_within(folder, mistake) for mistake in check([folder])]
    except OperatorError as error:
        return (str(error),)
