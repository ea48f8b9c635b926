"""What somebody meets who has just started the playground, with this repository's own bot."""

import re

import pytest
from playwright.async_api import expect

from tests.end_to_end.stage import BotProcess
from tests.playground.page.browser import PHONE, Tab
from tests.playground.page.conftest import House, OpenTab

pytestmark = pytest.mark.usefixtures("real")


async def test_a_newcomer_sees_a_quote_in_their_first_minute(
    house: House, open_tab: OpenTab
) -> None:
    tab = await open_tab(house.address)
    await expect(
        tab.page.get_by_text("Try one, or type / to see what the bot can do.")
    ).to_be_visible()
    await expect(
        tab.page.get_by_text("A local preview. Not Discord, and no product of Discord.")
    ).to_be_visible()
    await expect(tab.entry).to_be_focused()
    await tab.type("/")
    await expect(tab.suggestions.filter(has_text="/quote")).to_contain_text("Get a quote")
    await tab.shoot("picker")
    await tab.type("quote")
    await tab.press("Enter")
    await expect(tab.newest).to_contain_text("Robin used /quote")
    await expect(tab.newest.locator(".container")).to_contain_text("Entertainment Weekly")
    await expect(tab.page.get_by_text("to see what the bot can do")).to_have_count(0)
    await tab.shoot("quote")


async def test_the_slash_of_the_hint_opens_the_commands(tab: Tab) -> None:
    await tab.open_channel("after-dark")
    await tab.page.get_by_role("button", name="Type a slash").click()
    await expect(tab.entry).to_have_value("/")
    await expect(tab.entry).to_be_focused()
    await expect(tab.suggestions.first).to_be_visible()


async def test_every_command_is_typed_by_keyboard_alone(house: House, tab: Tab) -> None:
    world = house.discord.world
    await tab.open_channel("@ Encore")
    await expect(tab.entry).to_be_focused()
    commands = house.discord.members.commands(world.robin, world.dm(world.robin))
    names = [command["name"] for command in commands if command["type"] == 1]
    assert "quote" in names
    for number, name in enumerate(names, start=await tab.messages.count() + 1):
        await tab.type(f"/{name}")
        await expect(tab.suggestions.first).to_contain_text(f"/{name}")
        await tab.press("Enter")
        await expect(tab.messages).to_have_count(number)
        await expect(tab.newest).to_contain_text(f"Robin used /{name}")
        await expect(tab.newest.locator(".thinking, .failure")).to_have_count(0)
        await expect(tab.entry).to_be_focused()


NUMBERS = (4, 10)
"""Types of options for which there is nothing to offer."""


async def test_every_option_of_every_command_can_be_named_by_keyboard(
    house: House, tab: Tab
) -> None:
    world = house.discord.world
    await tab.open_channel("@ Encore")
    for command in house.discord.members.commands(world.robin, world.dm(world.robin)):
        for option in command.get("options", []):
            await tab.type(f"/{command['name']}")
            await tab.press("Tab")
            await expect(tab.more).to_be_focused()
            await tab.type(option["name"])
            await expect(tab.suggestions.first).to_contain_text(option["description"])
            await tab.press("Tab")
            field = tab.page.get_by_role("combobox", name=f"{option['name']}: ")
            await expect(field).to_be_focused()
            if option["type"] not in NUMBERS or option.get("autocomplete"):
                await expect(tab.suggestions.first).to_be_visible()
            await tab.press("Escape", "Escape", "Escape")
            await expect(tab.entry).to_be_focused()
            await expect(tab.entry).to_have_value("")


async def test_what_is_typed_into_an_option_is_completed_by_the_bot(tab: Tab) -> None:
    await tab.open_channel("@ Encore")
    count = await tab.messages.count()
    await tab.type("/quote find:")
    field = tab.page.get_by_role("combobox", name="find: ")
    await expect(field).to_be_focused()
    await tab.type("dance")
    second = tab.suggestions.nth(1)
    await expect(second).to_contain_text("danc")
    await tab.shoot("autocomplete")
    await tab.press("ArrowDown")
    await expect(second).to_have_attribute("aria-selected", "true")
    label = await second.locator(".suggestion-label").inner_text()
    await tab.press("Enter")
    await expect(field).to_have_value(label)
    await expect(tab.more).to_be_focused()
    await tab.press("Enter")
    await expect(tab.messages).to_have_count(count + 1)
    number = re.search(r"#(\d+)", label)
    assert number is not None
    await expect(tab.newest).to_contain_text(f"Quote {number[1]} ")


async def test_a_choice_is_picked_from_its_list(tab: Tab) -> None:
    await tab.open_channel("@ Encore")
    count = await tab.messages.count()
    await tab.type("/trivia diff")
    await tab.press("Tab")
    await expect(tab.suggestions).to_have_text(["easy", "medium", "hard"])
    await tab.type("h")
    await expect(tab.suggestions).to_have_text(["hard"])
    await tab.press("Enter", "Enter")
    await expect(tab.messages).to_have_count(count + 1)
    await expect(tab.newest).to_contain_text("Trivia · hard")


