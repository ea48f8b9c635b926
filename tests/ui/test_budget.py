"""Whatever the texts of a message are made of, together they fit; a list goes on on more pages."""

from typing import Any

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.interview.model import Answer
from bot.letters import units
from bot.ui.budget import MAX_TEXT, FlexibleText, Line, TextBlock, pages
from bot.ui.cards import Card, box
from bot.ui.exchange_cards import exchange_card, page_with, pages_of_passages
from tests.limit_packs import SCRIPTS, words
from tests.ui.test_cards import EXCHANGE, INTERVIEW, READER, texts

TEXT = st.builds(words, st.sampled_from(sorted(SCRIPTS)), st.just("1"), st.integers(1, 5000))
FLEXIBLE = st.builds(FlexibleText, TEXT, st.sampled_from(["", "> ", "### "]))
LINES = st.lists(TEXT.map(lambda text: text[:300]) | FLEXIBLE, min_size=1, max_size=20)


def size(card: Card) -> int:
    return sum(map(units, texts(card.to_components())))


@given(lines=LINES, others=st.lists(LINES, max_size=3))
def test_all_texts_of_a_card_fit_together(lines: list[Line], others: list[list[Line]]) -> None:
    blocks: list[discord.ui.Item[Any]] = [TextBlock(other) for other in others]
    assert 0 < size(Card("en", box(lines, *blocks))) <= MAX_TEXT


@given(lines=LINES)
def test_what_fits_stays_whole(lines: list[Line]) -> None:
    whole = TextBlock(lines).content
    if units(whole) <= MAX_TEXT:
        assert texts(Card("en", box(lines)).to_components()) == [whole]


def test_the_longest_texts_give_way_and_the_first_ones_last() -> None:
    lines = [FlexibleText("a " * 100), FlexibleText("b " * 3000), FlexibleText("c " * 3000)]
    (shown,) = texts(Card("en", box(lines)).to_components())
    assert shown.count("a") == 100
    assert abs(shown.count("b") - shown.count("c")) < 5
    lines[1] = FlexibleText("b " * 1600, is_first=True)
    (shown,) = texts(Card("en", box(lines)).to_components())
    assert shown.count("b") == 1600
    assert 0 < shown.count("c") < 300


@given(entries=st.lists(FLEXIBLE, max_size=150), around=st.lists(TEXT, max_size=2))
def test_pages_hold_each_entry_once_and_in_order(
    entries: list[FlexibleText], around: list[str]
) -> None:
    laid_out = pages(entries, around)
    assert [place for page in laid_out for place in page] == list(range(len(entries)))
    assert all(laid_out) or not entries


@given(
    entries=st.lists(FLEXIBLE, min_size=1, max_size=60),
    around=st.lists(TEXT.map(lambda text: text[:600]), max_size=2),
)
def test_each_page_fits_and_shows_much_of_each_entry(
    entries: list[FlexibleText], around: list[str]
) -> None:
    for page in pages(entries, around):
        shown = [entries[place] for place in page]
        block = TextBlock([*around, *shown])
        assert size(Card("en", box([]), block)) <= MAX_TEXT
        # What is cut short needs fewer escapes: half a link is none.
        content = block.content.replace("\\", "")
        least = [entry.within(min(250, units(entry.text)))[:60] for entry in shown]
        assert all(start.replace("\\", "").rstrip("…") in content for start in least)


@given(count=st.integers(1, 130), place=st.integers(0, 129), script=st.sampled_from(list(SCRIPTS)))
def test_a_passage_is_on_its_page_in_bold_among_any_number(
    count: int, place: int, script: str
) -> None:
    passages = [
        Answer("boat", 1, "ada", (words(script, f"A{n}", 20 + 5 * n), f"Passage {n}."))
        for n in range(count)
    ]
    marked = f"Passage {place % count}."
    laid_out = pages_of_passages(EXCHANGE, INTERVIEW, READER, passages, marked)
    page = laid_out[page_with(passages, laid_out, marked)]
    card = exchange_card(
        EXCHANGE, INTERVIEW, READER, passages[page.start : page.stop], marked=marked, left=3
    )
    assert size(card) <= MAX_TEXT
    assert f"**{marked}**" in "\n".join(texts(card.to_components()))
    assert "and 3 more" in "\n".join(texts(card.to_components()))
