"""What a terminal and a program are told, however narrow the one and whatever was asked."""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.hosting.statistics.figure_words import share_words
from bot.hosting.statistics.listings import Listing, Overview, json_document, listings
from bot.hosting.statistics.stats_command import draw_rows, sparks
from bot.hosting.statistics.usage import Day, QuestionSum, Statistics
from bot.process.metrics import Outcome
from bot.state.play_sums import WeekSum
from bot.state.schedules import Outlook

TODAY = date(2026, 11, 27)
PLACE = "data/how-an-oven-came-to-sea/trivia.toml:1234"
WHY = "reported: There's a typo (2 members), The answer is wrong (1 member); 7% right of 30 answers"


def figures(*answers: int, players: int = 0) -> Statistics:
    """Give so many answers on each of the last days."""
    dates = [TODAY - timedelta(days=ago) for ago in reversed(range(len(answers)))]
    days = [
        Day(at, Counter({Outcome.OK: n}) if n else Counter(), Counter({10: n}))
        for at, n in zip(dates, answers, strict=True)
    ]
    weeks = [WeekSum("2026-W48", players)]
    return Statistics(days, [], weeks, [], 0, Outlook(due=0, stopped=0, overdue=0))


def told(statistics: Statistics) -> Mapping[str, Listing]:
    shown = listings(Overview(statistics, (Path("data"), Path("var")), None))
    return {listing.title: listing for listing in shown}


def document(statistics: Statistics) -> Any:
    return json_document(Overview(statistics, (Path("data"), Path("var")), None))


def drawn(listing: Listing, width: int) -> Sequence[str]:
    terminal = io.StringIO()
    draw_rows(Console(file=terminal, width=width), listing)
    return [line.rstrip() for line in terminal.getvalue().splitlines()]


@pytest.mark.parametrize(("days", "when"), [(1, "today"), (30, "in the last 30 days")])
def test_what_was_not_asked_lately_may_have_been_before(days: int, when: str) -> None:
    shown = told(figures(*[0] * days))
    assert shown["Answers"].notes == [f"Nobody has asked anything {when}."]
    assert "Players a week" not in shown, "nobody has played, and no row says so"


@pytest.mark.parametrize(("days", "words"), [(1, "9 in 1 day"), (2, "9 in 2 days")])
def test_days_are_counted_in_words(days: int, words: str) -> None:
    shown = told(figures(*[0] * (days - 1), 9, players=2))
    assert shown["Answers"].rows[0] == ("Altogether", words)
    assert shown["Players a week"].rows == [("Week of 23 November 2026", "2")]


@pytest.mark.parametrize(
    ("answered", "right", "words"),
    [
        (200, 200, "100% right of 200 answers"),
        (200, 199, "99% right of 200 answers"),
        (1000, 1, "1% right of 1,000 answers"),
        (1, 0, "0% right of 1 answer"),
        (3, 2, "67% right of 3 answers"),
        (0, 0, "no answers"),
    ],
)
def test_all_and_none_are_said_only_where_it_is_so(answered: int, right: int, words: str) -> None:
    assert share_words(QuestionSum("boat", "curated:1", answered, right, {})) == words


def test_a_program_finds_each_outcome_on_each_day() -> None:
    counts = [
        [day[one] for one in ("ok", "refused", "failed")] for day in document(figures(0, 3))["days"]
    ]
    assert counts == [[0, 0, 0], [3, 0, 0]]


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_word_is_lost_on_a_narrow_terminal(width: int) -> None:
    lines = drawn(Listing("Trivia questions", [], [(PLACE, "Classic", WHY)]), width)
    assert any(PLACE in line for line in lines), "where an editor has to look is whole"
    words = " ".join(lines).replace(" · ", " ").split()
    assert words == [PLACE, "Classic", *WHY.split()]


@pytest.mark.parametrize("width", [75, 80, 120])
def test_no_word_is_lost_where_signs_are_twice_as_wide(width: int) -> None:
    place = f"{'東京' * 12}/trivia.toml:3"
    lines = drawn(Listing("Trivia questions", [], [(place, "Classic", WHY)]), width)
    assert any(place in line for line in lines)
    words = " ".join(lines).replace(" · ", " ").split()
    assert words == [place, "Classic", *WHY.split()]


def test_bars_can_be_compared_or_are_left_out() -> None:
    rows = [("Week of 16 November 2026", "200"), ("Week of 23 November 2026", "50")]
    listing = Listing("Players a week", [], rows, [200, 50])
    bars = {width: [line.count("█") for line in drawn(listing, width)] for width in (33, 40, 80)}
    assert bars == {33: [0, 0], 40: [7, 1], 80: [24, 6]}


def test_days_are_drawn_on_one_line() -> None:
    assert len(sparks(range(90), 38)) == 30
    assert len(sparks(range(30), 38)) == 30
    assert [len(sparks(range(30), cells)) for cells in (1, 0, -1)] == [1, 1, 1]
