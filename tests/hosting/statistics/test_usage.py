"""What the sums say: days without gaps, how long answers took, questions that want a look."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.hosting.statistics.usage import (
    MOST_QUESTIONS,
    Day,
    QuestionSum,
    Statistics,
    Weakness,
    every_week,
    gather,
    quantile,
)
from bot.process.metrics import Outcome
from bot.state.database import Database
from bot.state.play_sums import WeekSum
from bot.state.reports import Reason
from bot.state.sqlite.engine import open_database
from bot.state.state import State
from tests.packs import question, write_pack

NOON = 20_784 * 86_400 + 43_200
"""On 27 November 2026."""


@pytest.fixture
async def state(tmp_path: Path):
    async with open_database(tmp_path / "state.sqlite3") as database:
        yield State.of(database, lambda: NOON)


@pytest.fixture
def packs(tmp_path: Path) -> tuple[Path, Path]:
    write_pack(tmp_path / "data" / "boat", questions=[question(n) for n in range(1, 9)])
    return tmp_path / "data", tmp_path


async def put(state: State, item: str, answered: int, right: int) -> None:
    database: Database = state.play_sums._database
    await database.write(
        "INSERT INTO item_sum (month, slug, item, answered, right_count)"
        " VALUES ('2026-11', 'boat', ?, ?, ?)",
        item,
        answered,
        right,
    )


async def look(state: State, packs: tuple[Path, Path], days: int = 3) -> Statistics:
    return await gather(state, NOON, days, packs)


async def test_days_on_which_nothing_was_asked_are_days_too(
    state: State, packs: tuple[Path, Path]
) -> None:
    for _n in range(2):
        state.day_sums.add("quote", Outcome.OK, 0.02)
    state.day_sums.add("trivia", Outcome.FAILED, 0.3)
    await state.day_sums.close()
    figures = await look(state, packs)
    assert [(day.date, day.answers) for day in figures.days] == [
        (date(2026, 11, 25), 0),
        (date(2026, 11, 26), 0),
        (date(2026, 11, 27), 3),
    ]
    assert figures.days[-1].outcomes == {Outcome.OK: 2, Outcome.FAILED: 1}
    assert [(one.subject, one.answers) for one in figures.commands] == [("quote", 2), ("trivia", 1)]
    assert figures.answers == 3


async def test_nothing_is_told_where_nothing_was_counted(
    state: State, packs: tuple[Path, Path]
) -> None:
    figures = await look(state, packs)
    assert (figures.answers, figures.commands, figures.questions) == (0, [], [])
    assert [week.players for week in figures.weeks] == [0]


async def test_a_week_in_which_nobody_played_is_one_as_well(
    state: State, packs: tuple[Path, Path]
) -> None:
    noted = [WeekSum("2025-W52", 4), WeekSum("2026-W02", 2)]
    days = [Day(date(2026, 1, n), {}, {}) for n in range(1, 8)]
    figures = replace(await look(state, packs), days=days, weeks=noted)
    assert every_week(figures) == [
        (date(2025, 12, 22), 4),
        (date(2025, 12, 29), 0),
        (date(2026, 1, 5), 2),
    ]


@pytest.mark.parametrize(
    ("answered", "right", "weakness"),
    [
        (9, 0, Weakness.NONE),
        (10, 3, Weakness.FEW_RIGHT),
        (100, 35, Weakness.FEW_RIGHT),
        (100, 36, Weakness.NONE),
        (100, 94, Weakness.NONE),
        (100, 95, Weakness.ALL_RIGHT),
        (9, 9, Weakness.NONE),
        (0, 0, Weakness.NONE),
    ],
)
def test_too_hard_and_too_easy_stand_out_once_enough_have_answered(
    answered: int, right: int, weakness: Weakness
) -> None:
    assert QuestionSum("boat", "curated:1", answered, right, {}).weakness is weakness
    reported = QuestionSum("boat", "curated:1", answered, right, {"wrong": 1})
    assert reported.weakness is Weakness.REPORTED


async def test_what_an_editor_should_look_at_comes_first_with_its_line(
    state: State, packs: tuple[Path, Path]
) -> None:
    sums = {1: (20, 12), 2: (20, 2), 3: (20, 5), 4: (20, 20), 5: (40, 40), 6: (5, 1), 7: (20, 13)}
    for number, counts in sums.items():
        await put(state, f"curated:{number}", *counts)
    await put(state, "curated:99", 20, 10)
    for user_id in (1, 2):
        await state.reports.put(user_id, "boat", "curated:7", Reason.WRONG)
    await state.reports.put(3, "boat", "curated:8", Reason.SPELLING)
    figures = await look(state, packs)
    assert [question.item for question in figures.questions] == [
        *("curated:7", "curated:8"),  # reported, by more members first
        *("curated:2", "curated:3"),  # few right, the fewest first
        *("curated:5", "curated:4"),  # nearly all right, the surest first
        *("curated:6", "curated:99", "curated:1"),
    ]
    reported = figures.questions[0]
    assert (reported.answered, reported.right, reported.reports) == (20, 13, {"wrong": 2})
    assert reported.line is not None
    text = (packs[0] / "boat" / "trivia.toml").read_text().splitlines()
    assert text[reported.line.line - 1 : reported.line.line + 1] == ["[[questions]]", "number = 7"]
    assert reported.line.text == "What stood on shelf 7 of the galley?"
    (gone,) = [question for question in figures.questions if question.item == "curated:99"]
    assert gone.line is None


async def test_of_very_many_questions_some_are_told(state: State, packs: tuple[Path, Path]) -> None:
    for number in range(MOST_QUESTIONS + 5):
        await put(state, f"line:{number + 1}", 20, 12)
    await put(state, "curated:1", 20, 1)
    figures = await look(state, packs)
    assert len(figures.questions) == MOST_QUESTIONS
    assert figures.question_count == MOST_QUESTIONS + 6
    assert figures.questions[0].item == "curated:1"


@pytest.mark.parametrize(
    ("lengths", "share", "milliseconds"),
    [
        ({}, 0.5, None),
        ({10: 4}, 0.5, 5),
        ({100: 10}, 0.5, 75),
        ({100: 10}, 1.0, 100),
        ({10: 1, 10_000: 1}, 0.5, 10),
        ({25: 90, 1000: 10}, 0.95, 750),
    ],
)
def test_how_long_answers_took_is_estimated_within_their_bounds(
    lengths: dict[int, int], share: float, milliseconds: float | None
) -> None:
    assert quantile(lengths, share) == pytest.approx(milliseconds)
