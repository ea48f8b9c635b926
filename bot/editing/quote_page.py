"""The commands whose page an editor picks quotes on, until Ctrl-C."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.editing.new_pack import NewPack, slug_of
from bot.editing.page_server import Serve, open_page, tell_pages
from bot.editing.picking import Picking
from bot.editing.picking_reception import PickingReception, picking_files
from bot.editing.spoken_answers import SpokenSource
from bot.editing.transcript_preview import (
    NOTHING_WRITTEN,
    TranscriptReception,
    page_files,
    review_of,
    used,
)
from bot.interview.loading.draft import refuse_taken
from bot.interview.transcript import Decisions
from bot.process.signals import stop_signals
from playground.web.conversation import Conversation

_AT_ONCE: Final = "Each quote is saved as you pick it. Ctrl-C stops the page."
Tell = Callable[[str], None]


def pick_quotes(source: SpokenSource, tell: Tell, *, port: int, opens: bool) -> None:
    """Show a pack until Ctrl-C; raises OperatorError where it cannot be read."""
    asyncio.run(_serve(source, tell, port, opens=opens))


def pick_new_quotes(
    pack: NewPack, decisions: Decisions, tell: Tell, *, port: int, opens: bool
) -> Path | None:
    """Show a transcript until it is used, then the new pack until Ctrl-C; its folder, if any.

    Raises OperatorError where the folder cannot become one, before anything is shown.
    """
    slug_of(pack.folder)
    refuse_taken(pack.folder)
    return asyncio.run(_serve_new(pack, decisions, tell, port, opens=opens))


async def _serve(source: SpokenSource, tell: Tell, port: int, *, opens: bool) -> None:
    picking = Picking(source)
    reception = PickingReception(picking)
    async with open_page(picking_files(), reception.serve, port, tell, _AT_ONCE, opens=opens):
        await _read_until_stopped(picking)


async def _serve_new(
    pack: NewPack, decisions: Decisions, tell: Tell, port: int, *, opens: bool
) -> Path | None:
    review = review_of(pack, decisions)
    files = page_files()
    stage = _PageStage(TranscriptReception(review, goes_on=True).serve)
    with stop_signals(review.end):
        async with open_page(
            files, stage.serve_page, port, tell, NOTHING_WRITTEN, opens=opens
        ) as door:
            folder = await used(review)
            if folder is not None:
                tell(f"Wrote {folder}. {_AT_ONCE}")
                source = SpokenSource(folder)
                picking = await asyncio.to_thread(Picking, source, is_new=True)
                stage.serve = PickingReception(picking).serve
                files.clear()
                files.update(picking_files())
                # Who has the page open loads it again, and gets the other one.
                await tell_pages(door, {"event": "next"})
                await _read_until_stopped(picking)
    return folder


@dataclass
class _PageStage:
    """What the one address of a page leads to, first this and then that."""

    serve: Serve

    async def serve_page(self, conversation: Conversation) -> None:
        await self.serve(conversation)


async def _read_until_stopped(picking: Picking) -> None:
    stop = asyncio.Event()
    with stop_signals(stop):
        reading = asyncio.create_task(picking.keep_reading())
        try:
            await stop.wait()
        finally:
            reading.cancel()
