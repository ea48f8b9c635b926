"""The page on which quotes are picked: what it asks for, and what it is told."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from bot.editing.page_requests import text_in, texts_in, whole_in, wholes_in
from bot.editing.page_server import files_with_shared
from bot.editing.picked_quotes import LEVELS, QuoteFields
from bot.editing.picking import Picking, SpokenPick
from bot.errors import OperatorError
from bot.interview.loading.passages import MAX_WORDS, MIN_WORDS
from bot.interview.pack.files import QUOTES_STREAMED
from bot.interview.words import fold
from bot.reading.bounded import is_there
from bot.text import ENCORE, _
from playground.web.conversation import Conversation
from playground.wire import Json

_FILES: Final = Path(__file__).with_name("picking_page")
_SHARED: Final = ("review.css", "lines.css")
"""Files that it has from the page before it."""
_MARK: Final = 64
_COLOUR: Final = 7
_COLOURS: Final = ("background", "text", "accent")


def picking_files() -> dict[str, Path]:
    """Give all files of the page by the names under which they are asked for."""
    beside = _FILES.with_name("transcript_page")
    shared = {name: beside / name for name in _SHARED}
    return files_with_shared(_FILES) | shared


class PickingReception:
    """Answers the open pages of a pack."""

    def __init__(self, picking: Picking) -> None:
        self._picking = picking
        self._actions: Mapping[str, Callable[[Json], Awaitable[Json]]] = {
            "sentences": self._sentences,
            "add": self._add,
            "change": self._change,
            "withdraw": self._withdraw,
            "bring_back": self._bring_back,
            "colours": self._colours,
        }

    async def serve(self, conversation: Conversation) -> None:
        await conversation.answer(self._act, OperatorError, self._narrate(conversation))

    async def _narrate(self, conversation: Conversation) -> None:
        """Tell a page what is new: the quotes only where it has older ones, as the questions."""
        version, view = 0, None
        while True:
            picking = self._picking
            news = picking.news
            state: Json = {
                "event": "pack",
                "version": picking.version,
                "folder": str(picking.folder),
                "mistakes": picking.told_mistakes(),
            }
            if version != picking.version:
                version = picking.version
                state["overview"] = self._overview()
            if view is not picking.view:
                view = picking.view
                state |= {"quotes": picking.quotes(), "topics": view.all_topics()}
            await conversation.send(state)
            await news.wait()

    def _overview(self) -> Json:
        return {
            **self._picking.view.overview(),
            "least": MIN_WORDS,
            "most": MAX_WORDS,
            "see": f"{ENCORE} playground --pack {self._picking.folder}",
            "check": f"{ENCORE} check {self._picking.folder}",
            "hasMore": is_there(self._picking.folder / QUOTES_STREAMED),
        }

    async def _act(self, request: Json) -> Json:
        action = self._actions.get(str(request.get("do")))
        if action is None:
            raise OperatorError(_("There's no such action."))
        return await action(request)

    async def _sentences(self, request: Json) -> Json:
        version = self._picking.version
        if whole_in(request, "version") != version:
            # The page is told of the newer ones anyway.
            return {"version": version, "sentences": None}
        start = whole_in(request, "start")
        return {"version": version, "sentences": self._picking.view.sentences(start)}

    async def _add(self, request: Json) -> Json:
        pick = SpokenPick(
            whole_in(request, "version"), whole_in(request, "answer"), wholes_in(request, "places")
        )
        return {"number": await self._picking.add(pick, _fields(request))}

    async def _change(self, request: Json) -> Json:
        await self._picking.change(*_which(request), _fields(request))
        return {}

    async def _withdraw(self, request: Json) -> Json:
        await self._picking.withdraw(*_which(request))
        return {}

    async def _bring_back(self, request: Json) -> Json:
        await self._picking.bring_back(*_which(request))
        return {}

    async def _colours(self, request: Json) -> Json:
        await self._picking.choose_colours(
            {name: text_in(request, name, _COLOUR) for name in _COLOURS}
        )
        return {}


def _which(request: Json) -> tuple[int, str]:
    return whole_in(request, "number"), text_in(request, "mark", _MARK)


def _fields(request: Json) -> QuoteFields:
    topics = {fold(topic): topic.strip() for topic in reversed(texts_in(request, "topics"))}
    spoiler = text_in(request, "spoiler", _MARK)
    if spoiler not in LEVELS:
        raise OperatorError(_("There's no spoiler level {level!r}.", level=spoiler))
    return QuoteFields(
        tuple(topic for topic in reversed(topics.values()) if topic),
        spoiler,
        mature=request.get("mature") is True,
        drawn=request.get("drawn") is True,
    )
