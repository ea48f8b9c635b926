"""Whatever a pack, a name or a message holds is shown as text, and shown soon."""

import json
import re
import time
from pathlib import Path

from playwright.async_api import Locator, expect

from tests.end_to_end.stage import BotProcess
from tests.packs import INTERVIEW, fact, quote, write_pack
from tests.playground.page.browser import Tab
from tests.playground.page.conftest import OpenTab, open_house
from tests.playground.page.puppet import MESSAGE, MODAL, Cue, Json, Puppet, layout, text

SCRIPT = "<script>alert('script')</script>"
IMAGE = "<img src=x onerror=alert('image')>"
FRAME = '"><iframe srcdoc="<script>alert(1)</script>"></iframe><svg onload=alert(2)>'
LINKS = "[x](javascript:alert(1)) <javascript:alert(2)> [y](data:text/html,<b>) javascript:alert(3)"
HTML = f"{SCRIPT} {IMAGE} {FRAME} <b onclick=alert(4)>bold</b> &lt;i&gt; {LINKS}"
OVERRIDE = "right \u202e to left \u2066 isolate"
BOMBS = {
    "stars": "*" * 1999,
    "bars": "||" * 999,
    "quotes": ">" * 1999,
    "deep quotes": "> " * 999,
    "nested": "**__~~||*_" * 199,
    "unclosed": "*a **b __c ~~d ||e `f [g](h <@i " * 60,
    "ticks": " ".join("`" * (1 + number % 40) for number in range(97)),
    "fences": "```" * 666,
    "brackets": "[" * 999 + "](" * 499,
    "angles": "<t:" * 666,
    "addresses": "http://" * 285,
    "escapes": "\\" * 1999,
    "lists": "\n".join(f"{' ' * (number % 20)}- x" for number in range(90)),
    "lines": "\n" * 1000 + "end",
    "marks": "e" + "\u0301" * 1900,
}


async def no_elements(place: Locator) -> None:
    """Find nothing in it that could act or load."""
    await expect(
        place.locator("script, iframe, object, svg, b[onclick], img[onerror]")
    ).to_have_count(0)
    addresses = await place.locator("a").evaluate_all("all => all.map((one) => one.href)")
    assert [address for address in addresses if not re.match(r"https?://", address)] == []


async def test_html_is_text_wherever_it_stands(tab: Tab, actor: Puppet) -> None:
    name = SCRIPT[:45]
    embed: Json = {
        "title": HTML[:256],
        "description": HTML,
        "author": {"name": IMAGE},
        "fields": [{"name": IMAGE, "value": HTML[:1024]}],
        "footer": {"text": SCRIPT},
    }
    select: Json = {
        "type": 3,
        "custom_id": "s",
        "placeholder": IMAGE,
        "options": [{"label": name, "value": "1", "description": IMAGE, "default": True}],
    }
    rows = [
        {"type": 1, "components": [{"type": 2, "style": 1, "label": name, "custom_id": "b"}]},
        {"type": 1, "components": [select]},
    ]
    data: Json = {
        "content": f"{HTML}\n{OVERRIDE}",
        "embeds": [embed],
        "components": rows,
        "attachments": [{"id": 0, "description": FRAME}],
    }
    actor.cues["show"] = Cue(MESSAGE, data, {"a.png": b"<svg onload=alert(5)>"})
    await tab.use("/show")
    message = tab.newest
    await no_elements(message)
    for words in (
        SCRIPT,
        IMAGE,
        "<b onclick=alert(4)>bold</b>",
        "&lt;i&gt;",
        "right \u202e to left",
    ):
        await expect(message).to_contain_text(words)
    await expect(message.get_by_role("button", name=name, exact=True)).to_be_visible()
    await tab.page.get_by_role("button", name="Inspect").click()
    panel = tab.page.get_by_role("complementary", name="Inspect")
    await expect(panel).to_contain_text("onerror")
    await no_elements(panel)
    await tab.shoot("hostile")


