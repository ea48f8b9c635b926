"""The page's own words in the language of who is typing: a file each, with all that is said."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from playground.web.door import PAGE
from tests.playground.page.conftest import House, OpenTab
from tests.playground.page.puppet import MESSAGE, Cue, Puppet

CATALOGUES = sorted(PAGE.glob("*.json"))
_SAID = re.compile(r'\b(?:say|parts)\(\s*"([^"]+)"')
_IN_HTML = re.compile(r'data-say>([^<]+)<|aria-label="([^"]+)" data-say-label')
_UNSAID = re.compile(r'\b(?:say|parts)\((?!\s*"|sentence|element)')


def said() -> Iterator[str]:
    """Give every sentence of the page."""
    for path in PAGE.glob("*.js"):
        yield from _SAID.findall(path.read_text("utf-8"))
    for words, label in _IN_HTML.findall((PAGE / "index.html").read_text("utf-8")):
        yield words or label


def test_every_sentence_stands_where_it_is_said() -> None:
    texts = {path.name: path.read_text("utf-8") for path in PAGE.glob("*.js")}
    assert [name for name, source in texts.items() if _UNSAID.search(source)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_language_has_every_sentence_and_no_other(path: Path) -> None:
    catalogue: dict[str, str] = json.loads(path.read_text("utf-8"))
    assert set(catalogue) == set(said())
    for sentence, words in catalogue.items():
        assert words
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", sentence))


async def test_the_page_speaks_the_language_of_who_is_typing(
    house: House, actor: Puppet, open_tab: OpenTab
) -> None:
    world = house.discord.world
    world.mika.locale = "fr"
    tab = await open_tab(house.address)
    actor.cues["show"] = Cue(MESSAGE, {"content": "<t:0:R> <t:0:D>"})
    await tab.use("/show")
    await expect(tab.newest).to_contain_text("years ago")
    await tab.page.get_by_role("radio", name="Mika").check()
    await expect(tab.page.get_by_role("button", name="Inspecter")).to_be_visible()
    await expect(tab.page.get_by_role("group", name="Qui écrit")).to_be_visible()
    await expect(tab.newest).to_contain_text("Robin a utilisé /show")
    await expect(tab.newest).to_contain_text("il y a")
    await expect(tab.newest).to_contain_text("1 janvier 1970")
    await expect(tab.page.locator("html")).to_have_attribute("lang", "fr")
    await tab.shoot("french")
    await tab.page.get_by_role("radio", name="Robin").check()
    await expect(tab.page.get_by_role("button", name="Inspect", exact=True)).to_be_visible()
    world.mika.locale = "en-US"
