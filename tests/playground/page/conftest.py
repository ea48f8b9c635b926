"""A browser, the playground that it opens, and bots for it; each tab is searched for mistakes."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from playground import LoopbackDiscord
from playground.web import Page
from tests.end_to_end.stage import BotProcess
from tests.playground.page.browser import Tab, context_options
from tests.playground.page.puppet import Puppet, command, option, puppet

# A green run waits for none of it.
PATIENCE_MILLISECONDS = 60_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
COMMANDS = [
    command("show"),
    command("form"),
    command(
        "take",
        option("word", 3, required=True),
        option("number", 4, min_value=1),
        option("sure", 5),
        option("who", 6),
        option("where", 7),
        option("role", 8),
        option("share", 10),
        option("file", 11),
    ),
    {
        **command("pack"),
        "options": [option("list", 1), {**option("edit", 2), "options": [option("name", 1)]}],
    },
    command("Keep this", kind=3),
    command("Wave at", kind=2),
]
OpenTab = Callable[..., Awaitable[Tab]]


@dataclass
class House:
    """The playground as the command starts it."""

    discord: LoopbackDiscord
    page: Page

    @property
    def address(self) -> str:
        return self.page.url


@asynccontextmanager
async def open_house(**options: Any) -> AsyncIterator[House]:
    # A puppet's heart does not beat: it may be silent for as long as a module takes.
    discord = LoopbackDiscord(heartbeat_seconds=3600, **options)
    page = Page(discord)
    async with discord:
        yield House(discord, page)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("no Chromium: the browser tests need Debian's chromium")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox"] if is_root else []
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def new_tab(browser: Browser) -> OpenTab:
    """Open tabs, those with the same options in one window: there they are sooner."""
    windows: dict[str, BrowserContext] = {}

    async def open_one(address: str, **options: Any) -> Tab:
        if repr(options) not in windows:
            window = await browser.new_context(**context_options(options))
            window.set_default_timeout(PATIENCE_MILLISECONDS)
            windows[repr(options)] = window
        tab = Tab(await windows[repr(options)].new_page(), address)
        await tab.open()
        return tab

    return open_one


@pytest.fixture
async def open_tab(new_tab: OpenTab) -> AsyncIterator[OpenTab]:
    """Open tabs, each with a memory of its own; none may end with a mistake in it."""
    tabs: list[Tab] = []

    async def open_one(address: str, **options: Any) -> Tab:
        tabs.append(await new_tab(address, **options))
        return tabs[-1]

    yield open_one
    await asyncio.gather(*(tab.page.close() for tab in tabs))
    assert [mistake for tab in tabs for mistake in tab.mistakes] == []


@pytest.fixture(scope="module")
async def house() -> AsyncIterator[House]:
    """Start a playground without a bot; that a machine is slow is no fault of a bot's."""
    async with open_house(first_answer_seconds=15) as house:
        yield house


@pytest.fixture(scope="module")
async def actor(house: House) -> AsyncIterator[Puppet]:
    """Connect a bot that answers as a test says."""
    async with puppet(house.discord, COMMANDS) as actor:
        yield actor


@pytest.fixture(scope="module")
async def real(house: House, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    """Connect this repository's bot, as a process of its own."""
    bot = BotProcess(house.discord, tmp_path_factory.mktemp("var"))
    await bot.start()
    yield bot
    await bot.kill()
    assert bot.errors() == []


@pytest.fixture(scope="module")
async def seat(house: House, new_tab: OpenTab) -> AsyncIterator[Tab]:
    tab = await new_tab(house.address)
    yield tab
    await tab.page.close()


@pytest.fixture
async def tab(seat: Tab) -> AsyncIterator[Tab]:
    """Lend the tab that stays open for a module, as Robin sees #general."""
    await seat.tidy()
    yield seat
    mistakes, seat.mistakes = seat.mistakes, []
    assert mistakes == []