async def test_a_hostile_form_is_text_too(tab: Tab, actor: Puppet) -> None:
    field: Json = {
        "type": 4,
        "custom_id": "x",
        "style": 1,
        "value": HTML[:200],
        "placeholder": IMAGE,
    }
    parts = [
        text(HTML),
        {"type": 18, "label": SCRIPT[:45], "description": IMAGE, "component": field},
    ]
    actor.cues["show"] = Cue(MODAL, {"custom_id": "m", "title": IMAGE[:45], "components": parts})
    await tab.type("/show")
    await tab.press("Enter")
    dialog = tab.page.get_by_role("dialog")
    await expect(dialog.get_by_role("heading", level=2)).to_have_text(IMAGE[:45])
    await no_elements(dialog)
    await expect(dialog.get_by_role("textbox")).to_have_value(HTML[:200])


async def test_a_bomb_of_marks_stays_text_and_takes_no_time(tab: Tab, actor: Puppet) -> None:
    for name, bomb in BOMBS.items():
        actor.cues["show"] = Cue(MESSAGE, {"content": bomb})
        started = time.perf_counter()
        await tab.use("/show")
        assert time.perf_counter() - started < 20, name
        if name in ("stars", "quotes", "brackets", "angles"):
            await expect(tab.newest.locator(".text"), name).to_have_text(bomb)
        assert await tab.overflow() == 0, name
        depth = await tab.newest.evaluate(
            """(element) => {
              const depth = (one) => 1 + Math.max(0, ...[...one.children].map(depth));
              return depth(element);
            }"""
        )
        assert depth < 40, name


async def test_the_time_for_markdown_grows_with_its_length(tab: Tab) -> None:
    """Longer than any message may be, so that what grows faster would show."""
    took = await tab.page.evaluate(
        """async (bombs) => {
          const { markdown } = await import("./markdown.js");
          const names = { user: () => "", role: () => "", channel: () => "" };
          const took = {};
          for (const [name, bomb] of Object.entries(bombs)) {
            // The best of three: another process may hold this one up.
            took[name] = Infinity;
            for (let run = 0; run < 3; run += 1) {
              const started = performance.now();
              markdown(bomb.repeat(20), names);
              took[name] = Math.min(took[name], performance.now() - started);
            }
          }
          return took;
        }""",
        BOMBS,
    )
    assert {name: ms for name, ms in took.items() if ms > 500} == {}


async def test_a_layout_of_hostile_texts(tab: Tab, actor: Puppet) -> None:
    deep = [text(f"{HTML[:300]} {OVERRIDE}"), text("||" * 200), text("# " * 200)]
    container: Json = {"type": 17, "components": deep}
    actor.cues["show"] = Cue(MESSAGE, layout(container))
    await tab.use("/show")
    await expect(tab.newest).to_contain_text(SCRIPT)
    await no_elements(tab.newest)


async def test_a_members_own_message_is_text(tab: Tab) -> None:
    await tab.entry.fill(HTML)
    await tab.press("Enter")
    await expect(tab.newest).to_contain_text(IMAGE)
    await no_elements(tab.newest)


async def test_a_hostile_pack_is_text_in_the_real_bot(open_tab: OpenTab, tmp_path: Path) -> None:
    people = [
        {"name": "Ada Example", "role": IMAGE, "part": SCRIPT},
        {"name": "Ben Sample", "role": "skipper"},
    ]
    interview = {**INTERVIEW, "people": people, "outlet": IMAGE, "title": SCRIPT}
    write_pack(
        tmp_path / "packs" / "hostile",
        interview=interview,
        quotes=[quote(1, text=f"{SCRIPT} {IMAGE} is what we baked **that** day, ||and|| more.")],
        facts=[fact(1, text=f"{IMAGE} stands in this fact.")],
    )
    async with open_house() as house:
        bot = BotProcess(house.discord, tmp_path / "var", tmp_path / "packs")
        try:
            await bot.start()
            tab = await open_tab(house.address)
            await tab.use("/quote")
            await expect(tab.newest).to_contain_text(SCRIPT)
            await expect(tab.newest).to_contain_text("**that**")
            await tab.use("/fact")
            await expect(tab.newest).to_contain_text(IMAGE)
            await tab.type("/quote find:")
            await expect(tab.suggestions.first).to_contain_text("<script>")
            await no_elements(tab.page.locator("body").locator(".stage"))
            await tab.press("Escape", "Escape", "Escape")
            await tab.use("/cast")
            await no_elements(tab.newest)
            assert json.dumps(bot.errors()) == "[]"
        finally:
            await bot.kill()
