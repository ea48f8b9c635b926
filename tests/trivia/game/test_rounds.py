"""The rules of a game: points for speed, places, endings, and a clock that cannot be trusted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.state.game import Ending, Game, GameAnswer, Phase, Setup
from bot.trivia.game.rounds import (
    CALM_SECONDS,
    READING_SECONDS,
    ending_after,
    hardest,
    is_abandoned,
    phase_seconds,
    remaining,
    round_points,
    standings,
)

TIMED = Setup(rounds=5, seconds=20)
CALM = replace(TIMED, is_calm=True)
GAME = Game(
    *(1, 2, 3, 4, "boat", TIMED, Phase.ASKING, 1, 9, 8, 0.0, 20.0, False, None),
    *(0, Ending.PLAYED, "{}", 1, 4, 100),
)


@pytest.mark.parametrize(
    ("seconds", "points"), [(0, 200), (5, 175), (10, 150), (20, 100), (500, 100), (-3600, 200)]
)
def test_speed_brings_up_to_a_hundred_points(seconds: float, points: int) -> None:
    assert round_points(GAME, 1, seconds) == points
    assert round_points(GAME, 0, seconds) == 0


def test_without_a_clock_speed_brings_nothing_and_two_choices_bring_half() -> None:
    assert round_points(replace(GAME, setup=CALM), 1, 0) == 100
    assert round_points(replace(GAME, choice_count=2, worth=50), 1, 0) == 100


@given(due_at=st.floats(-1e9, 1e10), now=st.floats(0, 1e10))
def test_no_phase_lasts_longer_than_it_may_wherever_the_clock_was_set(
    due_at: float, now: float
) -> None:
    assert 0 <= remaining(replace(GAME, due_at=due_at), now, 20.0) <= 20.0


def test_phases_last_as_the_game_says() -> None:
    assert phase_seconds(TIMED, is_asking=True) == 20
    assert phase_seconds(TIMED, is_asking=False) == READING_SECONDS
    assert phase_seconds(CALM, is_asking=True) == phase_seconds(CALM, is_asking=False)
    assert phase_seconds(CALM, is_asking=True) == CALM_SECONDS


@pytest.mark.parametrize(
    ("number", "idle", "ending"),
    [(1, 0, None), (4, 1, None), (5, 0, Ending.PLAYED), (2, 2, Ending.IDLE), (5, 2, Ending.IDLE)],
)
def test_a_game_ends_after_its_last_round_or_two_idle_ones(
    number: int, idle: int, ending: Ending | None
) -> None:
    assert ending_after(replace(GAME, round=number, idle_rounds=idle)) is ending


def test_a_calm_game_that_nobody_leads_is_given_up() -> None:
    calm = replace(GAME, setup=CALM)
    assert is_abandoned(calm), "its day is over"
    assert not is_abandoned(replace(calm, is_hurried=True)), "somebody pressed the button"
    assert not is_abandoned(GAME), "a clock ends its rounds"


def answered(number: int, user_id: int, points: int, seconds: float) -> GameAnswer:
    return GameAnswer(number, user_id, 0, points > 0, points, seconds)


def test_equal_points_are_decided_by_time_and_equal_times_share_a_place() -> None:
    answers = [
        answered(1, 7, 150, 9.0),
        answered(1, 8, 150, 4.0),
        answered(1, 9, 150, 4.0),
        answered(1, 6, 0, 1.0),
        answered(2, 6, 160, 2.0),
    ]
    found = standings(answers)
    assert [(one.place, one.user_id) for one in found] == [(1, 6), (2, 8), (2, 9), (4, 7)]
    assert (found[0].points, found[0].right, found[0].seconds) == (160, 1, 3.0)
    assert standings([]) == []


def test_the_hardest_round_is_that_which_the_fewest_got_right() -> None:
    answers = [answered(1, 7, 100, 1), answered(2, 7, 0, 1), answered(2, 8, 9, 1)]
    assert hardest(answers) == 2
    assert hardest(answers[:1]) is None
    assert hardest([]) is None


def test_who_hides_from_boards_has_no_place_and_leaves_none_free() -> None:
    answers = [
        answered(1, 7, 190, 1.0)._replace(is_hidden=True),
        answered(1, 8, 150, 4.0),
        answered(1, 9, 0, 2.0),
    ]
    assert [(one.place, one.user_id) for one in standings(answers)] == [(1, 8), (2, 9)]
    assert standings(answers[:1]) == []
    assert hardest(answers) == 1, "what they chose counts all the same"
