"""The first screen: who the bot is, what to try, who is there; or why there is nothing to try."""

import pytest
from playwright.async_api import expect

from tests.end_to_end.stage import BotProcess
from tests.playground.page.browser import PHONE, Tab
from tests.playground.page.conftest import House, OpenTab


async def test_while_the_bot_starts_a_command_is_not_called_unknown(
    house: House, open_tab: OpenTab
) -> None:
    tab = await open_tab(house.address)
    starting = "Encore is still starting: its commands come with it."
    await expect(tab.page.get_by_role("region", name="Welcome")).to_contain_text(starting)
    await tab.type("/quote")
    await tab.press("Enter")
    await expect(tab.page.get_by_role("alert").filter(has_text=starting)).to_be_visible()


async def test_the_first_screen_says_who_is_who_and_that_two_can_play(
    house: House, real: BotProcess, open_tab: OpenTab
) -> None:
    assert real.errors() == []
    tab = await open_tab(house.address, viewport=PHONE)
    welcome = tab.page.get_by_role("region", name="Welcome")
    await expect(welcome.get_by_role("heading")).to_have_text("Meet Encore")
    people = welcome.get_by_role("listitem")
    await expect(people.locator("b")).to_have_text(["Robin", "Mika", "Noor"])
    roles = ["you · member, has the app", "member", "admin"]
    await expect(people.locator("small")).to_have_text(roles)
    await expect(welcome).to_contain_text("pick one in the sidebar (☰ on a phone)")
    await expect(welcome).to_contain_text("a second window, and two people can play")
    picture = welcome.locator("img.disc")
    await expect(picture).to_have_js_property("complete", True)
    assert await picture.evaluate("(image) => image.naturalWidth") > 0
    await expect(welcome.locator(".try b")).to_have_text(["/quote", "/trivia", "/today"])
    assert await tab.overflow() == 0
    await tab.shoot("welcome-phone")


@pytest.mark.parametrize("command", ["/quote", "/trivia", "/today"])
async def test_one_press_tries_a_command(real: BotProcess, tab: Tab, command: str) -> None:
    assert real.errors() == []
    await tab.open_channel({"/quote": "general", "/trivia": "after-dark"}.get(command, "@ Encore"))
    await tab.page.locator(".try", has_text=command).click()
    await expect(tab.newest).to_contain_text(f"Robin used {command}")
    await expect(tab.newest.locator("img.disc")).to_be_visible()


async def test_that_the_bot_is_elsewhere_and_that_it_sees_nothing_are_two_things(
    real: BotProcess, tab: Tab
) -> None:
    assert real.errors() == []
    note = tab.page.locator("#channel-note")
    await tab.open_channel("backstage")
    await expect(note).to_have_text("Encore cannot see this channel")
    await tab.open_channel("lounge")
    await expect(note).to_have_text("Encore is not on this server")
