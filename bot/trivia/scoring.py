"""What answers are worth: pure rules, without clock, chance or storage."""

from collections.abc import Mapping
from typing import Final

from bot.interview.model import Difficulty
from bot.state.questions import Worth

POINTS: Final[Mapping[Difficulty, int]] = {
    Difficulty.EASY: 50,
    Difficulty.MEDIUM: 100,
    Difficulty.HARD: 150,
}
# A long streak is worth a question of its own, but no more than an easy one.
STREAK_STEP: Final = 10
MAX_BONUS: Final = 50


def worth(difficulty: Difficulty, choice_count: int) -> Worth:
    """Rate a question; one with two choices is worth half."""
    share = 2 if choice_count == 2 else 1
    return Worth(POINTS[difficulty] // share, STREAK_STEP // share, MAX_BONUS // share)
