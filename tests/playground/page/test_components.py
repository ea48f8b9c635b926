"""Every kind of message there is, sent by a bot that does as it is told."""

import asyncio
import struct
import zlib

import pytest
from playwright.async_api import expect

from tests.playground.page.browser import Tab
from tests.playground.page.puppet import (
    EPHEMERAL,
    LAYOUT,
    MESSAGE,
    QUIET,
    THINKING,
    UPDATE,
    Cue,
    Json,
    Puppet,
    layout,
    text,
)

pytestmark = pytest.mark.usefixtures("actor")


def png(width: int = 240, height: int = 120) -> bytes:
    """Paint a picture in one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    rows = zlib.compress((b"\0" + b"\x2a\x7d\x8c" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def button(custom_id: str, style: int = 2, **fields: object) -> Json:
    return {"type": 2, "style": style, "label": custom_id.title(), "custom_id": custom_id, **fields}


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


STRINGS: Json = {
    "type": 3,
    "custom_id": "fruit",
    "placeholder": "Choose fruit",
    "min_values": 1,
    "max_values": 2,
    "options": [
        {"label": "Apple", "value": "a", "description": "Red", "emoji": {"name": "🍎"}},
        {"label": "Banana", "value": "b", "default": True},
        {"label": "Cherry", "value": "c"},
    ],
}
MARKDOWN = """# First
## Second
### Third
**bold** *italic* _also_ __under__ ~~struck~~ `code` \\*plain\\* ***both***
> a quote
- one
  - nested
