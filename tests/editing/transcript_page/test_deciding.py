"""Whoever looks at a transcript decides who is who, and sees at once what becomes of it."""

import re
from pathlib import Path

from playwright.async_api import expect

from tests.editing.talks import EXAMPLE
from tests.editing.transcript_page.conftest import Desk, OpenReview, ReviewTab, open_desk

ALL = "Ada asks; Bo Sample, Cleo and The Band answer: 3 questions, 5 answers."
BOLD = """<html><body><h1>Owls</h1><p><b>When did it come?</b></p><p>It came in a storm.</p>
<p><b>What does it eat?</b></p><p>Mostly what the cat leaves.</p>
<p><b>Would you do it again?</b></p><p>Every night, if I am asked.</p></body></html>"""


async def test_the_page_says_what_was_understood(tab: ReviewTab) -> None:
    await expect(tab.page.get_by_role("heading", level=1)).to_have_text("How an oven came to sea")
    await expect(tab.understood).to_have_text(ALL)
    await expect(tab.voice("Bo Sample")).to_contain_text("Answers · 2 turns")
    await expect(tab.voice("Bo Sample")).to_contain_text("In eleven pieces")
    await expect(tab.voice("Ada")).to_contain_text("Asks · 3 turns")
    await expect(tab.lines.first).to_have_text("1Left out: How an oven came to sea")
    await expect(tab.page.locator(".is-question")).to_have_count(3)
    await expect(tab.page.get_by_text("A new interview, how-an-oven-came-to-sea:")).to_be_visible()
    await tab.shoot("transcript")


async def test_a_voice_is_renamed_by_keyboard_and_the_focus_stays(tab: ReviewTab) -> None:
    await tab.does("Rename", "Bo Sample").focus()
    await tab.press("Enter")
    await expect(tab.page.get_by_role("dialog", name="Rename Bo Sample")).to_be_visible()
    await tab.type("Robert Sample")
    await tab.press("Enter")
    await expect(tab.understood).to_contain_text("Ada asks; Robert Sample, Cleo and The Band")
    await expect(tab.page.locator(".turn .who", has_text="Robert Sample")).to_have_count(2)
    await expect(tab.does("Rename", "Robert Sample")).to_be_focused()


async def test_a_name_that_is_none_stays_in_the_dialog(tab: ReviewTab) -> None:
    await tab.does("Rename", "Cleo").click()
    dialog = tab.page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name="Name").fill(" \u200b ")
    await dialog.get_by_role("button", name="Rename").click()
    await expect(dialog.get_by_role("alert")).to_have_text(
        "A name needs letters and has to fit on one line."
    )
    await tab.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(tab.does("Rename", "Cleo")).to_be_focused()


async def test_voices_are_joined_and_split(tab: ReviewTab) -> None:
    await tab.does("Same voice as…", "Cleo").click()
    dialog = tab.page.get_by_role("dialog", name="Who is Cleo?")
    await tab.press("Enter")
    await expect(dialog).to_be_visible()
    await dialog.get_by_role("combobox", name="The same voice as").select_option("Bo Sample")
    await dialog.get_by_role("button", name="Join").click()
    await expect(tab.voice("Cleo")).to_have_count(0)
    await expect(tab.voice("Bo Sample").get_by_role("listitem")).to_contain_text(
        ["BO SAMPLE", "CLEO", "BO"]
    )
    await tab.does("On its own", "CLEO").click()
    await expect(tab.voice("Cleo").or_(tab.voice("CLEO"))).to_have_count(1)


async def test_somebody_is_made_the_asker_and_nobody(tab: ReviewTab) -> None:
    await tab.does("Asks", "Cleo").click()
    await expect(tab.understood).to_contain_text("Ada and Cleo ask;")
    await expect(tab.does("Asks", "Cleo")).to_have_attribute("aria-pressed", "true")
    await tab.does("Leave out", "The Band").click()
    await expect(tab.voice("The Band")).to_have_count(0)
    await expect(tab.lines.last).to_contain_text("Left out: ")
    await tab.does("Bring back", "THE BAND").click()
    await expect(tab.voice("The Band")).to_have_count(1)


