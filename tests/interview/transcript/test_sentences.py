"""A text is split where its sentences end, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interview.transcript.sentences import split_sentences


@given(st.text(max_size=300))
def test_sentences_lose_nothing(text: str) -> None:
    assert " ".join(split_sentences(text)).split() == text.split()


SENTENCES = [
    ("We met at 7 p.m. on the quay. It rained.", 2),
    ("She moved to L.A. in May. Then she left.", 2),
    ("Dr. Mill and Mrs. Oven came. So did J. K. Sample.", 2),
    ("He said, 'No. Never. I swear.' Then he went.", 2),
    ('"What?! Now?" she asked. Nobody answered.', 2),
    ("It was (I think. I was small.) a boat. It sank.", 2),
    ("It cost 3.5 tonnes. No. 5 was heavier, e.g. by half.", 2),
    ("Well... maybe. Or not…", 2),
    ("为什么？因为。", 2),
    ("لماذا؟ لأن.", 2),
    ("No end", 1),
]


@pytest.mark.parametrize(("text", "count"), SENTENCES)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count