1. first
-# small print
```py
print("hi")
```
[a link](<https://example.org/a>) and https://example.org/b.
<@{robin}> <#{general}> <@&{admin}> </show:1> <t:0:R> ||secret words||"""


async def show(tab: Tab, actor: Puppet, data: Json, **files: bytes) -> None:
    actor.cues["show"] = Cue(
        MESSAGE, data, {name.replace("_", "."): content for name, content in files.items()}
    )
    await tab.use("/show")


async def test_every_component_is_shown(tab: Tab, actor: Puppet) -> None:
    picture: Json = {"media": {"url": "attachment://card.png"}, "description": "A teal card"}
    container: Json = {
        "type": 17,
        "accent_color": 0xC0506A,
        "components": [
            text("### In a container"),
            {
                "type": 9,
                "components": [text("A section"), text("-# with two texts")],
                "accessory": {"type": 11, **picture},
            },
            {"type": 9, "components": [text("Another")], "accessory": button("accessory")},
            {"type": 14, "divider": True, "spacing": 2},
            {"type": 12, "items": [picture, {**picture, "description": "The same again"}]},
            {"type": 13, "file": {"url": "attachment://notes.txt"}},
            row(
                button("primary", 1),
                button("secondary", 2, emoji={"name": "🎭"}),
                button("success", 3),
                button("danger", 4),
                {"type": 2, "style": 5, "label": "Link", "url": "https://example.org/"},
            ),
            row(button("disabled", disabled=True)),
            row(STRINGS),
        ],
    }
    await show(tab, actor, layout(container), card_png=png(), notes_txt=b"words")
    message = tab.newest
    await expect(message.get_by_role("heading", name="In a container")).to_be_visible()
    await expect(message.get_by_role("img", name="A teal card")).to_have_count(2)
    await expect(message.get_by_role("img", name="The same again")).to_be_visible()
    await expect(message.get_by_role("link", name="notes.txt")).to_be_visible()
    await expect(message.get_by_role("link", name="Link")).to_have_attribute(
        "href", "https://example.org/"
    )
    await expect(message.get_by_role("button", name="Disabled")).to_be_disabled()
    for name in ("Primary", "Secondary", "Success", "Danger", "Accessory"):
        await expect(message.get_by_role("button", name=name, exact=True)).to_be_enabled()
    await expect(message.get_by_role("button", name="Choose fruit: Banana")).to_be_visible()
    await tab.shoot("components")


async def test_markdown_is_shown_as_discord_does(tab: Tab, actor: Puppet) -> None:
    world = actor.bot.discord.world
    admin = next(role for role in world.academy.roles if role.name == "Admin")
    content = MARKDOWN.format(robin=world.robin.id, general=world.general.id, admin=admin.id)
    await show(tab, actor, {"content": content})
    message = tab.newest
    for level, name in ((2, "First"), (3, "Second"), (4, "Third")):
        await expect(message.get_by_role("heading", level=level, name=name)).to_be_visible()
    for tag, words in {
        "strong >> nth=0": "bold",
        "em >> nth=0": "italic",
        "em >> nth=1": "also",
        "u": "under",
        "s": "struck",
        "p code": "code",
        "strong em": "both",
        "blockquote": "a quote",
        "ul ul li": "nested",
        "ol li": "first",
        "small": "small print",
        "pre code": 'print("hi")',
    }.items():
        await expect(message.locator(f".text {tag}")).to_have_text(words)
    await expect(message).to_contain_text("*plain*")
    await expect(message).to_contain_text("@Robin #general @Admin /show")
    await expect(message.locator("time[data-relative]")).to_contain_text("ago")
    hrefs = await message.locator(".text a").evaluate_all("all => all.map((one) => one.href)")
    assert hrefs == ["https://example.org/a", "https://example.org/b"]
    await tab.shoot("markdown")


async def test_a_spoiler_opens_by_keyboard_and_is_silent_until_then(
    tab: Tab, actor: Puppet
) -> None:
    hidden: Json = {"type": 17, "spoiler": True, "components": [text("the end"), row(button("in"))]}
    await show(tab, actor, layout(text("He ||dies|| here."), hidden))
    message = tab.newest
    spoiler = message.get_by_role("button", name="Spoiler: show")
    await expect(spoiler).to_have_count(2)
    await expect(message.get_by_role("button", name="In")).to_have_count(0)
    assert "dies" not in await message.aria_snapshot()
    await tab.shoot("spoiler")
    await spoiler.first.focus()
    await tab.press("Enter")
    await expect(spoiler).to_have_count(1)
    assert "dies" in await message.aria_snapshot()
    await spoiler.focus()
    await tab.press("Space")
    await expect(message.get_by_text("the end")).to_be_visible()
    await expect(message.get_by_role("button", name="In")).to_be_enabled()


async def test_embeds_and_attachments_are_shown(tab: Tab, actor: Puppet) -> None:
    embed: Json = {
        "title": "A title",
        "url": "https://example.org/title",
        "description": "Some **words**",
        "color": 0x3366AA,
        "author": {"name": "An author"},
        "fields": [{"name": "One", "value": "1", "inline": True}, {"name": "Two", "value": "2"}],
        "footer": {"text": "A footer"},
        "image": {"url": "https://example.org/picture.png"},
    }
    files = [
        {"id": 0, "description": "What it shows"},
        {"id": 1, "filename": "SPOILER_x.txt"},
    ]
    data = {"content": "Look", "embeds": [embed], "attachments": files}
    await show(tab, actor, data, card_png=png(), SPOILERx_txt=b"x")
    message = tab.newest
    await expect(message.get_by_role("link", name="A title")).to_be_visible()
    for words in ("Some words", "An author", "A footer", "One", "Two"):
        await expect(message.get_by_text(words, exact=True)).to_be_visible()
    await expect(message.get_by_role("img", name="What it shows")).to_be_visible()
    await expect(message).to_contain_text("Not loaded here: https://example.org/picture.png")


async def test_a_select_sends_what_was_chosen_by_keyboard(tab: Tab, actor: Puppet) -> None:
    actor.cues["fruit"] = Cue(UPDATE, layout(text("thanks")))
    await show(tab, actor, layout(row(STRINGS)))
    await tab.newest.get_by_role("button", name="Choose fruit").focus()
    await tab.press("Enter")
    await expect(tab.page.get_by_role("listbox", name="Choose fruit")).to_be_focused()
    await tab.press("Home", "Space", "Escape")
    await expect(tab.newest).to_contain_text("thanks")
    assert (await actor.hear("fruit"))["values"] == ["a", "b"]
    await expect(tab.newest).to_be_focused()


@pytest.mark.parametrize(
    ("kind", "pick", "key"),
    [
        (5, "Mika", "users"),
        (6, "Admin", "roles"),
        (7, "Noor", "users"),
        (8, "#general", "channels"),
    ],
)
async def test_people_roles_and_channels_are_selected(
    tab: Tab, actor: Puppet, kind: int, pick: str, key: str
) -> None:
    actor.cues["thing"] = Cue(QUIET)
    await show(tab, actor, layout(row({"type": kind, "custom_id": "thing", "placeholder": "Pick"})))
    await tab.newest.get_by_role("button", name="Pick").click()
    await tab.page.get_by_role("option", name=pick).click()
    await expect(tab.newest.get_by_role("button", name=f"Pick: {pick}")).to_be_focused()
    data = await actor.hear("thing")
    assert list(data["resolved"][key]) == data["values"]


async def test_a_pressed_button_is_busy_until_it_is_answered(tab: Tab, actor: Puppet) -> None:
    gate = asyncio.Event()
    actor.cues["slow"] = Cue(UPDATE, layout(row(button("slow")), text("done")), gate=gate)
    await show(tab, actor, layout(row(button("slow"))))
    await tab.button("Slow").click()
    await expect(tab.button("Slow")).to_have_attribute("aria-busy", "true")
    count = len(actor.heard)
    await tab.press("Enter")
    gate.set()
    await expect(tab.newest).to_contain_text("done")
    await expect(tab.newest.locator("[aria-busy=true]")).to_have_count(0)
    await expect(tab.button("Slow")).to_be_focused()
    assert len(actor.heard) == count


async def test_what_is_not_answered_is_told_as_discord_does(tab: Tab, actor: Puppet) -> None:
    await show(tab, actor, layout(row(button("silent"))))
    with actor.silent("silent", "show"):
        await tab.button("Silent").click()
        await expect(tab.newest.get_by_text("This interaction failed")).to_be_visible()
        await tab.entry.click()
        await tab.type("/show")
        await tab.press("Enter")
        await expect(tab.page.get_by_text("The application did not respond")).to_be_visible()
    await tab.shoot("failed")
    await tab.page.locator(".note").get_by_role("button", name="Dismiss message").click()
    await expect(tab.page.get_by_text("The application did not respond")).to_have_count(0)


async def test_thinking_ends_with_the_answer_and_an_edit_is_marked(tab: Tab, actor: Puppet) -> None:
    gate = asyncio.Event()
    done = {"content": "thought"}
    actor.cues["show"] = Cue(
        THINKING,
        then=[("PATCH", "/messages/@original", done), ("POST", "", {"content": "more"})],
    )
    count = await tab.messages.count()
    await tab.type("/show")
    await tab.press("Enter")
    await expect(tab.messages).to_have_count(count + 2)
    await expect(tab.messages.nth(count)).to_contain_text("thought")
    await expect(tab.messages.nth(count).get_by_text("(edited)")).to_have_count(0)
    await expect(tab.newest).to_contain_text("more")
    second: Json = {"content": "second"}
    actor.cues["show"] = Cue(
        MESSAGE, {"content": "first"}, then=[("PATCH", "/messages/@original", second)]
    )
    await tab.use("/show")
    await expect(tab.newest).to_contain_text("second")
    await expect(tab.newest.get_by_text("(edited)")).to_be_visible()
    actor.cues["show"] = Cue(THINKING, gate=gate)
    await tab.type("/show")
    await tab.press("Enter")
    gate.set()
    await expect(tab.newest).to_contain_text("Encore is thinking…")


async def test_a_deleted_message_goes_and_the_focus_with_it_to_the_box(
    tab: Tab, actor: Puppet
) -> None:
    actor.cues["bye"] = Cue(QUIET, then=[("DELETE", "/messages/@original", {})])
    await show(tab, actor, layout(row(button("bye")), flags=EPHEMERAL))
    count = await tab.messages.count()
    await tab.button("Bye").focus()
    await tab.press("Enter")
    await expect(tab.messages).to_have_count(count - 1)
    await expect(tab.entry).to_be_focused()


async def test_the_menus_of_a_message_and_of_a_person(tab: Tab, actor: Puppet) -> None:
    actor.cues["Keep this"] = Cue(MESSAGE, {"content": "kept", "flags": EPHEMERAL})
    actor.cues["Wave at"] = Cue(MESSAGE, {"content": "waved"})
    await tab.type("Keep me")
    await tab.press("Enter")
    await tab.button("More of this message").focus()
    await tab.press("Enter")
    await expect(tab.page.get_by_role("menuitem", name="Keep this")).to_be_focused()
    await tab.press("Enter")
    await expect(tab.newest).to_contain_text("kept")
    await expect(tab.newest).to_contain_text("Robin used Keep this")
    await tab.messages.filter(has_text="Keep me").get_by_role("button", name="Robin").click()
    await tab.page.get_by_role("menuitem", name="Wave at").click()
    await expect(tab.newest).to_contain_text("waved")
    await tab.messages.filter(has_text="waved").click(button="right")
    await expect(tab.page.get_by_role("menuitem", name="Inspect")).to_be_visible()
    await tab.press("Escape")
    await expect(tab.page.get_by_role("menu")).to_be_hidden()


async def test_every_type_of_option_is_typed(tab: Tab, actor: Puppet) -> None:
    actor.cues["take"] = Cue(MESSAGE, {"content": "taken"})
    await tab.type("/take ")
    word = tab.page.get_by_role("combobox", name="word: ")
    await expect(word).to_be_focused()
    await tab.press("Enter")
    await expect(tab.page.get_by_text("word is needed.")).to_be_visible()
    await tab.type("hello")
    await word.press("Tab")
    await expect(tab.more).to_be_focused()
    await tab.type("number:7")
    await tab.press("Tab")
    for name, start, suggestion in (
        ("sure", "tr", "True"),
        ("who", "mi", "Mika"),
        ("where", "gen", "#general"),
        ("role", "adm", "Admin"),
    ):
        await expect(tab.more).to_be_focused()
        await tab.type(f"{name}:{start}")
        await expect(tab.suggestions.first).to_contain_text(suggestion)
        await tab.press("Enter")
    await tab.type("share:0.5")
    await tab.press("Tab")
    await tab.type("fi")
    await tab.press("Enter")
    await tab.page.get_by_label("file: ").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"abc"}
    )
    await tab.shoot("options")
    await tab.more.press("Enter")
    await expect(tab.newest).to_contain_text("taken")
    world = actor.bot.discord.world
    data = await actor.hear("take")
    values = {option["name"]: option["value"] for option in data["options"]}
    file = values.pop("file")
    assert data["resolved"]["attachments"][file]["filename"] == "a.txt"
    admin = next(role for role in world.academy.roles if role.name == "Admin")
    assert values == {
        "word": "hello",
        "number": 7,
        "sure": True,
        "who": str(world.mika.id),
        "where": str(world.general.id),
        "role": str(admin.id),
        "share": 0.5,
    }


