"""The page of statistics and the one that signs in, in a browser: read, in the dark, on a phone."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, Locator, expect

from bot.hosting.pages import serve_pages
from bot.hosting.statistics.live import Live
from bot.hosting.statistics.statistics_page import SPANS, statistics_page
from bot.hosting.statistics.usage import CommandSum, Day, QuestionSum, Statistics
from bot.interview.pack.item_lines import ItemLine
from bot.process.metrics import Outcome
from bot.state.play_sums import WeekSum
from bot.state.schedules import Outlook
from tests.end_to_end.stage import unused_port
from tests.playground.page.browser import PHONE, Tab, context_options
from tests.playground.page.conftest import browser
from tests.playground.page.standards import axe, violations

__all__ = ["axe", "browser"]

TODAY = date(2026, 11, 27)
TOKEN = "correct-horse-battery-staple"
PACKS = Path("/srv/data"), Path("/srv/var")
HOSTILE = "<script>document.title = 'mine'</script><img src=x onerror=alert(1)> \x00\u202e & \"'"
QUIET = Live(True, 3, 41, 84_000_000, {}, 1)
TROUBLED = Live(False, 3, None, None, {"Discord": HOSTILE}, 4)


def day(ago: int) -> Day:
    answers = 40 + ago % 7 * 10
    outcomes = Counter({Outcome.OK: answers, Outcome.REFUSED: ago % 3})
    return Day(TODAY - timedelta(days=ago), outcomes, Counter({25: answers, 250: ago % 3}))


def figures(days: int) -> Statistics:
    line = ItemLine(PACKS[0] / "boat" / "trivia.toml", 123, HOSTILE)
    return Statistics(
        days=[day(ago) for ago in reversed(range(days))],
        commands=[
            CommandSum("quote", {Outcome.OK: 900}, 12.5),
            CommandSum("Save quote", {Outcome.OK: 7, Outcome.FAILED: 1}, 1250),
        ],
        weeks=[WeekSum(f"2026-W{week}", week) for week in range(40, 49)],
        questions=[
            QuestionSum("boat", "curated:1", 40, 20, {"wrong": 2, "spelling": 1}, line),
            QuestionSum("boat", "true_or_false:7", 40, 4, {}),
            QuestionSum("boat", "curated:2", 40, 39, {}, line),
            QuestionSum("boat", "curated:3", 40, 20, {}, line),
        ],
        question_count=4,
        posts=Outlook(due=5, stopped=1, overdue=2),
    )


def new() -> Statistics:
    """Give what there is on the first day, of which one fact was asked in two ways."""
    fact = ItemLine(PACKS[0] / "boat" / "facts.toml", 267, "The Heron sails at noon.")
    idle = [Day(one.date, Counter[Outcome](), Counter[int]()) for one in figures(30).days[:-1]]
    return replace(
        figures(30),
        days=[*idle, day(0)],
        weeks=[WeekSum("2026-W48", 3)],
        questions=[
            QuestionSum("boat", "who:7", 40, 4, {}, fact),
            QuestionSum("boat", "true_or_false:7", 40, 8, {}, fact),
        ],
        posts=Outlook(due=5, stopped=0, overdue=0),
    )


@dataclass
class Site:
    address: str
    browser: Browser

    async def tab(self, path: str, *, signs_in: bool = True, **options: object) -> Tab:
        headers = {"Authorization": f"Bearer {TOKEN}"} if signs_in else {}
        window = await self.browser.new_context(
            **context_options({"extra_http_headers": headers, **options})
        )
        tab = Tab(await window.new_page(), self.address)
        await tab.page.goto(f"{self.address}{path}")
        return tab


async def _statistics(request: web.Request) -> web.Response:
    days = int(request.query.get("days", "30"))
    live = TROUBLED if "troubled" in request.query else QUIET
    shown = new() if "new" in request.query else figures(days)
    return statistics_page(shown, live, PACKS)


@pytest.fixture
async def site(browser: Browser) -> AsyncIterator[Site]:
    port = unused_port()
    async with serve_pages({"/stats": _statistics}, port, TOKEN):
        yield Site(f"http://127.0.0.1:{port}", browser)


async def close(tab: Tab) -> None:
    await tab.page.context.close()
    assert tab.mistakes == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/stats", "/stats?days=365&troubled"])
async def test_everybody_can_read_it(site: Site, axe: str, path: str, scheme: str) -> None:
    tab = await site.tab(path, color_scheme=scheme)
    for details in await tab.page.locator("summary").all():
        await details.click()
    assert await violations(tab, axe) == []
    await close(tab)


@pytest.mark.parametrize("path", ["/stats", "/stats?days=365&troubled"])
async def test_it_fits_a_phone(site: Site, path: str) -> None:
    tab = await site.tab(path, viewport=PHONE)
    for details in await tab.page.locator("summary").all():
        await details.click()
    width = await tab.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    await close(tab)


async def test_what_stands_in_an_interview_is_text(site: Site) -> None:
    tab = await site.tab("/stats?troubled")
    await expect(tab.page).to_have_title("How Encore is doing")
    first = tab.page.locator(".questions li").first
    await expect(first).to_contain_text("<script>document.title = 'mine'</script><img src=x")
    assert await tab.page.locator("script, img").count() == 0
    assert "\u202e" not in await first.inner_text()
    await close(tab)


async def test_questions_that_want_a_look_stand_out_with_file_and_line(site: Site) -> None:
    tab = await site.tab("/stats")
    weak = tab.page.locator(".weak")
    assert [await entry.locator(".why").inner_text() for entry in await weak.all()] == [
        "reported: The answer is wrong (2 members), There's a typo (1 member)",
        "few right",
        "nearly all right",
    ]
    assert [await entry.locator("code").inner_text() for entry in await weak.all()] == [
        "data/boat/trivia.toml:123",
        "boat, true or false 7 (no longer there)",
        "data/boat/trivia.toml:123",
    ]
    await expect(weak.nth(1)).to_contain_text("10% right of 40 answers")
    assert "/srv" not in await tab.page.content(), "where the folders lie is the host's"
    await close(tab)


async def test_each_picture_says_what_it_shows_and_has_a_table_behind(site: Site) -> None:
    tab = await site.tab("/stats")
    pictures = await tab.page.get_by_role("img").all()
    names = [await picture.get_attribute("aria-label") for picture in pictures]
    assert len(names) == 3
    assert names[0] == "2,080 answers in 30 days; most on 7 November 2026: 102."
    await tab.page.get_by_text("Day by day").first.click()
    row = tab.page.get_by_role("row", name="27 November 2026")
    await expect(row.first).to_contain_text("40")
    await close(tab)


@pytest.mark.parametrize(("days", "first"), [(30, "29 Oct"), (365, "28 Nov 2025")])
async def test_each_picture_has_a_scale_and_says_from_when_to_when(
    site: Site, days: int, first: str
) -> None:
    tab = await site.tab(f"/stats?days={days}", viewport=PHONE)
    scales = [await scale.inner_text() for scale in await tab.page.locator(".scale").all()]
    # At most 102 answers a day, 25 ms and 48 players.
    assert [scale.split()[0] for scale in scales] == ["120", "30", "50"]
    assert [scale.split()[-1] for scale in scales] == ["0", "0", "0"]
    ends = [await axis.locator("span").all_inner_texts() for axis in await axes(tab)]
    assert ends[:2] == [[first, "today, 27 Nov"]] * 2
    assert ends[2][1] == "this week"
    for axis in await axes(tab):
        box = await axis.bounding_box()
        assert box is not None
        assert box["height"] < 20, "in one line"
    await close(tab)


async def axes(tab: Tab) -> list[Locator]:
    return await tab.page.locator(".ends").all()


async def test_a_single_week_is_a_bar_and_no_slab(site: Site) -> None:
    tab = await site.tab("/stats?new")
    chart = tab.page.get_by_role("img").last
    await expect(chart).to_have_attribute("aria-label", re.compile("this week"))
    bar, room = await chart.locator("rect").bounding_box(), await chart.bounding_box()
    assert bar is not None
    assert room is not None
    assert bar["width"] < room["width"] / 10
    assert bar["x"] > room["x"] + room["width"] / 2, "it comes last"
    await close(tab)


async def test_posts_that_stopped_are_told_even_if_there_are_none(site: Site) -> None:
    tab = await site.tab("/stats?new")
    tile = tab.page.locator("dl div").filter(has_text="Posts stopped")
    await expect(tile.locator("dd")).to_have_text("0")
    await close(tab)


async def test_two_questions_of_one_fact_are_told_apart(site: Site) -> None:
    tab = await site.tab("/stats?new")
    told = [await entry.inner_text() for entry in await tab.page.locator(".weak").all()]
    kinds = [line for entry in told for line in entry.splitlines() if " right of " in line]
    assert kinds == ["Who? · 10% right of 40 answers", "True or false · 20% right of 40 answers"]
    await close(tab)


async def test_one_can_look_back_further(site: Site) -> None:
    tab = await site.tab("/stats")
    for days in SPANS[1:]:
        await tab.page.get_by_role("link", name=f"{days} days").click()
        chosen = tab.page.get_by_role("link", name=f"{days} days")
        await expect(chosen).to_have_attribute("aria-current", "page")
        await expect(tab.page.locator("figcaption").first).to_contain_text(f"in {days} days")
    await close(tab)


async def test_trouble_and_other_processes_are_said(site: Site) -> None:
    tab = await site.tab("/stats?troubled")
    await expect(tab.page.locator("body")).to_contain_text("Not connected to Discord.")
    await expect(tab.page.locator("body")).to_contain_text("for this process only")
    await close(tab)


async def test_one_signs_in_and_stays_so(site: Site, axe: str) -> None:
    tab = await site.tab("/stats", signs_in=False, viewport=PHONE)
    await expect(tab.page.get_by_role("heading", level=1)).to_have_text("Sign in to Encore")
    assert await violations(tab, axe) == []
    await tab.page.get_by_label("Token").fill(TOKEN)
    await tab.page.get_by_role("button", name="Sign in").click()
    await expect(tab.page.get_by_role("heading", level=1)).to_have_text("How Encore is doing")
    await tab.page.goto(f"{site.address}/stats?days=90")
    await expect(tab.page.get_by_role("heading", level=1)).to_have_text("How Encore is doing")
    await tab.page.context.close()
    # The browser tells that the first page wanted a token.
    assert [mistake for mistake in tab.mistakes if "401" not in mistake] == []
