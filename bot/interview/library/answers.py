"""What was said, with what an audience may not see cut out of it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from bot.interview.audience import Audience
from bot.interview.model import CUT, Answer, Spoiler
from bot.interview.words import QuotedWords


def answers_for(
    slug: str,
    exchange: int,
    rows: Sequence[Sequence[Any]],
    audience: Audience,
    left_out: QuotedWords,
) -> list[Answer]:
    """Read answers from rows of turn, speaker, text, spoiler and maturity, in order."""
    answers: list[Answer] = []
    for (_turn, speaker), sentences in groupby(rows, key=lambda row: (row[0], row[1])):
        texts = [
            text
            if audience.admits(Spoiler(spoiler), bool(is_mature)) and not left_out.holds(text)
            else CUT
            for _t, _s, text, spoiler, is_mature in sentences
        ]
        # Several cuts in a row are one.
        runs = (text for text, _run in groupby(texts))
        answers.append(Answer(slug, exchange, speaker, tuple(runs)))
    return answers
