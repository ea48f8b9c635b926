"""The page as files, and when what it talks to goes away."""

from pathlib import Path

import pytest
from playwright.async_api import expect

import playground
from playground.web import Notice
from tests.playground.page.conftest import House, OpenTab, open_house
from tests.playground.page.standards import check_file

FILES = sorted((Path(playground.__file__).parent / "page").iterdir())
MOST_BYTES = 200_000


def test_the_page_weighs_little() -> None:
    assert sum(path.stat().st_size for path in FILES) <= MOST_BYTES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_short_and_names_no_other_host(path: Path) -> None:
    check_file(path)


async def test_mistakes_of_a_pack_stand_on_top_until_they_are_mended(
    house: House, open_tab: OpenTab
) -> None:
    tab = await open_tab(house.address)
    region = tab.page.get_by_role("region", name="Notices")
    await expect(region).to_be_hidden()
    house.page.set_notices([Notice("This pack cannot be read", ("facts.toml:7: <b>no</b> text",))])
    await expect(region).to_contain_text("facts.toml:7: <b>no</b> text")
    await tab.shoot("notices")
    house.page.set_notices([])
    await expect(region).to_be_hidden()


async def test_without_a_bot_the_page_says_that_it_starts(house: House, open_tab: OpenTab) -> None:
    tab = await open_tab(house.address)
    await expect(tab.page.get_by_text("Encore is starting…")).to_be_visible()


async def test_a_playground_that_was_stopped_says_so(open_tab: OpenTab) -> None:
    async with open_house() as house:
        tab = await open_tab(house.address)
        tab.may_lose_playground = True
    await expect(tab.page.get_by_text("The playground was stopped.")).to_be_visible()
    await tab.shoot("stopped")


async def test_a_lost_line_is_taken_up_again(house: House, open_tab: OpenTab) -> None:
    tab = await open_tab(house.address)
    await tab.become("Noor")
    await tab.open_channel("after-dark")
    tab.may_lose_playground = True
    await tab.page.context.set_offline(True)
    for conversation in list(house.page._door.conversations):
        await conversation.close()
    await expect(tab.page.get_by_text("Trying again…")).to_be_visible()
    await tab.page.context.set_offline(False)
    await expect(tab.page.get_by_text("Trying again…")).to_be_hidden()
    await expect(tab.page.get_by_role("heading", level=1)).to_contain_text("after-dark")
    await expect(tab.entry).to_have_attribute("placeholder", "Message #after-dark as Noor")
