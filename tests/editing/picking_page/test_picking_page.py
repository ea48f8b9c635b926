"""An editor picks quotes on a page, by mouse, by touch and by keyboard, and looks on."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.editing.picking_reception import picking_files
from tests.editing.picking_page.conftest import (
    OpenPicking,
    PickingDesk,
    PickingTab,
    open_pack,
)
from tests.playground.page.browser import PHONE
from tests.playground.page.standards import axe, check_file, violations

__all__ = ["axe"]

MOST_BYTES = 52_000
FIRST = "In eleven pieces, and each of them had a name of its own."
HOSTILE = "<img src=x onerror=alert(1)> <script>alert(2)</script>"


def test_the_page_weighs_little() -> None:
    assert sum(path.stat().st_size for path in picking_files().values()) <= MOST_BYTES


@pytest.mark.parametrize("path", picking_files().values(), ids=lambda path: path.name)
def test_a_file_is_short_and_names_no_other_host(path: Path) -> None:
    check_file(path)


async def test_sentences_are_picked_and_shown_with_their_number(
    desk: PickingDesk, tab: PickingTab
) -> None:
    await expect(tab.page.get_by_role("heading", level=1)).to_have_text("How an oven came to sea")
    await expect(tab.form).to_be_hidden()
    await tab.sentence(FIRST).click()
    await expect(tab.form).to_contain_text("Ada Example, question 1")
    await expect(tab.form).to_contain_text("13 words, a good length to come up at random.")
    await tab.sentence("It rained.").click()
    await tab.form.get_by_role("textbox", name="Topics").fill("boats, rain")
    await tab.form.get_by_role("radio", name="mild").check()
    await tab.form.get_by_role("checkbox", name="Mature").check()
    await tab.does("Add quote").click()
    await expect(tab.status).to_have_text("Quote 1 is added.")
    await expect(tab.form).to_be_hidden()
    await expect(tab.page.locator(".is-quote")).to_have_text(
        [f"Quote 1{FIRST}", "Quote 1It rained."]
    )
    assert desk.rows() == [
        {
            "number": 1,
            "exchange": 1,
            "speaker": "ada-example",
            "text": f"{FIRST} It rained.",
            "topics": ["boats", "rain"],
            "spoiler": "mild",
            "mature": True,
        }
    ]
    # Another answer's question knows the topics by now.
    await tab.sentence("I held the rope.").click()
    await tab.form.get_by_role("button", name="rain").click()
    await expect(tab.form.get_by_role("textbox", name="Topics")).to_have_value("rain")


async def test_too_short_is_said_and_not_drawn_unless_somebody_wants_it(
    desk: PickingDesk, tab: PickingTab
) -> None:
    await tab.sentence("It rained.").click()
    await expect(tab.form).to_contain_text(
        "2 words; 8 to 45 are best. A little short: add a neighbour?"
    )
    await expect(tab.form.get_by_role("checkbox", name="At random")).not_to_be_checked()
    await tab.does("Add quote").click()
    await expect(tab.status).to_have_text("Quote 1 is added.")
    assert desk.rows()[0]["drawn"] is False
    await tab.sentence("I was asleep.").click()
    await tab.form.get_by_role("checkbox", name="At random").check()
    await tab.does("Add quote").click()
    await expect(tab.status).to_have_text("Quote 2 is added.")
    assert "drawn" not in desk.rows()[1]


async def test_a_quote_is_changed_and_withdrawn(desk: PickingDesk, tab: PickingTab) -> None:
    await tab.sentence(FIRST).click()
    await expect(tab.does("Withdraw")).to_be_hidden()
    await tab.does("Add quote").click()
    await expect(tab.status).to_have_text("Quote 1 is added.")
    await tab.sentence(FIRST).click()
    await expect(tab.form).to_contain_text("Quote 1, Ada Example")
    await tab.form.get_by_role("radio", name="major").check()
    await tab.does("Save").click()
    await expect(tab.status).to_have_text("Quote 1 is saved.")
    assert desk.rows()[0]["spoiler"] == "major"
    await tab.sentence(FIRST).click()
    await expect(tab.form.get_by_role("radio", name="major")).to_be_checked()
    await tab.does("Withdraw").click()
    await expect(tab.status).to_have_text("Quote 1 is withdrawn; its number stays taken.")
    await expect(tab.page.locator(".is-quote")).to_have_count(0)
    assert desk.rows()[0]["withdrawn"] is True


async def test_all_of_it_goes_by_keyboard(desk: PickingDesk, tab: PickingTab) -> None:
    await tab.page.get_by_role("link", name="Skip to what was said").focus()
    await tab.press("Enter", "Tab")
    await expect(tab.sentence(FIRST)).to_be_focused()
    await tab.press("ArrowDown", "ArrowDown", "Enter", "ArrowUp", " ")
    await expect(tab.page.locator(".sentence[aria-pressed=true]")).to_have_count(2)
    await tab.press("ArrowDown", "Tab", "Tab")
    await expect(tab.form.get_by_role("textbox", name="Topics")).to_be_focused()
    await tab.type("harbour")
    await tab.press("Enter")
    await expect(tab.status).to_have_text("Quote 1 is added.")
    await expect(tab.sentence("Nobody in the harbour")).to_be_focused()
    await tab.press("Enter", "Tab", "Escape")
    await expect(tab.form).to_be_hidden()
    await expect(tab.sentence("Nobody in the harbour")).to_be_focused()
    assert desk.rows()[0]["topics"] == ["harbour"]


async def test_what_an_editor_saves_meanwhile_is_shown_and_a_mistake_stands_on_the_page(
    desk: PickingDesk, tab: PickingTab
) -> None:
    before = desk.quotes.read_text("utf-8")
    entry = (
        '\n[[quotes]]\nnumber = 8\nexchange = 2\nspeaker = "ben-sample"\ntext = "I was asleep."\n'
    )
    desk.quotes.write_text(f"{before}{entry}", "utf-8")
    await expect(tab.sentence("I was asleep.")).to_have_text("Quote 8I was asleep.")
    desk.quotes.write_text(f"{before}{entry}topics = [", "utf-8")
    mistakes = tab.page.get_by_role("region", name="Mistakes in the files")
    await expect(mistakes).to_contain_text(re.compile(r"quotes\.toml:\d+:"))
    await tab.sentence(FIRST).click()
    await tab.does("Add quote").click()
    await expect(tab.problem).to_contain_text(re.compile(r"quotes\.toml:\d+:"))
    await expect(tab.form).to_be_visible()
    assert desk.quotes.read_text("utf-8") == f"{before}{entry}topics = ["
    desk.quotes.write_text(f"{before}{entry}", "utf-8")
    await expect(mistakes).to_be_hidden()
    await tab.does("Add quote").click()
    await expect(tab.status).to_have_text("Quote 9 is added.")


async def test_a_pick_stays_while_the_interview_is_saved_in_an_editor(
    desk: PickingDesk, tab: PickingTab
) -> None:
    await tab.sentence(FIRST).click()
    await tab.form.get_by_role("textbox", name="Topics").fill("harbour")
    interview = desk.quotes.with_name("interview.toml")
    before = interview.read_text("utf-8")
    text = re.sub('^title = ".*"', 'title = "The oven at sea"', before, flags=re.MULTILINE)
    interview.write_text(text, "utf-8")
    await expect(tab.page.get_by_role("heading", level=1)).to_have_text("The oven at sea")
    await expect(tab.form).to_be_visible()
    await expect(tab.sentence(FIRST)).to_have_attribute("aria-pressed", "true")
    await tab.does("Add quote").click()
    await expect(tab.status).to_have_text("Quote 1 is added.")
    assert desk.rows()[0]["topics"] == ["harbour"]


async def test_a_sentence_that_says_something_else_by_now_is_chosen_anew(
    desk: PickingDesk, tab: PickingTab
) -> None:
    await tab.sentence(FIRST).click()
    answers = desk.quotes.with_name("answers.jsonl")
    answers.write_text(answers.read_text("utf-8").replace(FIRST, "In twelve pieces."), "utf-8")
    await expect(tab.problem).to_have_text("What was said has changed. Choose again.")
    await expect(tab.form).to_be_hidden()


async def test_the_list_has_all_quotes_withdrawn_ones_too(
    desk: PickingDesk, tab: PickingTab
) -> None:
    entry = '[[quotes]]\nnumber = {}\nexchange = 2\nspeaker = "ben-sample"\ntext = "{}"\n'
    texts = ["I was asleep.", "I was never awake."]
    desk.quotes.write_text("".join(map(entry.format, (3, 4), texts)), "utf-8")
    await tab.page.get_by_role("heading", name="Quotes (2)").click()
    items = tab.page.locator("#picked").get_by_role("listitem")
    await expect(items.nth(1)).to_contain_text("not word for word in what was said")
    await tab.page.get_by_role("button", name="Change: quote 3").click()
    await tab.does("Withdraw").click()
    await expect(tab.status).to_have_text("Quote 3 is withdrawn; its number stays taken.")
    await expect(items.first).to_contain_text("withdrawn")
    await tab.page.get_by_role("button", name="Bring back: quote 3").click()
    await expect(tab.status).to_have_text("Quote 3 is back.")
    assert [row.get("withdrawn") for row in desk.rows()] == [None, None]


async def test_two_windows_agree(
    desk: PickingDesk, tab: PickingTab, open_picking: OpenPicking
) -> None:
    other = await open_picking(desk.address)
    await tab.sentence(FIRST).click()
    await tab.does("Add quote").click()
    await expect(other.sentence(FIRST)).to_have_text(f"Quote 1{FIRST}")
    await other.sentence("It rained.").click()
    await other.does("Add quote").click()
    await expect(tab.sentence("It rained.")).to_have_text("Quote 2It rained.")


async def test_colours_are_chosen_with_their_contrast(desk: PickingDesk, tab: PickingTab) -> None:
    await tab.page.get_by_role("heading", name="Colours of pictures").click()
    form = tab.page.locator("#colours")
    await form.get_by_label("Text").fill("#1b2a42")
    await expect(form).to_contain_text("text 1.0 to 1")
    await form.get_by_role("button", name="Use these colours").click()
    await expect(tab.page.get_by_role("region", name="Mistakes in the files")).to_contain_text(
        "text can hardly be read on the background"
    )
    await form.get_by_label("Text").fill("#ffffff")
    await form.get_by_role("button", name="Use these colours").click()
    await expect(tab.page.get_by_role("region", name="Mistakes in the files")).to_be_hidden()
    assert 'text = "#ffffff"' in (desk.folder / "interview.toml").read_text("utf-8")


async def test_html_is_text_wherever_it_stands(tmp_path: Path, open_picking: OpenPicking) -> None:
    text = f"ADA: What of {HOSTILE}?\n\n<b>BO</b>: It is \u202e {HOSTILE} that I like best.\n\n" * 3
    async with open_pack(tmp_path, text) as desk:
        tab = await open_picking(desk.address)
        await tab.sentences.first.click()
        await expect(tab.form).to_contain_text("<script>alert(2)</script>")
        await tab.form.get_by_role("textbox", name="Topics").fill("<img src=x>")
        await tab.does("Add quote").click()
        await expect(tab.status).to_have_text("Quote 1 is added.")
        await tab.page.get_by_role("heading", name="Quotes (1)").click()
        await expect(tab.page.locator("#picked")).to_contain_text("<img src=x>")
        for place in ("header", ".spoken", ".side", "form"):
            await expect(
                tab.page.locator(place).locator("img, b, script, iframe, a:not(.skip)")
            ).to_have_count(0)


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_axe_finds_nothing(
    desk: PickingDesk, open_picking: OpenPicking, axe: str, scheme: str
) -> None:
    tab = await open_picking(desk.address, color_scheme=scheme, bypass_csp=True)
    assert await violations(tab, axe) == []
    await tab.sentence(FIRST).click()
    await tab.form.get_by_role("textbox", name="Topics").fill("boats")
    await tab.does("Add quote").click()
    await expect(tab.status).to_have_text("Quote 1 is added.")
    await tab.sentence("It rained.").click()
    await tab.form.get_by_role("button", name="boats").click()
    await expect(tab.form.get_by_role("button", name="boats")).to_have_attribute(
        "aria-pressed", "true"
    )
    for name in ("Quotes (1)", "Facts, trivia, preview", "Colours of pictures"):
        await tab.page.get_by_role("heading", name=name).click()
    assert await violations(tab, axe) == []
    desk.quotes.write_text("[[quotes]\n", "utf-8")
    await expect(tab.page.get_by_role("region", name="Mistakes in the files")).to_be_visible()
    await tab.does("Add quote").click()
    await expect(tab.problem).to_contain_text("quotes.toml")
    assert await violations(tab, axe) == []
    await tab.shoot(f"picking-{scheme}")


@pytest.mark.parametrize("width", [320, PHONE["width"]])
async def test_a_phone_shows_it_without_scrolling_sideways(
    tmp_path: Path, open_picking: OpenPicking, axe: str, width: int
) -> None:
    text = f"ADA: {'x' * 300}?\n\nBO: {'y' * 300}. It is short.\n\n" * 4
    viewport = {"width": width, "height": PHONE["height"]}
    async with open_pack(tmp_path, text) as desk:
        tab = await open_picking(
            desk.address, viewport=viewport, has_touch=True, color_scheme="light", bypass_csp=True
        )
        await tab.sentences.nth(3).tap()
        await expect(tab.form).to_be_visible()
        assert await tab.overflow() == 0
        # What was touched is not below the bar.
        box, bar = await tab.sentences.nth(3).bounding_box(), await tab.form.bounding_box()
        assert box is not None
        assert bar is not None
        assert box["y"] + box["height"] <= bar["y"]
        top = await tab.page.evaluate("scrollY")
        await tab.form.get_by_role("textbox", name="Topics").tap()
        await tab.form.get_by_role("checkbox", name="Mature").tap()
        assert await tab.page.evaluate("scrollY") == top, "the bar doesn't move the page"
        assert await violations(tab, axe) == []
        await tab.shoot(f"picking-phone-{width}")


async def test_whatever_is_focused_can_be_seen_and_hit(tab: PickingTab) -> None:
    await tab.sentence(FIRST).click()
    await tab.page.get_by_role("link", name="Skip to what was said").focus()
    names: list[str] = []
    for _step in range(30):
        await tab.press("Tab")
        place = await tab.page.evaluate(
            """() => {
              const one = document.activeElement;
              if (one === document.body) return null;
              const { width, height, top, bottom } = one.getBoundingClientRect();
              const ring = getComputedStyle(one).outlineStyle !== "none";
              return [ring, width >= 18 && height >= 18, top >= 0 && bottom <= innerHeight];
            }"""
        )
        if place is None:
            break
        name = await tab.focused()
        assert place == [True, True, True], name
        names.append(name)
    assert {"Add quote", "Cancel", FIRST} <= {*names}


async def test_a_lost_line_is_taken_up_again(desk: PickingDesk, tab: PickingTab) -> None:
    tab.may_lose_playground = True
    await tab.page.context.set_offline(True)
    for conversation in list(desk.door.conversations):
        await conversation.close()
    await expect(tab.status).to_have_text("No answer. Trying again…")
    await tab.sentence(FIRST).click()
    await tab.does("Add quote").click()
    await expect(tab.problem).to_contain_text("nothing was changed")
    await tab.page.context.set_offline(False)
    await expect(tab.status).not_to_have_text("No answer. Trying again…")
    await tab.does("Add quote").click()
    await expect(tab.status).to_have_text("Quote 1 is added.")


async def test_an_interview_of_hours_is_there_whole_and_can_be_picked_from(
    tmp_path: Path, open_picking: OpenPicking
) -> None:
    answer = "The oven came in eleven pieces, and every one of them had a name of its own. " * 8
    turns = "".join(f"ADA: And what about part {n}?\n\nBO: {answer}\n\n" for n in range(1200))
    async with open_pack(tmp_path, turns) as desk:
        tab = await open_picking(desk.address)
        await expect(tab.sentences).to_have_count(9600, timeout=30_000)
        await tab.page.locator("#question").select_option("1100")
        await tab.sentences.nth(8792).click()
        await tab.page.locator("#form .primary").click()
        await expect(tab.status).to_have_text("Quote 1 is added.")
        assert desk.rows()[0]["exchange"] == 1100


async def test_a_page_that_was_stopped_says_so(tmp_path: Path, open_picking: OpenPicking) -> None:
    async with open_pack(tmp_path) as desk:
        tab = await open_picking(desk.address)
        tab.may_lose_playground = True
    await expect(tab.status).to_have_text("The page was stopped. Everything you picked is saved.")


async def test_nonsense_is_answered_with_a_sentence_and_writes_nothing(
    desk: PickingDesk, tab: PickingTab
) -> None:
    before = desk.quotes.read_bytes()
    fields = {"topics": [], "spoiler": "none", "mature": False, "drawn": True}
    pick = {"version": 1, "answer": 0, "places": [0], **fields}
    requests = [
        {"do": "nothing"},
        {"do": "sentences", "version": "1"},
        {"do": "sentences", "version": 1, "start": -1},
        {"do": "add"},
        {"do": "add", **pick, "answer": 10**30},
        {"do": "add", **pick, "answer": True},
        {"do": "add", **pick, "places": [-1]},
        {"do": "add", **pick, "places": "0"},
        {"do": "add", **pick, "places": list(range(2000))},
        {"do": "add", **pick, "topics": [7]},
        {"do": "add", **pick, "topics": ["a\nb"]},
        {"do": "add", **pick, "spoiler": "huge"},
        {"do": "add", **pick, "version": 7},
        {"do": "change", "number": 1, "mark": "x", **fields},
        {"do": "remove", "number": 1, "mark": "x" * 1000},
        {"do": "bring_back", "number": 10**30, "mark": ""},
        {"do": "colours", "background": "red"},
        {"do": "colours", "background": "#12345678", "text": "#000000", "accent": "#000000"},
    ]
    answers = await tab.page.evaluate(
        """async (requests) => {
          const address = new URL("./socket", location.href);
          address.protocol = "ws:";
          const socket = new WebSocket(address);
          await new Promise((done) => (socket.onopen = done));
          const answers = [];
          for (const [id, request] of requests.entries()) {
            socket.send(JSON.stringify({ id, ...request }));
            answers.push(await new Promise((done) => {
              socket.onmessage = ({ data }) => {
                const answer = JSON.parse(data);
                if (answer.id === id) done(answer.error);
              };
            }));
          }
          socket.close();
          return answers;
        }""",
        requests,
    )
    for request, error in zip(requests, answers, strict=True):
        assert isinstance(error, str), (request, error)
        assert error.endswith("."), (request, error)
    assert desk.quotes.read_bytes() == before
