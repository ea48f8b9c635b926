"""The words of a text are only what the index takes for words."""

from hypothesis import given
from hypothesis import strategies as st

from bot.interview.words import words_of


@given(st.text(max_size=60))
def test_words_are_never_what_the_index_could_misread(typed: str) -> None:
    words = words_of(typed)
    assert all(word.isalnum() or not word.isascii() for word in words)
    assert not any(mark in word for word in words for mark in '"*():^\ue000\ue001\ue002 ')
