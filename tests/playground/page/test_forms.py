"""Modals: what can be filled in, what is asked for, what arrives at the bot."""

import pytest
from playwright.async_api import Locator, expect

from tests.playground.page.browser import Tab
from tests.playground.page.puppet import (
    EPHEMERAL,
    MESSAGE,
    MODAL,
    Cue,
    Json,
    Puppet,
    layout,
    text,
)

pytestmark = pytest.mark.usefixtures("actor")


def label(words: str, component: Json, **fields: object) -> Json:
    return {"type": 18, "label": words, "component": component, **fields}


def choices(*names: str) -> list[Json]:
    return [{"label": name.title(), "value": name} for name in names]


NEWER: list[Json] = [
    text("Fill **this** in."),
    label(
        "Name",
        {"type": 4, "custom_id": "name", "style": 1, "min_length": 3, "max_length": 20},
        description="As it is spoken",
    ),
    label("Pet", {"type": 3, "custom_id": "pet", "options": choices("cat", "dog")}),
    label("Size", {"type": 21, "custom_id": "size", "options": choices("small", "large")}),
    label(
        "Days",
        {
            "type": 22,
            "custom_id": "days",
            "min_values": 1,
            "max_values": 2,
            "options": choices("mon", "tue", "wed"),
        },
    ),
]
MORE: list[Json] = [
    label("Sure", {"type": 23, "custom_id": "sure", "default": True}),
    label("Who", {"type": 5, "custom_id": "who", "required": False}),
    label("Proof", {"type": 19, "custom_id": "proof"}),
    label(
        "Why",
        {"type": 4, "custom_id": "why", "style": 2, "required": False, "value": "because"},
    ),
]


async def open_form(tab: Tab, actor: Puppet, components: list[Json]) -> Locator:
    modal: Json = {"custom_id": "form", "title": "A form", "components": components}
    actor.cues["show"] = Cue(MODAL, modal)
    await tab.type("/show")
    await tab.press("Enter")
    dialog = tab.page.get_by_role("dialog", name="A form")
    await expect(dialog).to_be_visible()
    return dialog


async def test_a_form_is_filled_in_by_keyboard(tab: Tab, actor: Puppet) -> None:
    actor.cues["form"] = Cue(MESSAGE, {"content": "thanks", "flags": EPHEMERAL})
    dialog = await open_form(tab, actor, NEWER)
    await expect(dialog).to_contain_text("Fill this in.")
    await expect(dialog.get_by_label("Name")).to_be_focused()
    await tab.type("Ada")
    await tab.press("Tab", "Enter", "ArrowDown", "Enter", "Tab", "ArrowDown", "Tab", "Space")
    await tab.shoot("modal")
    await tab.press("Tab", "Tab", "Tab", "Tab", "Enter")
    await expect(dialog).to_be_hidden()
    await expect(tab.newest).to_contain_text("thanks")
    values = await actor.hear_form("form")
    assert values == {"name": "Ada", "pet": ["dog"], "size": "large", "days": ["mon"]}


async def test_what_is_missing_is_told_and_nothing_is_sent(tab: Tab, actor: Puppet) -> None:
    dialog = await open_form(tab, actor, NEWER)
    count = len(actor.heard)
    submit = dialog.get_by_role("button", name="Submit")
    await submit.click()
    await expect(dialog.get_by_text("This has to be filled in.")).to_be_visible()
    await expect(dialog.get_by_text("Choose one, please.")).to_be_visible()
    name = dialog.get_by_label("Name")
    await expect(name).to_be_focused()
    await expect(name).to_have_attribute("aria-invalid", "true")
    await name.fill("Al")
    await submit.click()
    await expect(dialog.get_by_text("At least 3 characters, please.")).to_be_visible()
    await tab.press("Escape")
    await expect(dialog).to_be_hidden()
    assert len(actor.heard) == count


async def test_presets_people_and_files_arrive(tab: Tab, actor: Puppet) -> None:
    actor.cues["form"] = Cue(MESSAGE, layout(text("kept")))
    dialog = await open_form(tab, actor, MORE)
    await dialog.get_by_role("button", name="Who").click()
    await tab.page.get_by_role("option", name="Noor").click()
    await dialog.get_by_label("Proof").set_input_files(
        {"name": "proof.txt", "mimeType": "text/plain", "buffer": b"seen"}
    )
    await dialog.get_by_role("button", name="Submit").click()
    await expect(tab.newest).to_contain_text("kept")
    values = await actor.hear_form("form")
    (proof,) = values.pop("proof")
    uploads = actor.bot.discord.platform.files.stored
    assert any(proof in path and file.data == b"seen" for path, file in uploads.items())
    noor = str(actor.bot.discord.world.noor.id)
    assert values == {"sure": True, "who": [noor], "why": "because"}


async def test_the_older_form_of_a_row_with_a_text_input(tab: Tab, actor: Puppet) -> None:
    actor.cues["form"] = Cue(MESSAGE, {"content": "fine"})
    field = {"type": 4, "custom_id": "old", "style": 1, "label": "Old", "value": "preset"}
    dialog = await open_form(tab, actor, [{"type": 1, "components": [field]}])
    await expect(dialog.get_by_label("Old")).to_have_value("preset")
    await dialog.get_by_label("Old").press("Enter")
    await expect(tab.newest).to_contain_text("fine")
    assert await actor.hear_form("form") == {"old": "preset"}


async def test_a_form_that_is_not_answered_stays_open(tab: Tab, actor: Puppet) -> None:
    dialog = await open_form(tab, actor, MORE[:1])
    with actor.silent("form"):
        await dialog.get_by_role("button", name="Submit").click()
        assert await actor.hear_form("form") == {"sure": True}
        await expect(dialog.get_by_text("Something went wrong. Try again.")).to_be_visible()
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(dialog).to_be_hidden()
