"""What processes of one state hold: each lock by its name, and what an engine has to offer."""

from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Final, NamedTuple, Protocol

from bot.errors import UnavailableError
from bot.process.outages import Outages

PATIENCE: Final = 1.0
"""Seconds for which who only looks in holds a lock."""


class Lock(NamedTuple):
    """One thing that a process does, or serves, alone."""

    name: str
    """Of its file, where the state is one."""
    number: int
    """In PostgreSQL, below one that all of them share."""


MIGRATING: Final = Lock("state", -1)
WHOLE: Final = Lock("all", -2)
"""All of a state: several share it where each has shards of its own."""
FORGETTING: Final = Lock("forget", -3)
COMMANDS: Final = Lock("commands", -4)
SETTLING: Final = Lock("settle", -5)
"""Who finds out which shards are whose, and notes it."""
WORK: Final = (MIGRATING, FORGETTING, COMMANDS, SETTLING)
"""What is held for a moment, also while bots run."""

_PLACES: Final = -1000


def shard_lock(shard_id: int) -> Lock:
    return Lock(str(shard_id), shard_id)


def place_lock(place: int) -> Lock:
    return Lock(f"place-{place}", _PLACES - place)


def place_in(lock: Lock) -> int:
    return _PLACES - lock.number


class Seat(Protocol):
    """What a process holds while it serves; it is free again when the process ends, however."""

    @property
    def is_settled(self) -> bool:
        """Say whether a lock that is free now is nobody's, who is only taking it up again."""
        ...

    @property
    def grace_seconds(self) -> float:
        """Give how long another process may need to take up again what it has lost."""
        ...

    async def take(self, lock: Lock) -> bool:
        """Take a lock, or say that another has it; raises StateUnavailableError."""
        ...

    async def leave(self, lock: Lock) -> None: ...

    async def conflict(self, lock: Lock) -> UnavailableError:
        """Give a sentence about a lock that another process has, and who that is."""
        ...

    async def keep(self) -> None:
        """Look after what was taken, without end.

        Raises UnavailableError where it was lost, and somebody else has it by now.
        """
        ...


class Locks(Protocol):
    """Where processes of one state see of each other who does what."""

    def held_folder(self, *, shares: bool) -> AbstractContextManager[None]:
        """Hold the data folder, alone or as one of several.

        Raises UnavailableError where another bot is in the way.
        """
        ...

    def seat(self, outages: Outages, *, shares: bool) -> AbstractAsyncContextManager[Seat]:
        """Use the state, alone or as one of several.

        Raises UnavailableError where another bot is in the way, StateUnavailableError where the
        database is, OperatorError where that will not pass.
        """
        ...

    def at_work(self, lock: Lock, patience: float = PATIENCE) -> AbstractAsyncContextManager[None]:
        """Do what one process does at a time, a bot or a command.

        Raises UnavailableError where another one does it for longer than a patience in seconds.
        """
        ...
