"""What annoyed people who tried the page, most of them on phones: none of it may come back."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.playground.page.browser import PHONE, Tab
from tests.playground.page.conftest import House, OpenTab
from tests.playground.page.puppet import MESSAGE, Cue, Json, Puppet, layout, text

pytestmark = pytest.mark.usefixtures("actor")


@pytest.fixture
async def phone(house: House, open_tab: OpenTab) -> Tab:
    return await open_tab(house.address, viewport=PHONE, has_touch=True, is_mobile=True)


async def box(place: Locator) -> dict[str, float]:
    bounds = await place.bounding_box()
    assert bounds is not None
    sides = {"right": bounds["x"] + bounds["width"], "bottom": bounds["y"] + bounds["height"]}
    return {**bounds, **sides}


def silent(content: str) -> Json:
    return {"content": content, "allowed_mentions": {"parse": []}}


async def test_who_sends_a_command_while_reading_old_messages_sees_its_answer(
    tab: Tab, actor: Puppet
) -> None:
    for number in range(2):
        actor.cues["show"] = Cue(MESSAGE, {"content": "old\n" * 60 + str(number)})
        await tab.use("/show")
    log = tab.page.get_by_role("log")
    for send in ("/show", "hello"):
        await log.evaluate("(log) => log.scrollTo(0, 0)")
        await expect(tab.newest).not_to_be_in_viewport()
        actor.cues["show"] = Cue(MESSAGE, {"content": "the answer"})
        await tab.use(send)
        await expect(tab.newest).to_be_in_viewport()
        await expect(tab.page.get_by_role("button", name="New messages")).to_be_hidden()


async def test_what_others_send_does_not_scroll_who_reads_old_messages(
    house: House, tab: Tab, actor: Puppet
) -> None:
    actor.cues["show"] = Cue(MESSAGE, {"content": "old\n" * 80})
    await tab.use("/show")
    await tab.page.get_by_role("log").evaluate("(log) => log.scrollTo(0, 0)")
    house.discord.members.post(house.discord.world.mika, house.discord.world.general, "news")
    await expect(tab.page.get_by_role("button", name="New messages")).to_be_visible()
    await expect(tab.newest).not_to_be_in_viewport()


async def test_suggestions_leave_the_message_box_whole(phone: Tab) -> None:
    await phone.entry.fill("/")
    await expect(phone.suggestions.first).to_be_visible()
    suggestions = await box(phone.page.locator(".suggestions"))
    assert suggestions["bottom"] < (await box(phone.page.locator(".entry-place")))["y"]


async def test_on_a_phone_no_words_lie_below_the_menu_of_a_message(
    phone: Tab, actor: Puppet
) -> None:
    long = "words that reach from one edge of a phone to the other, and further"
    actor.cues["show"] = Cue(
        MESSAGE, {"content": long}, then=[("POST", "", layout(text(long), text(long)))]
    )
    await phone.entry.fill("/show")
    await phone.press("Enter")
    await expect(phone.newest.locator(".text")).to_have_count(2)
    for message in await phone.messages.all():
        more = await box(message.get_by_role("button", name="More of this message"))
        for place in await message.locator(".text, .author, .badge, time").all():
            words = await box(place)
            beside = more["right"] <= words["x"] or words["right"] <= more["x"]
            assert beside or more["bottom"] <= words["y"] or words["bottom"] <= more["y"]


async def test_by_touch_there_is_a_way_out_of_a_command(phone: Tab) -> None:
    await phone.entry.fill("/take ")
    await phone.page.get_by_role("button", name="Leave /take").tap()
    await expect(phone.entry).to_have_value("")
    await expect(phone.entry).to_be_focused()


async def test_what_a_command_asks_for_can_be_read_whole_on_a_phone(phone: Tab) -> None:
    await phone.entry.fill("/take ")
    await expect(phone.more).to_have_attribute("placeholder", "Add an option")
    spare = await phone.more.evaluate(
        """(field) => {
          const pen = document.createElement("canvas").getContext("2d");
          pen.font = getComputedStyle(field).font;
          return field.clientWidth - 8 - pen.measureText(field.placeholder).width;
        }"""
    )
    assert spare >= 0
    await phone.press("Escape")


async def test_options_typed_in_one_go_become_one_pill_each(tab: Tab, actor: Puppet) -> None:
    actor.cues["take"] = Cue(MESSAGE, {"content": "taken"})
    await tab.type("/take word:two words number:3 sure:true")
    await expect(tab.page.locator(".pill-name")).to_have_text(["word:", "number:", "sure:"])
    await tab.press("Enter", "Enter")
    options = (await actor.hear("take"))["options"]
    values = {option["name"]: option["value"] for option in options}
    assert values == {"word": "two words", "number": 3, "sure": True}


async def test_only_who_is_pinged_sees_a_message_lit_up(tab: Tab, actor: Puppet) -> None:
    mention = actor.bot.discord.world.robin.mention
    actor.cues["show"] = Cue(MESSAGE, silent(f"{mention} won"))
    await tab.use("/show")
    await expect(tab.newest).not_to_have_class(re.compile("is-for-me"))
    actor.cues["show"] = Cue(MESSAGE, {"content": f"{mention}, look"})
    await tab.use("/show")
    await expect(tab.newest).to_have_class(re.compile("is-for-me"))


async def test_messages_are_told_apart_and_no_hidden_word_tells_them(
    tab: Tab, actor: Puppet
) -> None:
    for content, label in (
        ("## The board\nRobin wins", "Encore: The board"),
        ("Round 2\n||it was Toronto||", "Encore: Round 2"),
        ("||it was Toronto|| they said", "Encore: … they said"),
    ):
        actor.cues["show"] = Cue(MESSAGE, {"content": content})
        await tab.use("/show")
        await expect(tab.newest).to_have_attribute("aria-label", label)


async def test_a_quote_and_who_said_it_are_two_paragraphs(tab: Tab, actor: Puppet) -> None:
    actor.cues["show"] = Cue(MESSAGE, {"content": "It *was*\nhard.\n**Kylie\nJefferson**"})
    await tab.use("/show")
    await expect(tab.newest.locator(".text p")).to_have_text(["It was", "hard.", "Kylie Jefferson"])


async def test_a_thread_stands_below_its_channel_and_is_opened_from_its_mention(
    tab: Tab, actor: Puppet
) -> None:
    general = actor.bot.discord.world.general
    path = f"/channels/{general.id}/messages"
    lobby = (await actor.bot.call("POST", path, {"content": "a game"})).body["id"]
    await actor.bot.call("POST", f"{path}/{lobby}/threads", {"name": "Trivia: 3 rounds"})
    await actor.bot.call("PATCH", f"{path}/{lobby}", {"content": f"Play along in <#{lobby}>"})
    await tab.newest.get_by_role("button", name="#Trivia: 3 rounds").click()
    await expect(tab.page.get_by_role("heading", level=1)).to_have_text("↳ Trivia: 3 rounds")
    names = tab.page.get_by_role("navigation").locator(".channel-words > :first-child")
    assert (await names.all_inner_texts())[:2] == ["# general", "↳ Trivia: 3 rounds"]
