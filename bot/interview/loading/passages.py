"""An answer divided into passages that can be found, and drawn where they stand by themselves."""

import re
from collections.abc import Sequence
from typing import Final

from bot.interview.loading.openings import leans
from bot.interview.loading.tongue import says_little
from bot.interview.transcript.sentences import split_sentences
from bot.interview.words import QuotedWords, count_words, joined

# What is shorter says little by itself, what is longer is no quotation but an answer.
MIN_WORDS: Final = 8
MAX_WORDS: Final = 45
_ASIDE: Final = 3
"""Words of what says nothing, such as "You know what?" or "Yes, I see."."""
_THOUGHT_ENDS: Final = re.compile(r"(?<![.…])[.!。！।۔][\"'”’»)\]」』]*$")
_NOTE: Final = re.compile(r"\[|\(\W*(?:\d|[a-z-]+(?: [a-z-]+)?\))|--|…|\.\.\.|\b[Uu][hm]+\b")
"""What a transcriber put in, or where somebody halted: [crosstalk], (laughs), (12:03), um."""


def passages(sentences: Sequence[str], quoted: QuotedWords) -> list[str]:
    """Divide what is not quoted yet; a short sentence joins one beside it."""
    texts: list[str] = []
    run: list[str] = []
    for sentence in [*sentences, None]:
        if sentence is None or quoted.holds(sentence):
            texts += _join(run)
            run = []
        else:
            run.append(sentence)
    return texts


def has_length(text: str) -> bool:
    """Say whether a passage is neither too short nor too long to be quoted."""
    return MIN_WORDS <= count_words(text) <= MAX_WORDS


def stands_alone(text: str, language: str) -> bool:
    """Say whether a passage is a whole thought that needs nothing before it.

    A question of who answers, a start without a capital and what was halted are none.
    """
    return (
        not text[:1].islower()
        and _THOUGHT_ENDS.search(text) is not None
        and _NOTE.search(text) is None
        and not _cuts_quotation(text)
        and not leans(text, language)
        and not _holds_scraps(text, language)
    )


def _cuts_quotation(text: str) -> bool:
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")


def _holds_scraps(text: str, language: str) -> bool:
    """Say whether a passage begins with a mere "Wow!" or "I got it.", or ends with a "Yes."."""
    first, *others = split_sentences(text) or [text]
    if not others:
        return False
    says_little_first = first.endswith(("?", "？")) or says_little(first, language)
    most = _ASIDE if says_little_first else 1
    is_scrap = count_words(others[-1]) <= _ASIDE and leans(others[-1], language)
    return count_words(first) <= most or is_scrap


def _join(run: Sequence[str]) -> list[str]:
    """Join short sentences to what follows, the last of a run to what is before."""
    texts: list[str] = []
    for sentence in run:
        if texts and count_words(texts[-1]) < MIN_WORDS:
            texts[-1] = joined([texts[-1], sentence])
        else:
            texts.append(sentence)
    if len(texts) > 1 and count_words(texts[-1]) < MIN_WORDS:
        texts[-2:] = [joined(texts[-2:])]
    return texts
