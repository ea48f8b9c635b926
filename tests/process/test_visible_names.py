"""Names stand in our lines as letters: nothing turns them around, towers over them or is blank."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.process.visible_names import MOST_LETTERS, visible_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Mika", "Mika"),
        ("  Mika \n Lind  ", "Mika Lind"),
        ("\u202eakiM", "akiM"),
        ("\u2066Mika\u2069\u200f", "Mika"),
        ("Ev\u0000e\ufeff", "Eve"),
        ("Żółw", "Żółw"),
        ("Zoe\u0308", "Zoë"),
        ("نرگس\u200cها", "نرگس\u200cها"),
        ("ด้วย", "ด้วย"),
        ("हिन्दी", "हिन्दी"),
        ("🦊 Fox", "🦊 Fox"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("A" + "\u0301" * 100 + "b", unicodedata.normalize("NFC", "A\u0301") + "\u0301\u0301b"),
        ("x" * 500, "x" * MOST_LETTERS),
    ],
)
def test_a_name_is_shown_as_it_reads(name: str, shown: str) -> None:
    assert visible_name(name) == shown


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\u202e",
        "\u202e\u202d\u2066",
        "\u200b\u200b",
        "\u200d",
        "\u3164",
        "\u2800\u2800",
        "\u115f\u1160",
        "\u0301\u0301",
        "\ufe0f",
        "\u00ad",
        "\U000e0041\U000e007f",
        "\ue000",
        "\n\t",
    ],
)
def test_a_name_of_nothing_that_shows_is_none(name: str) -> None:
    assert visible_name(name) == ""


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=200))
def test_whatever_a_name_is_it_fits_a_line(name: str) -> None:
    shown = visible_name(name)
    assert len(shown) <= MOST_LETTERS
    assert shown == shown.strip()
    assert visible_name(shown) == shown
    kinds = {unicodedata.category(letter) for letter in shown if letter not in "\u200c\u200d"}
    assert not kinds & {"Cc", "Cf", "Co", "Cn"}