async def test_subcommands_are_typed_with_their_words(tab: Tab, actor: Puppet) -> None:
    actor.cues["pack"] = Cue(MESSAGE, {"content": "packed"})
    await tab.type("/pack")
    await expect(tab.suggestions.locator(".suggestion-label")).to_have_text(
        ["/pack list", "/pack edit name"]
    )
    await tab.press("ArrowDown", "Enter", "Enter")
    await expect(tab.newest).to_contain_text("packed")
    (group,) = (await actor.hear("pack"))["options"]
    assert (group["name"], group["options"][0]["name"]) == ("edit", "name")


async def test_a_long_channel_opens_at_its_end_and_offers_the_way_back(
    tab: Tab, actor: Puppet
) -> None:
    world = actor.bot.discord.world
    for number in range(60):
        actor.bot.discord.members.post(world.robin, world.general, f"line {number}")
    await expect(tab.newest).to_contain_text("line 59")
    await expect(tab.newest).to_be_in_viewport()
    await tab.messages.first.scroll_into_view_if_needed()
    jump = tab.page.get_by_role("button", name="New messages")
    await expect(jump).to_be_hidden()
    actor.bot.discord.members.post(world.robin, world.general, "one more")
    await jump.click()
    await expect(tab.newest).to_be_in_viewport()
    await expect(jump).to_be_hidden()


async def test_a_forged_layout_says_what_it_does_not_know(tab: Tab, actor: Puppet) -> None:
    """The page keeps standing whatever a later Discord invents."""
    assert LAYOUT
    await show(tab, actor, layout(text("fine")))
    await tab.page.evaluate(
        """async () => {
          const { components } = await import("./components.js");
          const body = document.querySelector(".message:last-child .body");
          body.append(...components([{type: 99}], {}));
        }"""
    )
    await expect(tab.newest).to_contain_text("type 99, which this preview does not know")
