"""Buttons, several members at once, and a bot that goes away and comes back."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.end_to_end.stage import BotProcess
from tests.playground.page.browser import Tab
from tests.playground.page.conftest import House, OpenTab
from tests.waiting import until

pytestmark = pytest.mark.usefixtures("real")


async def test_another_changes_the_card_and_keeps_the_focus(tab: Tab) -> None:
    await tab.open_channel("@ Encore")
    card = await tab.use("/quote")
    before = await card.locator(".container").text_content() or ""
    count = await tab.messages.count()
    await tab.button("Another").focus()
    await tab.press("Enter")
    await expect(card.locator(".container")).not_to_have_text(before)
    await expect(tab.messages).to_have_count(count)
    await expect(tab.button("Another")).to_be_focused()


async def test_context_is_private_and_can_be_dismissed(tab: Tab) -> None:
    await tab.open_channel("@ Encore")
    await tab.use("/quote")
    await tab.button("Context").click()
    await expect(tab.newest).to_contain_text("Only you can see this")
    count = await tab.messages.count()
    await tab.shoot("context")
    await tab.button("Dismiss message").click()
    await expect(tab.messages).to_have_count(count - 1)
    await expect(tab.entry).to_be_focused()


async def test_a_command_mention_puts_the_command_into_the_box(tab: Tab) -> None:
    await tab.open_channel("@ Encore")
    await tab.use("/help")
    await tab.button("/cast").click()
    await expect(tab.page.get_by_role("group", name="/cast")).to_be_visible()
    await expect(tab.more).to_be_focused()


async def test_a_second_member_answers_with_the_switch(tab: Tab) -> None:
    await tab.use("/trivia")
    card = tab.newest
    await tab.become("Mika")
    await card.get_by_role("button", name=re.compile("^A ")).click()
    await expect(tab.newest).to_contain_text("Only you can see this")
    answered = tab.messages.filter(has_text="1 answered")
    await expect(answered).to_have_count(1)
    await expect(answered).not_to_contain_text("Only you can see this")
    await tab.shoot("trivia")
    await tab.become("Robin")
    await expect(tab.page.get_by_text("Only you can see this")).to_have_count(0)


async def test_two_members_race_in_two_windows(house: House, open_tab: OpenTab) -> None:
    robin, mika = await asyncio.gather(
        open_tab(house.address), open_tab(house.address, locale="de-DE")
    )
    await mika.become("Mika")
    await asyncio.gather(robin.open_channel("after-dark"), mika.open_channel("after-dark"))
    await robin.use("/trivia")
    await expect(mika.newest).to_contain_text("0 answered")
    answer = re.compile("^[A-D] ")
    await asyncio.gather(
        robin.newest.get_by_role("button", name=answer).first.click(),
        mika.newest.get_by_role("button", name=answer).last.click(),
    )
    for tab in (robin, mika):
        await expect(tab.messages.filter(has_text="Only you can see this")).to_have_count(1)
        await expect(tab.messages.filter(has_text="2 answered")).to_have_count(1)


async def test_a_post_arrives_in_every_window(house: House, open_tab: OpenTab) -> None:
    robin, noor = await asyncio.gather(
        open_tab(house.address), open_tab(house.address, locale="fr-FR")
    )
    await noor.become("Noor")
    await noor.open_channel("after-dark")
    await robin.type("Hello, **everyone**")
    await robin.press("Enter")
    await expect(robin.newest).to_contain_text("Hello, everyone")
    await expect(robin.newest.locator("strong")).to_have_text("everyone")
    general = noor.page.get_by_role("button", name="# general")
    await expect(general).to_contain_text("1 new")
    await general.click()
    await expect(noor.newest).to_contain_text("Hello, everyone")
    await expect(general).not_to_contain_text("new")


async def test_buttons_work_again_after_the_bot_was_killed(real: BotProcess, tab: Tab) -> None:
    seen = "SELECT * FROM bag ORDER BY channel_id, kind"
    others = real.ask_state(seen)
    await tab.open_channel("@ Encore")
    card = await tab.use("/quote")
    before = await card.locator(".container").text_content() or ""
    # What the channel saw is noted a moment later.
    await until(lambda: real.ask_state(seen) != others)
    await real.kill()
    status = tab.page.locator("#status")
    await expect(status).to_contain_text("Encore is starting")
    await real.start()
    await expect(status).to_be_hidden()
    await tab.button("Another").click()
    await expect(card.locator(".container")).not_to_have_text(before)
    assert real.errors() == []
