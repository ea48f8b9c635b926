"""A game of five rounds on two phones, played by keyboard, with a bot killed in the third."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.playground.page.browser import PHONE, Tab
from tests.playground.page.conftest import House, OpenTab

ROUNDS = 5


@pytest.fixture
async def hasty(house: House, tmp_path: Path) -> AsyncIterator[BotProcess]:
    bot = BotProcess(house.discord, tmp_path / "var", module=SURROUNDED)
    await bot.start()
    yield bot
    await bot.kill()
    assert bot.errors() == []


def step(tab: Tab, words: str) -> Locator:
    """Give the public message of a step."""
    return tab.messages.filter(has_text=words).filter(has_not_text="Only you can see this").last


async def choose(tab: Tab, number: int, letter: str) -> None:
    """Answer a round by keyboard."""
    message = step(tab, f"Round {number} of {ROUNDS}")
    await tab.page.bring_to_front()
    await message.get_by_role("button", name=re.compile(f"^{letter} ")).focus()
    await tab.press("Enter")
    # Where both have answered the round is over, and the receipt says how it was.
    receipt = re.compile("You can change it once|Right, \\+|Not quite")
    await expect(tab.messages.filter(has_text=receipt).last).to_be_visible()


async def test_two_members_play_on_their_phones(
    house: House, hasty: BotProcess, open_tab: OpenTab
) -> None:
    world = house.discord.world
    robin = await open_tab(house.address, viewport=PHONE)
    mika = await open_tab(house.address)
    await mika.become("Mika")
    await mika.page.set_viewport_size(PHONE)
    options: dict[str, object] = {"rounds": ROUNDS, "seconds": 60, "kind": "curated"}
    await house.discord.members.use_command(world.robin, world.general, "trivia", options)
    for number in range(1, ROUNDS + 1):
        await expect(step(robin, f"Round {number} of {ROUNDS}")).to_be_visible(timeout=60_000)
        await choose(robin, number, "A")
        if number == 3:
            await hasty.kill()
            await hasty.start()
        await choose(mika, number, "B")
        if number == 1:
            await mika.shoot("game-round")
        await expect(step(mika, f"Round {number} of {ROUNDS}")).to_contain_text("✓")
        assert await mika.overflow() == 0
    await mika.shoot("game-answer")
    board = step(mika, "Final scores")
    await expect(board).to_be_visible(timeout=60_000)
    await expect(board).to_contain_text("Robin")
    await expect(board).to_contain_text("Mika")
    # Names stand there without anybody being pinged.
    await expect(mika.page.locator(".is-for-me")).to_have_count(0)
    await mika.shoot("game-board")
