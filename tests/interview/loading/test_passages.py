"""Passages hold all that is not quoted yet; what is drawn of them stands by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interview.loading.passages import has_length, passages, stands_alone
from bot.interview.words import QuotedWords

WORDS = st.lists(st.sampled_from(["a", "boat", "came", "in", "slowly"]), min_size=1, max_size=60)


SENTENCES = st.lists(WORDS.map(lambda words: " ".join(words) + "."), max_size=12)


@given(sentences=SENTENCES, quoted=st.sets(st.integers(0, 11)))
def test_passages_hold_every_sentence_that_is_not_quoted(
    sentences: list[str], quoted: set[int]
) -> None:
    quotations = QuotedWords(sentence for n, sentence in enumerate(sentences) if n in quoted)
    rest = [sentence for sentence in sentences if not quotations.holds(sentence)]
    assert " ".join(passages(sentences, quotations)) == " ".join(rest)


@pytest.mark.parametrize(("words", "is_right"), [(7, False), (8, True), (45, True), (46, False)])
def test_a_quotation_has_8_to_45_words(words: int, is_right: bool) -> None:
    assert has_length(" ".join(["boat"] * words)) is is_right
    # Two signs of a script without spaces are about a word.
    assert has_length("船" * 2 * words) is is_right


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The oven came in eleven pieces.", "en"),
        ("“We carried it down to the quay at dawn.”", "en"),
        ("In winter we bake for whoever comes (most of them row).", "en"),
        ("Das Boot lag in einem Feld hinter der Mühle.", "de"),
        ("Le bateau était dans un champ.", "fr"),
        ("El barco estaba en un campo.", "es"),
        ("船在磨坊后面的田里。", "zh"),
        ("Båten låg på ett fält bakom kvarnen.", "sv"),
        ("I think the oven was three years old by then.", "en"),
        ("Je crois que le bateau était dans un champ.", "fr"),
        ("Ovens are heavy. We carried one down to the quay.", "en"),
        ("The secondhand oven came in eleven pieces.", "en"),
        ("Das Istanbuler Boot lag in einem Feld.", "de"),
    ],
)
def test_a_whole_thought_stands_alone(text: str, language: str) -> None:
    assert stands_alone(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It came in eleven pieces.", "en"),
        ("It’s the heaviest thing on board.", "en"),
        ("But nobody had told the harbour master.", "en"),
        ("“So, that was the oven.", "en"),
        ("Yeah, the boat was there before us.", "en"),
        ("and then the oven came.", "en"),
        ("The oven came in, like,", "en"),
        ("The oven came in eleven...", "en"),
        ("The oven --", "en"),
        ("Who would carry an oven?", "en"),
        ("The oven [crosstalk] came in pieces.", "en"),
        ("The oven came in pieces (laughs).", "en"),
        ("The oven was, um, heavy.", "en"),
        ("Er lag in einem Feld hinter der Mühle.", "de"),
        ("C’est le plus lourd à bord.", "fr"),
        ("Él estaba en un campo.", "es"),
        ("但是没有人知道。", "zh"),
        ("I got it. Everybody on the quay wanted that oven.", "en"),
        ("Not that way. The oven has a name of its own.", "en"),
        ("At the time, the oven was the largest on the coast.", "en"),
        ("Whereas the oven came in eleven pieces.", "en"),
        ("I think it was three years old by then.", "en"),
        ("I don’t think that’s what the oven was for.", "en"),
        ("Je crois qu’elle était dans un champ.", "fr"),
        ("Das war der Ofen in der Mühle.", "de"),
        ("Du coup le bateau était dans un champ.", "fr"),
        ("Por eso el barco estaba en un campo.", "es"),
    ],
)
def test_what_hangs_on_something_before_it_does_not_stand_alone(text: str, language: str) -> None:
    assert not stands_alone(text, language)