async def test_what_cannot_be_is_a_sentence_and_changes_nothing(tab: ReviewTab) -> None:
    await tab.does("Asks", "Ada").click()
    await expect(tab.problem).to_contain_text("Then nobody would be asking.")
    await expect(tab.understood).to_have_text(ALL)
    await tab.page.get_by_text("Wrong from the start?").click()
    await expect(tab.page.get_by_role("button", name="Start over")).to_be_in_viewport()
    await tab.page.get_by_label("How the file marks a new voice").fill("dotted")
    await tab.page.get_by_role("button", name="Read it like that").click()
    await expect(tab.problem).to_contain_text("no labels in the shape dotted")
    await expect(tab.voice("Bo Sample")).to_have_count(1)


async def test_the_other_ways_to_read_the_file_are_named(
    tmp_path: Path, open_review: OpenReview
) -> None:
    text = "Talk\n\n" + "**ADA:** Why?\n\n**BO:** It rained.\n\n" * 3
    async with open_desk(tmp_path, text, "talk.md") as desk:
        tab = await open_review(desk.address)
        await tab.page.get_by_text("Wrong from the start?").click()
        field = tab.page.get_by_label("How the file marks a new voice")
        await expect(field).to_have_value("bold-emphasised")
        await expect(field).to_have_accessible_description("This file also has: colon.")
        await field.fill("colon")
        await tab.press("Enter")
        await expect(field).to_have_accessible_description("This file also has: bold-emphasised.")


async def test_changes_are_undone_and_everything_is_started_over(tab: ReviewTab) -> None:
    undo = tab.page.get_by_role("button", name="Undo")
    await expect(undo).to_have_attribute("aria-disabled", "true")
    await tab.does("Leave out", "The Band").click()
    await tab.does("Asks", "Cleo").click()
    await expect(tab.understood).to_contain_text("Ada and Cleo ask")
    await undo.click()
    await expect(tab.understood).to_contain_text("Ada asks; Bo Sample and Cleo answer")
    await tab.page.get_by_text("Wrong from the start?").click()
    await tab.page.get_by_role("button", name="Start over").click()
    await expect(tab.understood).to_contain_text(ALL)


async def test_doubts_are_gone_through_by_keys_and_buttons(tab: ReviewTab) -> None:
    doubts = tab.page.locator("#doubts")
    await expect(doubts).to_have_text("1 doubt")
    await tab.press("Alt+ArrowDown")
    await expect(doubts).to_have_text("Doubt 1 of 1")
    note = tab.page.locator("#doubt-0")
    await expect(note).to_be_focused()
    await expect(note).to_contain_text("The Band speaks only here.")
    await tab.page.get_by_role("button", name="Next doubt").click()
    await expect(note).to_be_focused()
    await tab.page.get_by_role("button", name="Previous doubt").click()
    await expect(note).to_be_in_viewport()


async def test_the_picture_in_the_readme_shows_its_example(
    tmp_path: Path, open_review: OpenReview
) -> None:
    async with open_desk(tmp_path, EXAMPLE) as desk:
        tab = await open_review(desk.address, viewport={"width": 1000, "height": 680})
        await expect(tab.page.get_by_text("The Band speaks only here.")).to_be_in_viewport()
        await tab.shoot("preview")


async def test_a_talk_without_a_title_shows_the_one_that_it_gets(
    tmp_path: Path, open_review: OpenReview
) -> None:
    _title, _blank, talk = EXAMPLE.split("\n", 2)
    async with open_desk(tmp_path, talk) as desk:
        tab = await open_review(desk.address)
        await expect(tab.page.get_by_role("heading", level=1)).to_have_text(
            "An interview with Bo Sample and The Band"
        )
        await expect(tab.page.locator("#sureness")).to_contain_text("sure, with 1 doubt")


