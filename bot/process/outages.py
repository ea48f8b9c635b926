"""What does not work just now: told once when it begins and once when it ends, and by /health."""

import logging
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

log = logging.getLogger(__name__)


class Part(StrEnum):
    """What may be out of order for a while, by the name that logs and /health have for it."""

    STATE = "state database"
    STATE_LOG = "log of the state database"
    LOCKS = "locks of the state database"
    PROCESSES = "notes of processes"
    CONTENT = "content of the interviews"
    DISCORD = "Discord"
    CLOCK = "clock of this machine"
    COMMANDS = "registering commands"
    GAMES = "games"
    DUELS = "duels"
    POSTS = "daily posts"
    FORGETTING = "forgetting"
    BACKUPS = "backups"


class Outages:
    """The parts that do not work, each with the reason that was seen first."""

    def __init__(self) -> None:
        self._reasons: dict[Part, dict[object, str]] = {}

    @property
    def reasons(self) -> Mapping[Part, str]:
        first = {part: next(iter(reasons.values())) for part, reasons in self._reasons.items()}
        return MappingProxyType(first)

    def begin(self, part: Part, why: object, subject: object = None) -> None:
        """Note that a part does not work, or one of its subjects: a game among many."""
        reasons = self._reasons.setdefault(part, {})
        if not reasons:
            log.warning("%s: not working for now: %s", part, why)
        reasons.setdefault(subject, str(why))

    def end(self, part: Part, subject: object = None) -> None:
        """Note that it works again; a part does when all of its subjects do."""
        reasons = self._reasons.get(part, {})
        if reasons.pop(subject, None) is not None and not reasons:
            del self._reasons[part]
            log.info("%s: working again", part)
