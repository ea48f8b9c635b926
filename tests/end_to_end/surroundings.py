"""The real bot as `encore run`, but in surroundings that a test chooses.

Games pass twenty times as fast. TEST_CLOCK names a file with the seconds by which the clock is
wrong. TEST_DIES kills the process at the moves of a game: `after` the first, or `before` the
second. TEST_HEARTBEAT says how many seconds a gateway may be silent. TEST_SHARES lets it use the
data of another bot, as processes on several hosts will. TEST_BRAKES slows down its starts as with
the real Discord.
"""

import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    nullcontext,
    suppress,
)
from pathlib import Path
from time import time
from typing import Final

from bot.config import Settings
from bot.daily.posts import LONGEST_PAUSE
from bot.errors import OperatorError
from bot.hosting.graph import Surroundings
from bot.hosting.run import run
from bot.process.log import set_up
from bot.process.outages import Outages
from bot.state.database import Database, Row, Statement
from bot.state.game import Phase, Setup
from bot.state.locks import FileLocks, locks_of
from bot.state.store import open_state
from bot.trivia.game.rounds import phase_seconds

ROOT: Final = Path(__file__).parents[2]
SPEED: Final = 20
_MOVES: Final = ("INSERT INTO game (", "UPDATE game ")


def hasty_seconds(setup: Setup, phase: Phase, number: int) -> float:
    return phase_seconds(setup, phase, number) / SPEED


def wrong_clock(file: Path) -> Callable[[], float]:
    """Tell a time that is as wrong as a file says."""
    seconds_off = 0.0

    def now() -> float:
        nonlocal seconds_off
        # It may be read while the test writes it.
        with suppress(ValueError):
            seconds_off = float(file.read_text())
        return time() + seconds_off

    return now


class MortalDatabase(Database):
    """Lets a game be moved once, and then interrupts it as hard as can be."""

    def __init__(self, database: Database, when: str) -> None:
        self._database = database
        self._when = when
        self._moves = 0
        self.waited = None
        self.outages = Outages()

    async def read(self, sql: str, *values: object, **named: object) -> Sequence[Row]:
        return await self._database.read(sql, *values, **named)

    async def write_all(self, *statements: Statement) -> Sequence[Sequence[Row]]:
        is_move = any(" ".join(sql.split()).startswith(_MOVES) for sql, *_of in statements)
        self._moves += is_move
        if is_move and self._when == "before" and self._moves == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        rows = await self._database.write_all(*statements)
        if is_move and self._when == "after" and self._moves == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return rows


def state_that_dies(
    when: str,
) -> Callable[[Path, str | None], AbstractAsyncContextManager[Database]]:
    @asynccontextmanager
    async def open_mortal(data_dir: Path, url: str | None) -> AsyncIterator[Database]:
        async with open_state(data_dir, url) as database:
            yield MortalDatabase(database, when)

    return open_mortal


class OpenFolder(FileLocks):
    """Lets anybody in."""

    def held_folder(self, *, shares: bool) -> AbstractContextManager[None]:
        return nullcontext()


def open_to_all(settings: Settings) -> OpenFolder:
    return OpenFolder(settings.data_dir)


def surroundings(env: Mapping[str, str]) -> Surroundings:
    clock, dies = env.get("TEST_CLOCK"), env.get("TEST_DIES")
    return Surroundings(
        now=wrong_clock(Path(clock)) if clock else time,
        phase_seconds=hasty_seconds,
        # Who waits for the clock does not hear that it was set.
        longest_pause=0.1 if clock else LONGEST_PAUSE,
        heartbeat_timeout=float(env.get("TEST_HEARTBEAT", "60")),
        brakes_on_loopback="TEST_BRAKES" in env,
        locks_of=(lambda settings: OpenFolder(settings.data_dir))
        if "TEST_SHARES" in env
        else locks_of,
        open_state=state_that_dies(dies) if dies else open_state,
    )


def main() -> None:
    try:
        settings = Settings.from_env(os.environ, ROOT)
        set_up(settings.log_level, settings.log_format, *settings.secrets)
        run(settings, surroundings(os.environ))
    except OperatorError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