async def test_what_is_no_choice_is_told_before_it_is_sent(tab: Tab) -> None:
    await tab.open_channel("@ Encore")
    await tab.type("/trivia difficulty:impossible")
    await tab.press("Enter")
    await expect(tab.page.get_by_role("alert").filter(has_text="difficulty")).to_be_visible()
    await expect(tab.page.get_by_role("combobox", name="difficulty: ")).to_be_focused()
    await tab.press("Backspace")
    await expect(tab.page.get_by_role("alert").filter(has_text="difficulty")).to_be_hidden()


async def test_an_unknown_command_is_told_and_not_posted(tab: Tab) -> None:
    await tab.open_channel("@ Encore")
    count = await tab.messages.count()
    await tab.type("/nonsense")
    await tab.press("Enter")
    await expect(
        tab.page.get_by_text("There is no command /nonsense here for Robin.")
    ).to_be_visible()
    await expect(tab.messages).to_have_count(count)


async def test_a_slash_alone_shows_the_commands_and_posts_nothing(tab: Tab) -> None:
    await tab.open_channel("@ Encore")
    count = await tab.messages.count()
    await tab.type("/")
    await tab.press("Escape")
    await expect(tab.suggestions).to_have_count(0)
    await tab.press("Enter")
    await expect(tab.suggestions.first).to_be_visible()
    await expect(tab.messages).to_have_count(count)
    await tab.entry.fill("")


async def test_where_the_bot_is_no_member_only_its_user_has_commands(tab: Tab) -> None:
    await tab.open_channel("lounge")
    await expect(tab.page.locator("#channel-note")).to_have_text("Encore is not on this server")
    await tab.type("/")
    await expect(tab.suggestions.first).to_be_visible()
    await tab.press("Escape", "Backspace")
    await tab.become("Mika")
    await tab.entry.fill("/quote")
    await expect(tab.suggestions).to_have_count(0)
    await tab.entry.fill("/")
    absent = "Encore is not on this server, and Mika has not installed it as an app."
    await expect(tab.page.get_by_role("alert")).to_have_text(absent)
    await expect(tab.page.get_by_role("region", name="Welcome")).to_contain_text(absent)


async def test_a_phone_shows_the_same_without_scrolling_sideways(
    house: House, open_tab: OpenTab
) -> None:
    for width in (320, PHONE["width"]):
        viewport = {"width": width, "height": PHONE["height"]}
        phone = await open_tab(house.address, viewport=viewport, has_touch=True)
        await phone.page.get_by_role("button", name="Channels").click()
        await phone.open_channel("@ Encore")
        await phone.use("/quote")
        await expect(phone.newest.locator(".container")).to_have_count(1)
        assert await phone.overflow() == 0
        await phone.type("/quote find:dance")
        await expect(phone.suggestions.first).to_be_visible()
        assert await phone.overflow() == 0
        await phone.press("Escape")
        if width == PHONE["width"]:
            await phone.shoot("phone")
        await phone.page.get_by_role("button", name="Channels").click()
        await expect(phone.page.get_by_role("radio", name="Mika")).to_be_visible()
        assert await phone.overflow() == 0
        await phone.press("Escape")


async def test_the_slider_makes_the_chat_as_narrow_as_a_phone(tab: Tab) -> None:
    chat = tab.page.locator(".chat")
    slider = tab.page.get_by_role("slider", name="Width")
    await slider.focus()
    await tab.press("Home")
    await expect(tab.page.get_by_text("320 px")).to_be_visible()
    box = await chat.bounding_box()
    assert box is not None
    assert round(box["width"]) == 320
    # The rest of the page stays where it was, and can be reached.
    await tab.page.get_by_role("radio", name="Mika").click(trial=True)
    await tab.shoot("narrow")
    await tab.press("End")
    box = await chat.bounding_box()
    assert box is not None
    assert box["width"] > 900


async def test_the_panel_shows_what_the_bot_sent_and_how_soon(real: BotProcess, tab: Tab) -> None:
    assert real.errors() == []
    await tab.open_channel("@ Encore")
    await tab.use("/quote")
    await tab.page.get_by_role("button", name="Inspect").click()
    panel = tab.page.get_by_role("complementary", name="Inspect")
    await expect(panel).to_contain_text('"accent_color"')
    await expect(panel).to_contain_text(re.compile(r"First answer after [\d.,]+ ms"))
    await expect(panel).to_contain_text("Within Discord’s limits.")
    await expect(panel).to_contain_text("POST /interactions/")
    await tab.shoot("sent")
    await tab.press("Escape")
    await expect(panel).to_be_hidden()
    await expect(tab.page.get_by_role("button", name="Inspect")).to_be_focused()
