"""The page on which a transcript is seen as it was understood, before it becomes a pack."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.editing.kept_decisions import Load
from bot.editing.review import Review
from bot.editing.understanding import ANSWERER
from bot.errors import OperatorError
from bot.interview.transcript import Decisions
from bot.interview.transcript.decisions import MAX_LABEL, MAX_NAME
from bot.process.signals import stop_signals
from bot.reading.bounded import open_bounded
from bot.reading.values import bare
from bot.text import _
from playground.loopback import LoopbackServer
from playground.web.browser import free_port, open_browser
from playground.web.conversation import Conversation
from playground.web.door import PAGE, Door, files_of
from playground.wire import Json, is_list

_FILES: Final = Path(__file__).with_name("transcript_page")
_SHARED: Final = ("dom.js", "socket.js", "theme.css")
"""Files of the playground's page that this one has, too."""
_ANY_SIZE: Final = 1 << 62
_GOODBYE_SECONDS: Final = 2.0


def preview_transcript(
    load: Load, decisions: Decisions, tell: Callable[[str], None], *, port: int, opens: bool
) -> Path | None:
    """Show a transcript until it is used, or Ctrl-C; the folder of the pack, if one was written.

    `tell` is given lines for who started it. Raises FileError where there is no such file.
    """
    with open_bounded(load.file, _ANY_SIZE):
        review = Review(load, decisions)
    return asyncio.run(_serve(review, tell, port, opens=opens))


def page_files() -> dict[str, Path]:
    """Give all files of the page by the names under which they are asked for."""
    return {name: PAGE / name for name in _SHARED} | files_of(_FILES)


async def _serve(
    review: Review, tell: Callable[[str], None], port: int, *, opens: bool
) -> Path | None:
    server = LoopbackServer(free_port(port))
    reception = TranscriptReception(review)
    door = Door(server, page_files(), reception.serve)
    reading = asyncio.create_task(review.keep_reading())
    with stop_signals(review.end):
        await server.start()
        try:
            if port not in (0, server.port):
                tell(f"Port {port} is in use; the preview is on {server.port}.")
            tell(f"The preview: {door.url}")
            tell("Nothing is written until you choose Use this there. Ctrl-C stops it.")
            if opens:
                await open_browser(door.url)
            await review.end.wait()
            folder = await review.finish()
            await _say_goodbye(door, reception)
        finally:
            reading.cancel()
            await server.stop()
    return folder


async def _say_goodbye(door: Door, reception: "TranscriptReception") -> None:
    """Tell every page how it ended; one that reads nothing is not waited for."""
    sends = [
        asyncio.create_task(conversation.send(reception.state()))
        for conversation in door.conversations
    ]
    if sends:
        await asyncio.wait(sends, timeout=_GOODBYE_SECONDS)


class TranscriptReception:
    """Answers the open pages of a review."""

    def __init__(self, review: Review) -> None:
        self._review = review
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
        return {"event": "state", **self._review.state()}

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
        folder = await self._review.use(_whole(request, "version"))
        return {"folder": str(folder)}

    def _lines(self, request: Json) -> Json:
        if _whole(request, "version") != self._review.version:
            # The page is told of the newer ones anyway.
            return {"version": self._review.version, "rows": None}
        rows = self._review.understanding.rows(_whole(request, "start"))
        return {"version": self._review.version, "rows": rows}

    def _rename(self, request: Json) -> Json:
        labels, name = _labels(request, "labels"), _name(request)
        self._review.change(lambda voices: voices.rename(labels, name))
        return {}

    def _join(self, request: Json) -> Json:
        labels, others = _labels(request, "labels"), _labels(request, "others")
        self._review.change(lambda voices: voices.join(labels, others))
        return {}

    def _split(self, request: Json) -> Json:
        label = _text(request, "label", MAX_LABEL)
        self._review.change(lambda voices: voices.split(label))
        return {}

    def _ask(self, request: Json) -> Json:
        labels, does = _labels(request, "labels"), bool(request.get("does"))
        self._review.change(lambda voices: voices.ask(labels, does=does))
        return {}

    def _silence(self, request: Json) -> Json:
        labels = _labels(request, "labels")
        self._review.change(lambda voices: voices.silence(labels))
        return {}

    def _bring_back(self, request: Json) -> Json:
        label = _text(request, "label", MAX_LABEL)
        self._review.change(lambda voices: voices.bring_back(label))
        return {}

    def _answerer(self, request: Json) -> Json:
        self._review.replace(self._review.decisions.naming({ANSWERER: _name(request)}))
        return {}

    def _shape(self, request: Json) -> Json:
        shape = _text(request, "shape", MAX_LABEL)
        self._review.replace(replace(self._review.decisions, shape=shape))
        return {}

    def _undo(self, _request: Json) -> Json:
        self._review.undo()
        return {}

    def _start_over(self, _request: Json) -> Json:
        self._review.replace(Decisions())
        return {}


def _name(request: Json) -> str:
    name = bare(_text(request, "name", MAX_NAME))
    if not name or not name.isprintable():
        raise OperatorError(_("A name needs letters and has to fit on one line."))
    return name


def _labels(request: Json, field_name: str) -> Sequence[str]:
    value = request.get(field_name)
    if not is_list(value) or not all(isinstance(label, str) for label in value):
        raise OperatorError(_("{field} is no list of labels.", field=field_name))
    return value


def _text(request: Json, field_name: str, most: int) -> str:
    value = request.get(field_name)
    if not isinstance(value, str):
        raise OperatorError(_("{field} is no text.", field=field_name))
    if len(value) > most:
        raise OperatorError(
            _("That is too long: {count} letters.", count=len(value)),
            _("It may have {most}.", most=most),
        )
    return value


def _whole(request: Json, field_name: str) -> int:
    value = request.get(field_name)
    if not isinstance(value, int) or value < 0:
        raise OperatorError(_("{field} is no number.", field=field_name))
    return value
