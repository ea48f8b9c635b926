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
    CONTENT = "content of the interviews"
    DISCORD = "Discord"
    COMMANDS = "registering commands"
    GAMES = "games"
    POSTS = "daily posts"
    FORGETTING = "forgetting"
    BACKUPS = "backups"
    IDENTIFIES = "log of sessions"


class Outages:
    """The parts that do not work, each with the reason that was seen first."""

    def __init__(self) -> None:
        self._reasons: dict[Part, str] = {}

    @property
    def reasons(self) -> Mapping[Part, str]:
        return MappingProxyType(self._reasons)

    def begin(self, part: Part, why: object) -> None:
        if part not in self._reasons:
            self._reasons[part] = str(why)
            log.warning("%s: does not work for now: %s", part, why)

    def end(self, part: Part) -> None:
        if self._reasons.pop(part, None) is not None:
            log.info("%s: works again", part)
