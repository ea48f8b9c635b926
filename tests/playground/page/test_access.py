"""Usable by keyboard, screen reader and on any screen: what axe finds, and what it cannot."""

import pytest
from playwright.async_api import expect

from playground.web import Notice
from tests.playground.page.browser import PHONE, Tab
from tests.playground.page.conftest import House, OpenTab
from tests.playground.page.puppet import EPHEMERAL, MESSAGE, MODAL, Cue, Puppet, layout
from tests.playground.page.standards import axe, violations
from tests.playground.page.test_components import MARKDOWN, STRINGS, button, png, row
from tests.playground.page.test_forms import MORE, NEWER

__all__ = ["axe"]


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.usefixtures("actor")
async def test_axe_finds_nothing(
    house: House, actor: Puppet, open_tab: OpenTab, axe: str, scheme: str
) -> None:
    tab = await open_tab(house.address, color_scheme=scheme, bypass_csp=True)
    assert await violations(tab, axe) == []
    picture = {"media": {"url": "attachment://card.png"}, "description": "A card"}
    rows = [
        row(
            button("a", 1), button("b", 3), button("c", 4), button("d"), button("e", disabled=True)
        ),
        row(STRINGS),
    ]
    hidden = {"type": 17, "spoiler": True, "components": [{"type": 10, "content": "the end"}]}
    parts = [
        {
            "type": 17,
            "accent_color": 0xC0506A,
            "components": [{"type": 12, "items": [picture]}, *rows],
        },
        hidden,
        {"type": 10, "content": MARKDOWN},
    ]
    actor.cues["show"] = Cue(MESSAGE, layout(*parts, flags=EPHEMERAL), {"card.png": png()})
    await tab.use("/show")
    await tab.newest.get_by_role("button", name="Spoiler: show").first.click()
    embed = {"title": "T", "description": "D", "color": 255, "footer": {"text": "F"}}
    actor.cues["show"] = Cue(MESSAGE, {"content": "<@1>", "embeds": [embed]})
    await tab.use("/show")
    house.page.set_notices(
        [Notice("The pack has a mistake", ("quotes.toml:3: no text; write it",))]
    )
    await expect(tab.page.get_by_role("region", name="Notices")).to_contain_text("quotes.toml:3")
    assert await violations(tab, axe) == []
    await tab.shoot(f"all-{scheme}")
    house.page.set_notices([])
    await tab.entry.fill("/")
    await expect(tab.suggestions.first).to_be_visible()
    assert await violations(tab, axe) == []
    await tab.press("Escape")
    await tab.entry.fill("/take ")
    await expect(tab.suggestions.or_(tab.more).first).to_be_visible()
    assert await violations(tab, axe) == []
    await tab.press("Escape", "Escape")


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_axe_finds_nothing_in_panels_menus_and_forms(
    house: House, actor: Puppet, open_tab: OpenTab, axe: str, scheme: str
) -> None:
    tab = await open_tab(house.address, color_scheme=scheme, bypass_csp=True)
    actor.cues["show"] = Cue(MESSAGE, layout(row(STRINGS)))
    await tab.use("/show")
    await tab.page.get_by_role("button", name="Inspect").click()
    await expect(tab.page.get_by_role("complementary")).to_contain_text("Within Discord’s limits.")
    await tab.newest.get_by_role("button", name="Choose fruit").click()
    await expect(tab.page.get_by_role("listbox")).to_be_visible()
    assert await violations(tab, axe) == []
    await tab.press("Escape")
    await tab.button("More of this message").click()
    await expect(tab.page.get_by_role("menuitem").first).to_be_visible()
    assert await violations(tab, axe) == []
    await tab.press("Escape")
    for components in (NEWER, MORE):
        modal = {"custom_id": "form", "title": "A form", "components": components}
        actor.cues["show"] = Cue(MODAL, modal)
        await tab.entry.click()
        await tab.type("/show")
        await tab.press("Enter")
        dialog = tab.page.get_by_role("dialog", name="A form")
        await dialog.get_by_role("button", name="Submit").click()
        assert await violations(tab, axe) == []
        await dialog.get_by_role("button", name="Cancel").click()


async def test_axe_finds_nothing_on_a_phone(house: House, open_tab: OpenTab, axe: str) -> None:
    tab = await open_tab(house.address, viewport=PHONE, has_touch=True, bypass_csp=True)
    assert await violations(tab, axe) == []
    await tab.page.get_by_role("button", name="Channels").click()
    await expect(tab.page.get_by_role("radio", name="Mika")).to_be_visible()
    assert await violations(tab, axe) == []
    await tab.shoot("phone-channels")


async def test_new_messages_are_announced_and_old_ones_are_not(tab: Tab, actor: Puppet) -> None:
    log = tab.page.get_by_role("log", name="Messages")
    await expect(log).to_have_attribute("aria-busy", "false")
    actor.cues["show"] = Cue(MESSAGE, {"content": "news"})
    await tab.use("/show")
    await expect(log.get_by_role("article").last).to_contain_text("news")


async def test_whatever_is_focused_can_be_seen(tab: Tab, actor: Puppet) -> None:
    actor.cues["show"] = Cue(MESSAGE, layout(row(button("a"), button("b")), row(STRINGS)))
    await tab.use("/show")
    await tab.page.get_by_role("link", name="Skip to the message box").focus()
    names = []
    while not await tab.entry.evaluate("(entry) => entry === document.activeElement"):
        await tab.press("Tab")
        has_ring = await tab.page.evaluate(
            """() => {
              const one = document.activeElement;
              const place = one.closest(".entry-place, .pill") ?? one;
              const style = getComputedStyle(place);
              return style.outlineStyle !== "none" || style.boxShadow !== "none";
            }"""
        )
        assert has_ring, await tab.focused()
        names.append(await tab.focused())
    for name in ("Inspect", "More of this message", "Choose fruit: Banana"):
        assert name in names


async def test_targets_are_large_enough_to_hit(tab: Tab, actor: Puppet) -> None:
    actor.cues["show"] = Cue(MESSAGE, layout(row(button("a")), row(STRINGS), flags=EPHEMERAL))
    await tab.use("/show")
    small = await tab.page.evaluate(
        """() => [...document.querySelectorAll("button, input, [role=button]")]
          .filter((one) => one.checkVisibility())
          // What stands in a sentence is as high as its line; WCAG leaves it out.
          .filter((one) => getComputedStyle(one).display !== "inline")
          .map((one) => [one.closest("label") ?? one, one])
          .filter(([place]) => {
            const { width, height } = place.getBoundingClientRect();
            return width < 24 || height < 24;
          })
          .map(([, one]) => one.outerHTML)"""
    )
    assert small == []
