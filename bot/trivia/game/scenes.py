"""What there is to show of a game, and the stage that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.state.game import Game, GameAnswer, Player
from bot.trivia.game.standings import Moment, Standing
from bot.trivia.kinds import Question


@dataclass(frozen=True, slots=True)
class LobbyScene:
    """A game before its first round, with who has joined; `is_over` once that has begun."""

    game: Game
    players: Sequence[Player]
    due_at: float
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class RoundScene:
    """An open round; nothing in it tells what anybody chose."""

    game: Game
    question: Question
    answered: int
    due_at: float


@dataclass(frozen=True, slots=True)
class AnswerScene:
    """A round that is over, and the answers of the whole game so far.

    Once the game has gone on from it, `is_past`, it says nothing of what comes next.
    """

    game: Game
    message_id: int
    question: Question
    answers: Sequence[GameAnswer]
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Hardest:
    """The round that fewest got right: what it asked, how many were right, of how many."""

    round: int
    statement: str
    answer: str
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class BoardScene:
    """The places at the end, and what was hard and close on the way.

    There may be answers, and yet nobody who wants to stand on a board.
    """

    game: Game
    standings: Sequence[Standing]
    hardest: Hardest | None = None
    closest: Moment | None = None
    has_answers: bool = False
    has_hidden_points: bool = False


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

    async def open_lobby(self, scene: LobbyScene) -> int:
        """Post that a game is about to begin; gives the message that `close_lobby` will change."""
        ...

    async def close_lobby(self, scene: LobbyScene) -> None:
        """Say that the game has begun, or never will."""
        ...

    async def open_thread(self, game: Game) -> int | None:
        """Open a thread below the lobby, the same each time; None where that may not be."""
        ...

    async def open_round(self, scene: RoundScene) -> int:
        """Post a round; gives the message that `show_answer` will change."""
        ...

    def count_along(self, game: Game) -> None:
        """Show a little later who has joined, or how many have answered an open round."""
        ...

    async def show_answer(self, scene: AnswerScene) -> int:
        """Turn the message of a round into its answer; where it is gone, say it anew, once.

        Gives the message in which it stands.
        """
        ...

    async def show_board(self, scene: BoardScene) -> None: ...
