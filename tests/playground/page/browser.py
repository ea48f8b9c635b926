"""A browser's tab on the playground, and the things that nobody may see in one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.async_api import ConsoleMessage, Error, Locator, Page, Request, expect

SCREENSHOTS: Final = Path(__file__).parents[2] / "screenshots"
DESK: Final = {"width": 1280, "height": 800}
PHONE: Final = {"width": 360, "height": 740}
# What the browser says by itself while the playground is away: it tells of no mistake in the page.
_AWAY: Final = ("WebSocket connection to", "ERR_CONNECTION_REFUSED")


@dataclass
class Tab:
    """One member's view, with what went wrong in it."""

    page: Page
    address: str
    may_lose_playground: bool = False
    mistakes: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.page.on("console", self._heed)
        self.page.on("pageerror", self._heed_error)
        self.page.on("request", self._heed_request)
        self.page.on("dialog", lambda dialog: self.mistakes.append(f"dialog: {dialog.message}"))

    def _heed(self, message: ConsoleMessage) -> None:
        is_away = any(words in message.text for words in _AWAY) and self.may_lose_playground
        if message.type in ("error", "warning") and not is_away:
            self.mistakes.append(f"{message.type}: {message.text}")

    def _heed_error(self, error: Error) -> None:
        self.mistakes.append(f"exception: {error}")

    def _heed_request(self, request: Request) -> None:
        origin = "/".join(self.address.split("/")[:3])
        if not request.url.startswith((origin, "data:")):
            self.mistakes.append(f"request to {request.url}")

    async def open(self) -> None:
        await self.page.goto(self.address)
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text("general")

    async def tidy(self) -> None:
        """Come to the front, and put away what the last test left open."""
        await self.page.bring_to_front()
        await self.page.evaluate(
            """() => {
              for (const one of document.querySelectorAll("dialog[open]")) one.close();
              for (const one of document.querySelectorAll(":popover-open")) one.hidePopover();
              document.querySelector("#sent:not([hidden]) button")?.click();
            }"""
        )
        if not await self.page.get_by_role("radio", name="Robin").is_checked():
            await self.become("Robin")
        # The channel is read anew; a test may count its messages as soon as that is over.
        await self.messages.evaluate_all("(all) => all.forEach((one) => (one.dataset.old = ''))")
        await self.open_channel("general")
        await expect(self.page.locator(".message[data-old]")).to_have_count(0)
        await expect(self.entry).to_be_focused()

    @property
    def entry(self) -> Locator:
        return self.page.get_by_role("textbox", name="Message, or / for commands")

    @property
    def more(self) -> Locator:
        """Give the field in which the options of a command are named."""
        return self.page.get_by_role("combobox", name="; Enter sends")

    @property
    def messages(self) -> Locator:
        return self.page.locator(".message")

    @property
    def newest(self) -> Locator:
        return self.messages.last

    @property
    def suggestions(self) -> Locator:
        return self.page.locator(".suggestions").get_by_role("option")

    def button(self, name: str) -> Locator:
        return self.newest.get_by_role("button", name=name, exact=True)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def type(self, text: str) -> None:
        await self.page.keyboard.type(text)

    async def use(self, command: str) -> Locator:
        """Type a command that needs nothing, and wait for its answer."""
        count = await self.messages.count()
        await self.entry.click()
        await self.type(command)
        await self.press("Enter")
        await expect(self.messages).to_have_count(count + 1)
        await expect(self.newest.locator(".thinking")).to_have_count(0)
        return self.newest

    async def become(self, name: str) -> None:
        await self.page.get_by_role("radio", name=name).check()
        await expect(self.entry).to_have_attribute("placeholder", re.compile(f" as {name}$"))

    async def open_channel(self, name: str) -> None:
        await self.page.get_by_role("navigation").get_by_role("button", name=name).click()
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text(name)

    async def focused(self) -> str:
        """Tell the name of what has the focus."""
        return await self.page.evaluate(
            "document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText"
        )

    async def shoot(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        window = self.page.viewport_size
        assert window is not None
        # Twice as sharp, for the picture alone: it would slow all else down.
        session = await self.page.context.new_cdp_session(self.page)
        sharp = {**window, "deviceScaleFactor": 2, "mobile": False}
        await session.send("Emulation.setDeviceMetricsOverride", sharp)
        await self.page.screenshot(path=SCREENSHOTS / f"{name}.png", scale="device")
        await session.send("Emulation.setDeviceMetricsOverride", sharp | {"deviceScaleFactor": 1})
        await session.detach()

    async def overflow(self) -> int:
        """Tell by how many pixels the document is wider than the window."""
        return await self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )


def context_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Write what a browser's context is made with; a dark desk unless something else is said."""
    defaults: dict[str, Any] = {
        "viewport": DESK,
        "color_scheme": "dark",
        "locale": "en-GB",
        "timezone_id": "UTC",
        "reduced_motion": "reduce",
    }
    return defaults | dict(options)
