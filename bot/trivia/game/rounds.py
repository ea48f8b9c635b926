"""The rules of a game's rounds: pure, with times passed in."""

from typing import Final, Protocol

from bot.interview.model import Difficulty
from bot.state.game import Ending, Game, Phase, Setup
from bot.trivia.kinds import Kind
from bot.trivia.question_draw import QuestionFilter

MAX_ROUNDS: Final = 20
# Under ten seconds nobody with a screen reader can play. Who needs more than a minute says so once
# for the whole server: see SERVER_SECONDS.
MIN_SECONDS, MAX_SECONDS = 10, 120
SERVER_SECONDS: Final = (10, 15, 20, 30, 45, 60, 90, 120)
# An answer of two sentences is read in five, by a slow reader in eight.
READING_SECONDS: Final = 8.0
# As much as a question of medium difficulty: being quick counts, knowing counts more.
MAX_SPEED: Final = 100
# Who is behind can still win, and who leads cannot lean back.
LAST_ROUND_FACTOR: Final = 2
# Long enough to press a button, too short to go away for.
LOBBY_SECONDS: Final = 10.0
# Rounds in a row that nobody answers: then they have all gone.
MAX_IDLE: Final = 2
CALM_SECONDS: Final = 86_400.0
"""How long a game without a clock waits for who started it."""


class PhaseSeconds(Protocol):
    """How long a phase of a round lasts at most, 0 being the lobby; tests have shorter ones."""

    def __call__(self, setup: Setup, phase: Phase, number: int) -> float: ...


def filter_of(setup: Setup) -> QuestionFilter:
    """Give what questions a game is made of."""
    return QuestionFilter(
        Kind(setup.kind) if setup.kind else None,
        Difficulty(setup.difficulty) if setup.difficulty else None,
    )


def phase_seconds(setup: Setup, phase: Phase, number: int) -> float:
    """Give how long a phase lasts at most."""
    if number == 0:
        return LOBBY_SECONDS
    if setup.is_calm:
        return CALM_SECONDS
    return float(setup.seconds) if phase is Phase.ASKING else READING_SECONDS


def remaining(game: Game, now: float, limit: float) -> float:
    """Give how long to wait; never longer than a phase lasts, wherever the clock was set."""
    return 0.0 if game.is_hurried else max(0.0, min(game.due_at - now, limit))


def round_points(game: Game, choice: int, seconds: float) -> int:
    """Rate an answer: what the question is worth, and up to 100 for speed; a wrong one nothing."""
    if choice != game.right_choice:
        return 0
    if game.setup.is_calm:
        return right_points(game)
    left = 1 - min(max(seconds / game.setup.seconds, 0.0), 1.0)
    share = 2 if game.choice_count == 2 else 1
    return right_points(game) + _factor(game) * (round(MAX_SPEED * left) // share)


def right_points(game: Game) -> int:
    """Give what a right answer is worth in the round, however long it took."""
    return _factor(game) * game.worth


def most_points(game: Game) -> int:
    """Give what an answer in the round can be worth: right, and at once."""
    return round_points(game, game.right_choice, 0)


def _factor(game: Game) -> int:
    return LAST_ROUND_FACTOR if game.is_last_round else 1


def is_abandoned(game: Game) -> bool:
    """Say of a phase that is over whether nobody ended it: a calm game then waits no longer."""
    return game.setup.is_calm and not game.is_hurried and not game.is_lobby


def ending_after(game: Game) -> Ending | None:
    """Say whether a game is over after the round that was just read, and why; None goes on."""
    if game.idle_rounds >= MAX_IDLE:
        return Ending.IDLE
    return Ending.PLAYED if game.round >= game.setup.rounds else None
