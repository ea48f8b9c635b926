"""What was said, with what an audience may not see cut out of it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from bot.interview.audience import Audience
from bot.interview.model import CUT, Answer, Spoiler
from bot.interview.words import QuotedWords


def shown_answers(
    slug: str, exchange: int, rows: Sequence[Sequence[Any]], audience: Audience, out: QuotedWords
) -> list[Answer]:
    """Read answers from rows of turn, speaker, text, spoiler and maturity, in order."""
    answers: list[Answer] = []
    for (_turn, speaker), sentences in groupby(rows, key=lambda row: (row[0], row[1])):
        shown = [
            text
            if audience.admits(Spoiler(spoiler), bool(is_mature)) and not out.holds(text)
            else CUT
            for _t, _s, text, spoiler, is_mature in sentences
        ]
        # Several cuts in a row are one.
        kept = [text for text, _same in groupby(shown)]
        answers.append(Answer(slug, exchange, speaker, tuple(kept)))
    return answers
