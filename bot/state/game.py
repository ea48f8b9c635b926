"""A game as it stands, as values: what it was started with, where it is, who answered what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Phase(StrEnum):
    """Where a game is: a round is open, its answer is read, the board is due, or it is over."""

    ASKING = "asking"
    READING = "reading"
    BOARD = "board"
    DONE = "done"


class Ending(StrEnum):
    """Why a game ended before its last round."""

    PLAYED = ""
    STOPPED = "stopped"
    IDLE = "idle"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a game was started with; `plain` and `allows_mature` say what may be asked in it.

    One that `has_lobby` waits a moment for who wants to join; one in a thread is played there.
    """

    rounds: int
    seconds: int
    is_calm: bool = False
    kind: str | None = None
    difficulty: str | None = None
    plain: int = 0
    allows_mature: bool = False
    has_lobby: bool = False
    in_thread: bool = False


@dataclass(frozen=True, slots=True)
class Game:
    """A game; times are in unix seconds, `due_at` ends the phase that it is in.

    `document` is the question of the round, as it was shown; `answer_shown_in` is the last phase in
    which its answer was. Where a phase `is_hurried` somebody has ended it before its time.

    Round 0 is the lobby: its message is read, and the question is that of the first round. A game
    belongs to its channel also where its rounds stand in a thread.
    """

    id: int
    channel_id: int
    guild_id: int
    starter_id: int
    slug: str
    setup: Setup
    phase: Phase
    round: int
    question_id: int
    message_id: int | None
    asked_at: float
    due_at: float
    is_hurried: bool
    answer_shown_in: Phase | None
    idle_rounds: int
    ending: Ending
    document: str
    right_choice: int
    choice_count: int
    worth: int
    thread_id: int | None = None
    is_starter_hidden: bool = False

    @property
    def place_id(self) -> int:
        """Give the channel or thread in which it is played."""
        return self.thread_id or self.channel_id

    @property
    def lobby_place_id(self) -> int:
        """Give where its lobby stands: a thread that was opened below it has its message's id."""
        return self.channel_id if self.thread_id == self.message_id else self.place_id

    @property
    def is_lobby(self) -> bool:
        return self.round == 0

    @property
    def is_last_round(self) -> bool:
        return self.round == self.setup.rounds > 1

    @property
    def shown_starter_id(self) -> int | None:
        """Give who started it, unless they are named in nothing that the server reads."""
        return None if self.is_starter_hidden or not self.starter_id else self.starter_id


class Player(NamedTuple):
    """Who has joined a game before its first round."""

    user_id: int
    is_hidden: bool = False


class GameAnswer(NamedTuple):
    """A member's answer in a round; `seconds` since it was asked.

    `is_hidden` is for who is on no board: they count, and are named nowhere.
    """

    round: int
    user_id: int
    choice: int
    is_right: bool
    points: int
    seconds: float
    is_hidden: bool = False


def counts(answers: Sequence[GameAnswer], number: int) -> Counter[int]:
    """Count the choices of a round."""
    return Counter(answer.choice for answer in answers if answer.round == number)