async def test_two_windows_agree(desk: Desk, tab: ReviewTab, open_review: OpenReview) -> None:
    other = await open_review(desk.address)
    await tab.does("Leave out", "The Band").click()
    await other.does("Asks", "Cleo").click()
    for one in (tab, other):
        await expect(one.understood).to_contain_text("Ada and Cleo ask; Bo Sample answers")
        await expect(one.does("Bring back", "THE BAND")).to_be_visible()


async def test_a_file_that_is_corrected_is_shown_again(desk: Desk, tab: ReviewTab) -> None:
    text = desk.talk.file.read_text("utf-8")
    desk.talk.file.write_text(text.replace("CLEO:", "CLEO PROBE:"), "utf-8")
    await expect(tab.voice("Cleo Probe")).to_have_count(1)


async def test_who_answers_is_named_where_the_file_does_not(
    tmp_path: Path, open_review: OpenReview
) -> None:
    async with open_desk(tmp_path, BOLD, "owls.html") as desk:
        tab = await open_review(desk.address)
        await expect(tab.problem).to_contain_text("owls.html names nobody")
        await expect(tab.page.get_by_role("button", name="Use this")).to_be_hidden()
        await tab.page.get_by_label("Whose answers are these?").fill("Bo Sample")
        await tab.press("Enter")
        await expect(tab.understood).to_contain_text("Bo Sample answers: 3 questions, 3 answers.")
        await expect(tab.problem).to_be_hidden()
        await expect(tab.page.get_by_role("button", name="Use this")).to_be_visible()


async def test_a_decision_that_does_not_help_is_told(
    tmp_path: Path, open_review: OpenReview
) -> None:
    text = "These lines have no speaker.\n\nNone of them has.\n"
    async with open_desk(tmp_path, text) as desk:
        tab = await open_review(desk.address)
        # A name would not help either, so none is asked for.
        await expect(tab.page.get_by_label("Whose answers are these?")).to_be_hidden()
        await tab.page.get_by_label("How the file marks a new voice").fill("colon")
        await tab.press("Enter")
        await expect(tab.understood).to_have_text("Read again; that did not help.")
        await expect(tab.problem).to_contain_text("no labels in the shape colon")
        desk.talk.file.write_text(EXAMPLE, "utf-8")
        await tab.page.get_by_role("button", name="Start over").click()
        await expect(tab.understood).to_contain_text("Ada asks; Bo Sample and The Band answer")


async def test_nothing_is_written_before_use_this_and_then_the_page_says_where(
    desk: Desk, tab: ReviewTab, open_review: OpenReview
) -> None:
    other = await open_review(desk.address)
    await tab.does("Leave out", "The Band").click()
    await expect(tab.understood).to_contain_text("Bo Sample and Cleo answer")
    assert desk.talk.written() == []
    await tab.page.get_by_role("button", name="Use this").click()
    await desk.review.end.wait()
    folder = desk.review.folder
    assert folder is not None
    for one in (tab, other):
        await expect(one.page.locator("#written")).to_contain_text(str(folder))
        await expect(one.page.get_by_role("button", name=re.compile("Rename"))).to_have_count(0)
    assert "reading.toml" in desk.talk.written()
    await tab.shoot("transcript-written")


async def test_a_lost_line_is_taken_up_again(desk: Desk, tab: ReviewTab) -> None:
    tab.may_lose_playground = True
    await tab.page.context.set_offline(True)
    for conversation in list(desk.door.conversations):
        await conversation.close()
    await expect(tab.page.get_by_text("Trying again…")).to_be_visible()
    await tab.does("Leave out", "The Band").click()
    await expect(tab.problem).to_contain_text("does not answer")
    await tab.page.context.set_offline(False)
    await expect(tab.page.get_by_text("Trying again…")).to_be_hidden()
    await tab.does("Leave out", "The Band").click()
    await expect(tab.understood).to_contain_text("Bo Sample and Cleo answer")


async def test_a_preview_that_was_stopped_says_so(tmp_path: Path, open_review: OpenReview) -> None:
    async with open_desk(tmp_path) as desk:
        tab = await open_review(desk.address)
        tab.may_lose_playground = True
    await expect(
        tab.page.get_by_text("The preview was stopped. Nothing was written.")
    ).to_be_visible()
