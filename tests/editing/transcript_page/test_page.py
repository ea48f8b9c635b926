"""The page as files; for keyboard, screen reader and phone; with whatever a transcript holds."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.editing.transcript_preview import page_files
from tests.editing.transcript_page.conftest import Desk, OpenReview, ReviewTab, open_desk
from tests.playground.page.browser import PHONE
from tests.playground.page.standards import axe, check_file, violations

__all__ = ["axe"]

MOST_BYTES = 45_000
HOSTILE = "<img src=x onerror=alert(1)> <script>alert(2)</script> [x](javascript:alert(3))"


def test_the_page_weighs_little() -> None:
    assert sum(path.stat().st_size for path in page_files().values()) <= MOST_BYTES


@pytest.mark.parametrize("path", page_files().values(), ids=lambda path: path.name)
def test_a_file_is_short_and_names_no_other_host(path: Path) -> None:
    check_file(path)


def crowd(count: int) -> str:
    """Write a talk of many people, so that every colour is there."""
    answers = (f"PERSON {n}: I was there with the boat {n} times.\n\n" for n in range(count))
    return "".join(f"ADA: Who are you, and why?\n\n{answer}" for answer in answers)


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_axe_finds_nothing(
    tmp_path: Path, open_review: OpenReview, axe: str, scheme: str
) -> None:
    async with open_desk(tmp_path, f"The boat\n\n{crowd(9)}") as desk:
        tab = await open_review(desk.address, color_scheme=scheme, bypass_csp=True)
        await expect(tab.lines.last).to_contain_text("PERSON 8")
        assert await violations(tab, axe) == []
        await tab.press("Alt+ArrowDown")
        await tab.does("Leave out", "PERSON 1").click()
        await expect(tab.does("Bring back", "PERSON 1")).to_be_visible()
        await tab.does("Asks", "Ada").click()
        await expect(tab.problem).to_contain_text("nobody would be asking")
        await tab.page.get_by_text("Wrong from the start?").click()
        assert await violations(tab, axe) == []
        await tab.shoot(f"transcript-{scheme}")
        for words in ("Rename", "Same voice as…"):
            await tab.does(words, "Ada").click()
            await expect(tab.page.get_by_role("dialog")).to_be_visible()
            assert await violations(tab, axe) == []
            await tab.press("Escape")
        await tab.page.get_by_role("button", name="Use this").click()
        await expect(tab.page.locator("#written")).to_contain_text("Done")
        assert await violations(tab, axe) == []


async def test_axe_finds_nothing_where_nobody_speaks(
    tmp_path: Path, open_review: OpenReview, axe: str
) -> None:
    async with open_desk(tmp_path, "No speaker.\n\nNone.\n") as desk:
        tab = await open_review(desk.address, bypass_csp=True)
        await expect(tab.problem).to_be_visible()
        assert await violations(tab, axe) == []


@pytest.mark.parametrize("width", [320, PHONE["width"]])
async def test_a_phone_shows_it_without_scrolling_sideways(
    tmp_path: Path, open_review: OpenReview, axe: str, width: int
) -> None:
    text = f"{crowd(5)}ADA: {'x' * 400}?\n\nPERSON 1: {'y' * 400}.\n"
    viewport = {"width": width, "height": PHONE["height"]}
    async with open_desk(tmp_path, text) as desk:
        tab = await open_review(
            desk.address, viewport=viewport, has_touch=True, color_scheme="light", bypass_csp=True
        )
        await expect(tab.lines).to_have_count(12)
        assert await tab.overflow() == 0
        # Six voices would hide what they say.
        await expect(tab.does("Rename", "Ada")).to_be_hidden()
        await tab.page.get_by_role("heading", name="Voices (6)").click()
        await tab.does("Rename", "Ada").click()
        assert await tab.overflow() == 0
        await tab.press("Escape")
        assert await violations(tab, axe) == []
        await tab.shoot(f"transcript-phone-{width}")


async def test_whatever_is_focused_can_be_seen_and_hit(tab: ReviewTab) -> None:
    await tab.page.get_by_text("Wrong from the start?").click()
    await tab.page.get_by_role("link", name="Skip to the transcript").focus()
    names: list[str] = []
    for _step in range(40):
        await tab.press("Tab")
        is_seen = await tab.page.evaluate(
            """() => {
              const one = document.activeElement;
              if (one === document.body) return null;
              const { width, height, top, bottom } = one.getBoundingClientRect();
              const style = getComputedStyle(one);
              return {
                ring: style.outlineStyle !== "none",
                size: width >= 24 && height >= 24,
                place: top >= 0 && bottom <= innerHeight,
                html: one.outerHTML,
              };
            }"""
        )
        if is_seen is None:
            break
        assert is_seen["ring"], is_seen["html"]
        assert is_seen["size"], is_seen["html"]
        assert is_seen["place"], is_seen["html"]
        names.append(await tab.focused())
    assert {"Next doubt", "Rename: Ada", "Asks: The Band", "Start over", "Use this"} <= {*names}


async def test_html_is_text_wherever_it_stands(tmp_path: Path, open_review: OpenReview) -> None:
    label = "<b onclick=alert(4)>BO</b>"
    text = "".join(
        f"ADA: What of {HOSTILE}?\n\n{label}: It is \u202e {HOSTILE}.\n\n" for _n in range(4)
    )
    async with open_desk(tmp_path, text, "<img src=x>.txt") as desk:
        tab = await open_review(desk.address)
        await expect(tab.lines.first).to_contain_text("<script>alert(2)</script>")
        await tab.page.locator(".voice").nth(1).get_by_role("button", name="Rename").click()
        await expect(tab.page.get_by_role("dialog")).to_contain_text("<b onclick")
        await tab.press("Escape")
        for place in (".head", ".voices", ".lines", ".foot", "dialog"):
            await expect(
                tab.page.locator(place).locator("img, b, script:not([src]), iframe, a")
            ).to_have_count(0)


async def test_a_transcript_of_hours_is_there_whole_and_can_be_decided_about(
    tmp_path: Path, open_review: OpenReview
) -> None:
    answer = "The oven came in eleven pieces, and every one of them had a name of its own. " * 2
    turns = "".join(
        f"ADA: And what about part {n}?\n\nBO: {answer}\n\n{answer}\n\n{answer}\n\n"
        for n in range(2500)
    )
    async with open_desk(tmp_path, f"{turns}CLEO: Once.\n") as desk:
        tab = await open_review(desk.address)
        await expect(tab.lines).to_have_count(10_001, timeout=30_000)
        await tab.press("Alt+ArrowUp")
        await expect(tab.page.locator(".doubt").last).to_be_in_viewport()
        await expect(tab.page.locator(".doubt").last).to_contain_text("Cleo speaks only here.")
        await tab.does("Rename", "BO").click()
        await tab.type("Bo Sample")
        await tab.press("Enter")
        await expect(tab.voice("Bo Sample")).to_have_count(1, timeout=30_000)
        await expect(tab.page.locator(".turn .who", has_text="Bo Sample").last).to_be_attached(
            timeout=30_000
        )


async def test_a_line_without_an_end_is_cut(tmp_path: Path, open_review: OpenReview) -> None:
    text = f"ADA: Why?\n\nBO: {'word ' * 100_000}\n\nADA: So?\n\nBO: Yes, so.\n"
    async with open_desk(tmp_path, text) as desk:
        tab = await open_review(desk.address)
        # Not the inner text, which is none until the browser has drawn the line.
        long = await tab.lines.nth(1).text_content()
        assert long is not None
        assert long.endswith("…")
        assert len(long) < 25_000


async def test_the_page_has_the_headers_of_the_other(desk: Desk, tab: ReviewTab) -> None:
    response = await tab.page.goto(desk.address)
    assert response is not None
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
