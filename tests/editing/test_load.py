"""Whoever loads a transcript is told what was understood."""

from pathlib import Path

from bot.editing.load import summary_of
from tests.interview.loading.checkouts import boat_checkout


def test_the_summary_says_what_was_understood(tmp_path: Path) -> None:
    checkout = boat_checkout(tmp_path)
    summary = list(summary_of(checkout.transcript(), checkout.plan()))
    assert summary[:6] == [
        "Title: Two bakers on a boat",
        "Interviewer: The Harbour Post",
        "Questions: 2",
        "Answers: 3",
        "  Ada Example: 3 sentences in 1 answers",
        "  Ben Sample: 3 sentences in 2 answers",
    ]
    assert summary[6] == "Adds to boat: 3 passages, 2 of them drawn at random"
