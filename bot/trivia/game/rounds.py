"""The rules of a game's rounds: pure, with times passed in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.interview.model import Difficulty
from bot.state.game import Ending, Game, GameAnswer, Setup
from bot.trivia.kinds import Kind
from bot.trivia.question_draw import QuestionFilter

MAX_ROUNDS: Final = 20
# Under ten seconds nobody with a screen reader can play. Who needs more than a minute says so once
# for the whole server: see SERVER_SECONDS.
MIN_SECONDS, MAX_SECONDS = 10, 60
SERVER_SECONDS: Final = (10, 15, 20, 30, 45, 60, 90, 120)
# An answer of two sentences is read in five, by a slow reader in eight.
READING_SECONDS: Final = 8.0
# As much as a question of medium difficulty: being quick counts, knowing counts more.
MAX_SPEED: Final = 100
# Rounds in a row that nobody answers: then they have all gone.
MAX_IDLE: Final = 2
CALM_SECONDS: Final = 86_400.0
"""How long a game without a clock waits for who started it."""


class PhaseSeconds(Protocol):
    """How long a phase of a game lasts at most; tests have shorter ones."""

    def __call__(self, setup: Setup, *, is_asking: bool) -> float: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """A player's place; `seconds` are those of all their answers and decide between equals."""

    place: int
    user_id: int
    points: int
    right: int
    seconds: float


def filter_of(setup: Setup) -> QuestionFilter:
    """Give what questions a game is made of."""
    return QuestionFilter(
        Kind(setup.kind) if setup.kind else None,
        Difficulty(setup.difficulty) if setup.difficulty else None,
    )


def phase_seconds(setup: Setup, *, is_asking: bool) -> float:
    """Give how long a phase lasts at most."""
    if setup.is_calm:
        return CALM_SECONDS
    return float(setup.seconds) if is_asking else READING_SECONDS


def remaining(game: Game, now: float, limit: float) -> float:
    """Give how long to wait; never longer than a phase lasts, wherever the clock was set."""
    return 0.0 if game.is_hurried else max(0.0, min(game.due_at - now, limit))


def round_points(game: Game, choice: int, seconds: float) -> int:
    """Rate an answer: what the question is worth, and up to 100 for speed; a wrong one nothing."""
    if choice != game.right_choice:
        return 0
    if game.setup.is_calm:
        return game.worth
    left = 1 - min(max(seconds / game.setup.seconds, 0.0), 1.0)
    share = 2 if game.choice_count == 2 else 1
    return game.worth + round(MAX_SPEED * left) // share


def is_abandoned(game: Game) -> bool:
    """Say of a phase that is over whether nobody ended it: a calm game then waits no longer."""
    return game.setup.is_calm and not game.is_hurried


def ending_after(game: Game) -> Ending | None:
    """Say whether a game is over after the round that was just read, and why; None goes on."""
    if game.idle_rounds >= MAX_IDLE:
        return Ending.IDLE
    return Ending.PLAYED if game.round >= game.setup.rounds else None


def standings(answers: Sequence[GameAnswer]) -> list[Standing]:
    """Order the players by points and, where these are equal, by the time they took.

    Who hides from boards has no place, and leaves none free.
    """
    sums: Mapping[int, list[float]] = defaultdict(lambda: [0, 0, 0.0])
    for answer in answers:
        if answer.is_hidden:
            continue
        entry = sums[answer.user_id]
        entry[0] += answer.points
        entry[1] += answer.is_right
        entry[2] += answer.seconds
    # The third key only makes the order the same each time.
    ordered = sorted(sums.items(), key=lambda player: (-player[1][0], player[1][2], player[0]))
    keys = [(points, seconds) for _user, (points, _right, seconds) in ordered]
    return [
        Standing(1 + keys.index((points, seconds)), user_id, int(points), int(right), seconds)
        for user_id, (points, right, seconds) in ordered
    ]


def hardest(answers: Sequence[GameAnswer]) -> int | None:
    """Give the round that the smallest share got right; None where all were right."""
    shares: dict[int, float] = {}
    for number in dict.fromkeys(answer.round for answer in answers):
        verdicts = [answer.is_right for answer in answers if answer.round == number]
        shares[number] = sum(verdicts) / len(verdicts)
    least = min(shares, key=lambda number: shares[number], default=None)
    return None if least is None or shares[least] == 1 else least
