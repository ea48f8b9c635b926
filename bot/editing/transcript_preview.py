"""The page on which a transcript is seen as it was understood, before it becomes a pack."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.editing.page_requests import text_in, texts_in, whole_in
from bot.editing.page_server import files_with_shared, open_page, tell_pages
from bot.editing.review import Review
from bot.editing.understanding import ANSWERER, Undertaking
from bot.errors import OperatorError
from bot.interview.transcript import Decisions
from bot.interview.transcript.decisions import MAX_LABEL, MAX_NAME
from bot.process.signals import stop_signals
from bot.reading.bounded import open_bounded
from bot.reading.values import bare
from bot.text import _
from playground.web.conversation import Conversation
from playground.wire import Json

NOTHING_WRITTEN: Final = "Nothing is written until you choose Use this. Ctrl-C stops the page."
_ANY_SIZE: Final = 1 << 62
_FILES: Final = Path(__file__).with_name("transcript_page")


def preview_transcript(
    load: Undertaking, decisions: Decisions, tell: Callable[[str], None], *, port: int, opens: bool
) -> Path | None:
    """Show a transcript until it is used, or Ctrl-C; the folder of the pack, if one was written.

    `tell` is given lines for who started it. Raises FileError where there is no such file.
    """
    return asyncio.run(_serve(review_of(load, decisions), tell, port, opens=opens))


def review_of(load: Undertaking, decisions: Decisions) -> Review:
    """Begin to look at a transcript; raises FileError where there is no such file."""
    with open_bounded(load.file, _ANY_SIZE):
        return Review(load, decisions)


def page_files() -> dict[str, Path]:
    """Give all files of the page by the names under which they are asked for."""
    return files_with_shared(_FILES)


async def _serve(
    review: Review, tell: Callable[[str], None], port: int, *, opens: bool
) -> Path | None:
    reception = TranscriptReception(review)
    with stop_signals(review.end):
        async with open_page(
            page_files(), reception.serve, port, tell, NOTHING_WRITTEN, opens=opens
        ) as door:
            folder = await used(review)
            await tell_pages(door, reception.state())
    return folder


async def used(review: Review) -> Path | None:
    """Read a transcript again as long as somebody decides about it; the folder, if it was used."""
    reading = asyncio.create_task(review.keep_reading())
    try:
        await review.end.wait()
        return await review.finish()
    finally:
        reading.cancel()


class TranscriptReception:
    """Answers the open pages of a review; `goes_on` says that another page comes after it."""

    def __init__(self, review: Review, *, goes_on: bool = False) -> None:
        self._review = review
        self._goes_on = goes_on
        self._actions: Mapping[str, Callable[[Json], Json]] = {
            "lines": self._lines,
            "rename": self._rename,
            "join": self._join,
            "split": self._split,
            "ask": self._ask,
            "silence": self._silence,
            "bring_back": self._bring_back,
            "answerer": self._answerer,
            "shape": self._shape,
            "undo": self._undo,
            "start_over": self._start_over,
        }

    async def serve(self, conversation: Conversation) -> None:
        await conversation.answer(self._act, OperatorError, self._narrate(conversation))

    def state(self) -> Json:
        return {"event": "state", "goesOn": self._goes_on, **self._review.state()}

    async def _narrate(self, conversation: Conversation) -> None:
        """Tell a page what is new: what was understood only where it has an older one."""
        version = 0
        while True:
            news, state = self._review.news, self.state()
            if version != self._review.version:
                version = self._review.version
                state["overview"] = self._review.understanding.overview()
            await conversation.send(state)
            await news.wait()

    async def _act(self, request: Json) -> Json:
        if request.get("do") == "use":
            return await self._use(request)
        action = self._actions.get(str(request.get("do")))
        if action is None:
            raise OperatorError(_("There's no such action."))
        return action(request)

    async def _use(self, request: Json) -> Json:
        folder = await self._review.use(whole_in(request, "version"))
        return {"folder": str(folder)}

    def _lines(self, request: Json) -> Json:
        if whole_in(request, "version") != self._review.version:
            # The page is told of the newer ones anyway.
            return {"version": self._review.version, "rows": None}
        rows = self._review.understanding.rows(whole_in(request, "start"))
        return {"version": self._review.version, "rows": rows}

    def _rename(self, request: Json) -> Json:
        labels, name = texts_in(request, "labels"), _name(request)
        self._review.change(lambda voices: voices.rename(labels, name))
        return {}

    def _join(self, request: Json) -> Json:
        labels, others = texts_in(request, "labels"), texts_in(request, "others")
        self._review.change(lambda voices: voices.join(labels, others))
        return {}

    def _split(self, request: Json) -> Json:
        label = text_in(request, "label", MAX_LABEL)
        self._review.change(lambda voices: voices.split(label))
        return {}

    def _ask(self, request: Json) -> Json:
        labels, does = texts_in(request, "labels"), bool(request.get("does"))
        self._review.change(lambda voices: voices.ask(labels, does=does))
        return {}

    def _silence(self, request: Json) -> Json:
        labels = texts_in(request, "labels")
        self._review.change(lambda voices: voices.silence(labels))
        return {}

    def _bring_back(self, request: Json) -> Json:
        label = text_in(request, "label", MAX_LABEL)
        self._review.change(lambda voices: voices.bring_back(label))
        return {}

    def _answerer(self, request: Json) -> Json:
        self._review.replace(self._review.decisions.naming({ANSWERER: _name(request)}))
        return {}

    def _shape(self, request: Json) -> Json:
        shape = text_in(request, "shape", MAX_LABEL)
        self._review.replace(replace(self._review.decisions, shape=shape))
        return {}

    def _undo(self, _request: Json) -> Json:
        self._review.undo()
        return {}

    def _start_over(self, _request: Json) -> Json:
        self._review.replace(Decisions())
        return {}


def _name(request: Json) -> str:
    name = bare(text_in(request, "name", MAX_NAME))
    if not name or not name.isprintable():
        raise OperatorError(_("A name needs letters and has to fit on one line."))
    return name
