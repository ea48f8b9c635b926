"""The rules of a game: points for speed, endings, and a clock that cannot be trusted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.state.game import Ending, Game, Phase, Setup
from bot.trivia.game.rounds import (
    CALM_SECONDS,
    LOBBY_SECONDS,
    READING_SECONDS,
    ending_after,
    is_abandoned,
    phase_seconds,
    remaining,
    round_points,
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


def test_the_last_of_several_rounds_counts_double() -> None:
    last = replace(GAME, round=5)
    assert round_points(last, 1, 5) == 2 * round_points(GAME, 1, 5)
    assert round_points(last, 0, 5) == 0
    assert round_points(replace(last, setup=CALM), 1, 5) == 200
    alone = replace(GAME, setup=replace(TIMED, rounds=1))
    assert round_points(alone, 1, 5) == round_points(GAME, 1, 5)


@given(due_at=st.floats(-1e9, 1e10), now=st.floats(0, 1e10))
def test_no_phase_lasts_longer_than_it_may_wherever_the_clock_was_set(
    due_at: float, now: float
) -> None:
    assert 0 <= remaining(replace(GAME, due_at=due_at), now, 20.0) <= 20.0


def test_phases_last_as_the_game_says() -> None:
    assert phase_seconds(TIMED, Phase.ASKING, 1) == 20
    assert phase_seconds(TIMED, Phase.READING, 1) == READING_SECONDS
    assert phase_seconds(CALM, Phase.ASKING, 1) == CALM_SECONDS
    assert phase_seconds(CALM, Phase.READING, 1) == CALM_SECONDS
    for setup in (TIMED, CALM):
        assert phase_seconds(setup, Phase.READING, 0) == LOBBY_SECONDS


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
    assert not is_abandoned(replace(calm, round=0)), "its lobby ends by itself"
