"""The words of a text are only what the index takes for words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interview.words import joined, words_of


@given(st.text(max_size=60))
def test_words_are_never_what_the_index_could_misread(typed: str) -> None:
    words = words_of(typed)
    assert all(word.isalnum() or not word.isascii() for word in words)
    assert not any(mark in word for word in words for mark in '"*():^\ue000\ue001\ue002 ')


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["I row.", "Often."], "I row. Often."),
        (["我划船。", "每天。"], "我划船。每天。"),
        (["毎日です。", "「はい」"], "毎日です。「はい」"),
        (["我说 Yes.", "为什么？"], "我说 Yes. 为什么？"),
        (["나는 노를 젓는다.", "매일."], "나는 노를 젓는다. 매일."),
        (["", "I row.", ""], "I row."),
        ([], ""),
    ],
)
def test_texts_are_joined_as_their_script_does(texts: list[str], whole: str) -> None:
    assert joined(texts) == whole
