"""Passages hold all that is not quoted yet."""

from hypothesis import given
from hypothesis import strategies as st

from bot.interview.loading.passages import MAX_WORDS, MIN_WORDS, passages
from bot.interview.words import QuotedWords

WORDS = st.lists(st.sampled_from(["a", "boat", "came", "in", "slowly"]), min_size=1, max_size=60)


SENTENCES = st.lists(WORDS.map(lambda words: " ".join(words) + "."), max_size=12)


@given(sentences=SENTENCES, quoted=st.sets(st.integers(0, 11)))
def test_passages_hold_every_sentence_that_is_not_quoted(
    sentences: list[str], quoted: set[int]
) -> None:
    quotations = QuotedWords(sentence for n, sentence in enumerate(sentences) if n in quoted)
    rest = [sentence for sentence in sentences if not quotations.holds(sentence)]
    division = passages(sentences, quotations)
    assert " ".join(passage.text for passage in division) == " ".join(rest)
    assert all(
        passage.is_drawn == (MIN_WORDS <= len(passage.text.split()) <= MAX_WORDS)
        for passage in division
    )
