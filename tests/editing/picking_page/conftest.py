"""The page on which quotes are picked, in a browser; each tab is searched for mistakes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import tomli
from playwright.async_api import Browser, Locator, expect

from bot.editing.new_pack import NewPack
from bot.editing.picking import Picking
from bot.editing.picking_reception import PickingReception, picking_files
from bot.editing.spoken_answers import SpokenSource
from bot.interview.transcript import Decisions
from playground.loopback import LoopbackServer
from playground.web.door import Door
from tests.editing.talks import LONG_TALK
from tests.playground.page.browser import Tab, context_options
from tests.playground.page.conftest import PATIENCE_MILLISECONDS, browser

__all__ = ["browser"]


class PickingTab(Tab):
    """One page on a pack."""

    async def open(self) -> None:
        await self.page.goto(self.address)
        await expect(self.sentences.first).to_be_attached()

    @property
    def sentences(self) -> Locator:
        return self.page.locator(".sentence")

    def sentence(self, words: str) -> Locator:
        return self.sentences.filter(has_text=words)

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("form", name="Quote")

    @property
    def status(self) -> Locator:
        return self.page.locator("#status")

    @property
    def problem(self) -> Locator:
        return self.page.get_by_role("alert")

    def does(self, words: str) -> Locator:
        return self.form.get_by_role("button", name=words, exact=True)


@dataclass
class PickingDesk:
    """A pack whose quotes are picked."""

    folder: Path
    picking: Picking
    door: Door

    @property
    def address(self) -> str:
        return self.door.url

    @property
    def quotes(self) -> Path:
        return self.folder / "quotes.toml"

    def rows(self) -> list[dict[str, Any]]:
        return tomli.loads(self.quotes.read_text("utf-8")).get("quotes", [])


@asynccontextmanager
async def open_pack(folder: Path, text: str = LONG_TALK) -> AsyncIterator[PickingDesk]:
    talk = folder / "talk.txt"
    talk.write_text(text, "utf-8")
    pack = NewPack(talk, folder / "oven", picks=True)
    pack.write(pack.plan(pack.parse(Decisions())), Decisions())
    picking = Picking(SpokenSource(pack.folder), is_new=True)
    server = LoopbackServer()
    door = Door(server, picking_files(), PickingReception(picking).serve)
    reading = asyncio.create_task(picking.keep_reading())
    await server.start()
    try:
        yield PickingDesk(pack.folder, picking, door)
    finally:
        reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await reading
        await server.stop()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[PickingDesk]:
    async with open_pack(tmp_path) as desk:
        yield desk


OpenPicking = Callable[..., Awaitable[PickingTab]]


@pytest.fixture
async def open_picking(browser: Browser) -> AsyncIterator[OpenPicking]:
    """Open tabs, each in a window of its own; none may end with a mistake in it."""
    tabs: list[PickingTab] = []

    async def open_one(address: str, **options: Any) -> PickingTab:
        window = await browser.new_context(**context_options(options))
        window.set_default_timeout(PATIENCE_MILLISECONDS)
        tabs.append(PickingTab(await window.new_page(), address))
        await tabs[-1].open()
        return tabs[-1]

    yield open_one
    await asyncio.gather(*(tab.page.context.close() for tab in tabs))
    assert [mistake for tab in tabs for mistake in tab.mistakes] == []


@pytest.fixture
async def tab(desk: PickingDesk, open_picking: OpenPicking) -> PickingTab:
    return await open_picking(desk.address)
