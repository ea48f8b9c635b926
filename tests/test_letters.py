"""A text is counted, cut and said back so that nothing comes of it but the text."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters import ELLIPSIS, MAX_TYPED_BACK, as_typed, cut, label, one_line, units

ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)
NASTY = st.lists(
    st.sampled_from(
        [
            *("@everyone", "@here", "<@1>", "<@&2>", "<#3>", "</quote:4>", "<:a:5>", "<t:0:R>"),
            *("[x](http://evil.example)", "https://evil.example", "discord.gg/abc", "||", "```"),
            *("**", "__", "~~", "\\", "\n# ", "\n> ", "\u202e", "\u0000", "\ud800", "{name}"),
        ]
    ),
    min_size=1,
    max_size=40,
).map("".join)


@given(text=ANYTHING, limit=st.integers(1, 250))
def test_a_cut_text_stays_within_its_limit(text: str, limit: int) -> None:
    assert units(cut(text, limit)) <= limit
    assert (cut(text, limit) == text) is (units(text) <= limit)


@given(text=st.text(min_size=1), limit=st.integers(1, 250))
def test_a_text_that_was_cut_says_so(text: str, limit: int) -> None:
    assert cut(text + "x" * limit, limit).endswith("…")


@given(text=(NASTY | ANYTHING).map(lambda text: text * 20), limit=st.integers(1, 250))
def test_a_label_is_a_line_within_its_limit_and_never_empty(text: str, limit: int) -> None:
    shown = label(text, limit)
    assert 0 < units(shown) <= limit
    assert not {"Cc", "Cs", "Zl", "Zp"} & set(map(unicodedata.category, shown))
    assert one_line(shown) == shown


def test_a_text_is_cut_at_a_word() -> None:
    assert cut("one two three four", 13) == "one two…"
    assert cut("x" * 30, 10) == "x" * 9 + "…"


def test_lines_are_joined() -> None:
    assert one_line(" a\n\t b\u2028c ") == "a b c"


def test_signs_that_turn_a_line_around_are_left_out() -> None:
    assert one_line("a\u0000b\u202ec\u2066d") == "abcd"


def test_a_space_that_must_not_be_broken_stays() -> None:
    assert one_line("Qui\u202f?\n \t« Oui\u00a0»  ") == "Qui\u202f? « Oui\u00a0»"


@pytest.mark.parametrize(
    "sign", ["👩\u200d👩\u200d👧", "🇫🇷", "❤\ufe0f", "👍🏽", "e\u0301", "क्षि", "กี่", "\U0001e900"]
)
def test_a_sign_of_several_letters_is_cut_whole(sign: str) -> None:
    for limit in range(1, 60):
        kept = cut(sign * 40, limit).removesuffix(ELLIPSIS)
        assert kept == sign * (len(kept) // len(sign))


def test_marks_without_end_on_one_letter_are_cut_with_it() -> None:
    assert cut("e" + "\u0301" * 6000, 60) == ELLIPSIS


def test_what_shows_as_nothing_still_has_a_label() -> None:
    assert label("\u202e\n", 100) == ELLIPSIS


@given(text=NASTY | ANYTHING)
def test_nothing_that_is_said_back_does_anything(text: str) -> None:
    said = as_typed(text)
    assert not re.search(r"(?<!\\)(\\\\)*[*_~`|<>\[\]]", said)
    assert not re.search(r"@\w|://|\w\.[a-z]", said)
    assert not {"Cc", "Cs"} & set(map(unicodedata.category, said))


@given(text=(NASTY | ANYTHING).map(lambda text: text * 50))
def test_a_line_at_most_is_said_back(text: str) -> None:
    shown = re.sub(r"\\(.)", r"\1", as_typed(text)).replace("\u200b", "")
    assert units(shown) <= MAX_TYPED_BACK


def test_what_is_harmless_is_said_back_as_it_was_typed() -> None:
    for text in ("25:99", "Zoë", "18.30", "never alone", "نحن", "Europe/Berlin"):
        assert as_typed(text) == text
