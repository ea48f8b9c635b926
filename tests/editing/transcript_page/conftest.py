"""The preview's page in a browser, on the server that the command starts; each tab is searched."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from bot.editing.review import Review
from bot.editing.transcript_preview import TranscriptReception, page_files
from bot.interview.transcript import Decisions
from playground.loopback import LoopbackServer
from playground.web.door import Door
from tests.editing.talks import TALK, Talk
from tests.playground.page.browser import Tab, context_options
from tests.playground.page.conftest import PATIENCE_MILLISECONDS, browser

__all__ = ["browser"]


class ReviewTab(Tab):
    """One page on a transcript."""

    async def open(self) -> None:
        await self.page.goto(self.address)
        await expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Transcript")

    @property
    def understood(self) -> Locator:
        return self.page.locator("#understood")

    @property
    def problem(self) -> Locator:
        return self.page.get_by_role("alert").first

    @property
    def lines(self) -> Locator:
        return self.page.locator(".said")

    def voice(self, name: str) -> Locator:
        heading = self.page.get_by_role("heading", level=3, name=name, exact=True)
        return self.page.locator(".voice").filter(has=heading)

    def does(self, words: str, name: str) -> Locator:
        return self.page.get_by_role("button", name=f"{words}: {name}", exact=True)


@dataclass
class Desk:
    """A transcript that is looked at."""

    talk: Talk
    review: Review
    door: Door

    @property
    def address(self) -> str:
        return self.door.url


@asynccontextmanager
async def open_desk(
    folder: Path, text: str = TALK, name: str = "talk.txt", decisions: Decisions | None = None
) -> AsyncIterator[Desk]:
    talk = Talk(folder, text, name)
    review = talk.review(decisions)
    server = LoopbackServer()
    door = Door(server, page_files(), TranscriptReception(review).serve)
    reading = asyncio.create_task(review.keep_reading())
    await server.start()
    try:
        yield Desk(talk, review, door)
    finally:
        reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await reading
        await server.stop()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as desk:
        yield desk


OpenReview = Callable[..., Awaitable[ReviewTab]]


@pytest.fixture
async def open_review(browser: Browser) -> AsyncIterator[OpenReview]:
    """Open tabs, each in a window of its own; none may end with a mistake in it."""
    tabs: list[ReviewTab] = []

    async def open_one(address: str, **options: Any) -> ReviewTab:
        window = await browser.new_context(**context_options(options))
        window.set_default_timeout(PATIENCE_MILLISECONDS)
        tabs.append(ReviewTab(await window.new_page(), address))
        await tabs[-1].open()
        return tabs[-1]

    yield open_one
    await asyncio.gather(*(tab.page.context.close() for tab in tabs))
    assert [mistake for tab in tabs for mistake in tab.mistakes] == []


@pytest.fixture
async def tab(desk: Desk, open_review: OpenReview) -> ReviewTab:
    return await open_review(desk.address)
