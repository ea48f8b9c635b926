"""Quotes that open with a pronoun, and voices that have too many, are hints."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.interview.hints.conftest import hints_in
from tests.packs import INTERVIEW, SPEAKERS, quote, write_pack

OPENING: Sequence[tuple[str, str, str]] = [
    ("en", "They wanted both of those to be equal.", "they"),
    ("en", "“She’s the one who bakes at school.", "she"),
    ("en", "It took me some time to go for it.", "it"),
    ("en", "It was never mine, though I paid for it.", "it"),
    ("en", "It's broken, and nobody minds.", "it"),
    ("en", "Those loaves have to rise for a day.", "those"),
    ("de", "Sie haben uns das Brot nie gezeigt.", "sie"),
    ("fr", "Elle a mis le feu au four ce jour-là.", "elle"),
    ("es", "Ella nos dio el pan aquella mañana.", "ella"),
    ("zh", "他们在船上烤了一整天的面包。", "他"),
]
FRAMED: Sequence[tuple[str, str]] = [
    ("I think that helped all of us in the end.", "that"),
    ("I know that works on any boat.", "that"),
    ("I think that she baked it at sea.", "she"),
    ("I believe they wanted an oven.", "they"),
]
STANDING_ALONE: Sequence[tuple[str, str]] = [
    ("en", "It was a self-tape, and the longest that I ever made."),
    ("en", "It's very hard to find a baker who can also sail."),
    ("en", "That's how a loaf gets its crust."),
    ("en", "I think that the sea makes a loaf rise."),
    ("en", "I hope that ovens get lighter, as boats do."),
    ("en", "It was her brother who found the oven."),
    ("en", "They [the owners of the boat] wanted an oven."),
    ("en", "Theory is not what makes a loaf rise."),
    ("en", "I was on the boat when the oven came."),
    ("fr", "Il fallait un four sur ce bateau."),
    ("cs", "Oni nám ten chleba nikdy neukázali."),
]


def _pack(folder: Path, language: str, text: str, **fields: Any) -> Path:
    interview = {**INTERVIEW, "language": language}
    return write_pack(folder, interview=interview, quotes=[quote(1, text=text, **fields)])


@pytest.mark.parametrize(("language", "text", "word"), OPENING)
def test_a_quote_that_opens_with_a_pronoun_is_a_hint(
    tmp_path: Path, language: str, text: str, word: str
) -> None:
    assert hints_in(_pack(tmp_path / "boat", language, text)) == [
        f"quotes.toml:5: the quote opens with {word!r}, and nothing says what that is;"
        " begin where it is named, or leave the quote out"
    ]


@pytest.mark.parametrize(("text", "word"), FRAMED)
def test_a_quote_that_opens_with_i_is_about_the_pronoun(
    tmp_path: Path, text: str, word: str
) -> None:
    assert hints_in(_pack(tmp_path / "boat", "en", text)) == [
        f"quotes.toml:5: the quote is about {word!r}, and nothing says what that is;"
        " begin where it is named, or leave the quote out"
    ]


@pytest.mark.parametrize(("language", "text"), STANDING_ALONE)
def test_a_quote_that_says_what_it_means_is_none(tmp_path: Path, language: str, text: str) -> None:
    assert hints_in(_pack(tmp_path / "boat", language, text)) == []


@pytest.mark.parametrize("fields", [{"drawn": False}, {"withdrawn": True}])
def test_what_never_comes_at_random_may_open_as_it_likes(
    tmp_path: Path, fields: dict[str, Any]
) -> None:
    assert hints_in(_pack(tmp_path / "boat", "en", OPENING[0][1], **fields)) == []


def _of_two(ada: int, ben: int, **fields: Any) -> list[dict[str, Any]]:
    speakers = [SPEAKERS[0]] * ada + [SPEAKERS[1]] * ben
    return [quote(n, speaker=speaker, **fields) for n, speaker in enumerate(speakers, 1)]


def test_a_voice_that_has_most_of_the_quotes_is_a_hint(tmp_path: Path) -> None:
    assert hints_in(write_pack(tmp_path / "boat", quotes=_of_two(ada=9, ben=4))) == [
        "quotes.toml:4: 9 of 13 quotes are Ada Example's, a good guess at who said one;"
        ' choose more of the others, or leave "who" out of the games of some'
    ]


@pytest.mark.parametrize(
    "quotes",
    [
        pytest.param(_of_two(ada=9, ben=6), id="even enough"),
        pytest.param(_of_two(ada=8, ben=3), id="too few to tell"),
        pytest.param(_of_two(ada=13, ben=0), id="one voice"),
        pytest.param(_of_two(ada=12, ben=4, games=["line"]), id="nobody asks who"),
    ],
)
def test_a_voice_among_others_is_none(tmp_path: Path, quotes: list[dict[str, Any]]) -> None:
    assert hints_in(write_pack(tmp_path / "boat", quotes=quotes)) == []
