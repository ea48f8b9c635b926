"""Whatever a pack holds shows as it is, within its limit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.markdown import cut, link, one_line, plain, plain_cut

ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)
MARKED = st.text(st.sampled_from("*_~`|>#-<@&:/[]()\\ 1.\nab"), max_size=200)


@pytest.mark.parametrize(
    "text",
    [
        "**bold**", "__under__", "_slanted_", "~~struck~~", "`code`", "```block```", "||spoiler||",
        "<@1>", "<@&1>", "<#1>", "</quote:1>", "<:a:1>", "<a:b:1>", "<t:0:R>", "<id:guide>",
    ],
)  # fmt: skip
def test_marks_are_escaped(text: str) -> None:
    escaped = plain(text)
    assert escaped != text
    assert escaped.replace("\\", "") == text
    assert not re.search(r"(?<!\\)<[@#/:ta]", escaped)


@pytest.mark.parametrize("start", ["# ", "## ", "- ", "+ ", "-# ", "1. ", "> ", ">>> "])
def test_what_starts_a_block_is_escaped(start: str) -> None:
    assert "\\" in plain(f"{start}text")


@given(text=ANYTHING | MARKED)
def test_escaping_only_adds_backslashes(text: str) -> None:
    assert plain(text).replace("\\", "") == text.replace("\\", "")


@given(text=ANYTHING | MARKED, limit=st.integers(1, 250))
def test_a_cut_text_stays_within_its_limit(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit
    assert (cut(text, limit) == text) is (len(text) <= limit)


@given(text=st.text(min_size=1), limit=st.integers(1, 250))
def test_a_text_that_was_cut_says_so(text: str, limit: int) -> None:
    assert cut(text + "x" * limit, limit).endswith("…")


@given(text=ANYTHING | MARKED, limit=st.integers(2, 250))
def test_an_escaped_text_stays_within_its_limit(text: str, limit: int) -> None:
    assert len(plain_cut(text, limit)) <= limit


def test_a_text_is_cut_at_a_word() -> None:
    assert cut("one two three four", 13) == "one two…"
    assert cut("x" * 30, 10) == "x" * 9 + "…"


def test_a_link_without_an_address_is_its_label() -> None:
    assert link("The *Post*", "") == "The \\*Post\\*"
    assert link("Post", "https://example.org") == "[Post](<https://example.org>)"


def test_lines_are_joined() -> None:
    assert one_line(" a\n\t b\u2028c ") == "a b c"


def test_signs_that_turn_a_line_around_are_left_out() -> None:
    assert one_line("a\u0000b\u202ec\u2066d") == "abcd"


def test_a_space_that_must_not_be_broken_stays() -> None:
    assert one_line("Qui\u202f?\n \t« Oui\u00a0»  ") == "Qui\u202f? « Oui\u00a0»"
