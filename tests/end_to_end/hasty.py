"""The real bot, as `python -m bot`, but time passes twenty times as fast for its games.

HASTY_CLOCK names a file with the seconds by which the clock is wrong. HASTY_DIES kills the
process at the moves of a game: `after` the first, or `before` the second. HASTY_HEART says how
many seconds a gateway may be silent. HASTY_SHARES lets it use
the data of another bot, as processes on several hosts will. HASTY_BRAKES slows down its starts as
with the real Discord.
"""

import os
import signal
from contextlib import nullcontext
from pathlib import Path
from time import time
from typing import Any, Final

from bot.cli import main
from bot.client import Bot
from bot.config import Settings
from bot.hosting import run
from bot.process.clock import Clock
from bot.process.identify_brake import Brake
from bot.state.database import Database, Row
from bot.state.games import Setup
from bot.trivia.rounds import phase_seconds
from bot.ui import gamemaster, posting

SPEED: Final = 20
_MOVES: Final = ("INSERT INTO game (", "UPDATE game ")


def hasty_seconds(setup: Setup, *, is_asking: bool) -> float:
    return phase_seconds(setup, is_asking=is_asking) / SPEED


def set_clock(file: Path) -> None:
    """Let the bot have a clock that is as wrong as a file says."""

    def wrong() -> float:
        return time() + float(file.read_text())

    begin = Clock.__init__

    def clock(self: Clock) -> None:
        begin(self, wrong)

    Clock.__init__ = clock
    # Who waits for the clock does not hear that it was set.
    posting.LONGEST_PAUSE = 0.1


def die(when: str) -> None:
    """Let a game be moved once, and then be interrupted as hard as can be."""
    write = Database.write
    moves = 0

    async def write_and_die(
        database: Database, sql: str, /, *values: object, **named: object
    ) -> list[Row]:
        nonlocal moves
        moves += (is_move := " ".join(sql.split()).startswith(_MOVES))
        if is_move and when == "before" and moves == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        rows = await write(database, sql, *values, **named)
        if is_move and when == "after" and moves == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return rows

    Database.write = write_and_die


def brake() -> None:
    """Slow down starts as with the real Discord."""
    begin = Bot.__init__

    def begin_braked(bot: Bot, settings: Settings, *parts: Any) -> None:
        begin(bot, settings, *parts)
        bot.brake = Brake(settings.data_dir / "identifies")

    Bot.__init__ = begin_braked


def listen(seconds: float) -> None:
    """Take a gateway for gone that is silent for so long."""
    begin = Bot.__init__

    def begin_listening(bot: Bot, settings: Settings, *parts: Any) -> None:
        begin(bot, settings, *parts)
        bot._connection.heartbeat_timeout = seconds

    Bot.__init__ = begin_listening


if __name__ == "__main__":
    gamemaster.phase_seconds = hasty_seconds
    if file := os.environ.get("HASTY_CLOCK"):
        set_clock(Path(file))
    if seconds := os.environ.get("HASTY_HEART"):
        listen(float(seconds))
    if os.environ.get("HASTY_SHARES"):
        run.hold_data = lambda *_of: nullcontext()
    if os.environ.get("HASTY_BRAKES"):
        brake()
    if when := os.environ.get("HASTY_DIES"):
        die(when)
    main()
