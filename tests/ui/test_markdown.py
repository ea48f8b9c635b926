"""Whatever a pack holds shows as it is, within its limit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters import units
from bot.ui.markdown import link, plain, plain_cut

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


@given(text=ANYTHING | MARKED, limit=st.integers(2, 250))
def test_an_escaped_text_stays_within_its_limit(text: str, limit: int) -> None:
    assert units(plain_cut(text, limit)) <= limit


def test_a_link_without_an_address_is_its_label() -> None:
    assert link("The *Post*", "") == "The \\*Post\\*"
    assert link("Post", "https://example.org") == "[Post](<https://example.org>)"
