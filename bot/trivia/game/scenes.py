"""What there is to show of a game, and the stage that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.state.game import Game, GameAnswer
from bot.trivia.game.rounds import Standing
from bot.trivia.kinds import Question


@dataclass(frozen=True, slots=True)
class RoundScene:
    """An open round; nothing in it tells what anybody chose."""

    game: Game
    question: Question
    answered: int
    due_at: float


@dataclass(frozen=True, slots=True)
class AnswerScene:
    """A round that is over, and the answers of the whole game so far."""

    game: Game
    message_id: int
    question: Question
    answers: Sequence[GameAnswer]


@dataclass(frozen=True, slots=True)
class BoardScene:
    """The places at the end; `hardest` is the round that fewest got right, with its prompt.

    There may be answers, and yet nobody who wants to stand on a board.
    """

    game: Game
    standings: Sequence[Standing]
    hardest: tuple[int, str] | None
    has_answers: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The choice that stands for a member; `changes` is None where a press changed nothing.

    `text` is what the choice says, `choice` its place.
    """

    game: Game
    text: str
    choice: int
    changes: int | None


class Stage(Protocol):
    """Where games are shown; what is awaited may raise PassingError or GoneError."""

    async def open_round(self, scene: RoundScene) -> int:
        """Post a round; gives the message that `show_answer` will change."""
        ...

    def count_along(self, game: Game) -> None:
        """Show a little later how many have answered an open round."""
        ...

    async def show_answer(self, scene: AnswerScene) -> int:
        """Turn the message of a round into its answer; where it is gone, say it anew, once.

        Gives the message in which it stands.
        """
        ...

    async def show_board(self, scene: BoardScene) -> None: ...
