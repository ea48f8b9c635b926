"""What the drawing process does: a poster a line in, its picture out, until nothing comes.

Where signs of it are in no font, these come out instead.
"""

import contextlib
import json
import os
import sys

from bot.picture.image import UnwritableError, draw
from bot.picture.painter import LENGTH_BYTES
from bot.picture.poster import Poster

_MOST_BYTES = 1 << 30
"""Of addresses, fonts that are looked into included; a picture takes a sixth of it."""


def main() -> None:
    _step_back()
    _bound_memory()
    for line in sys.stdin.buffer:
        answer = _answer(Poster(**json.loads(line)))
        sys.stdout.buffer.write(len(answer).to_bytes(LENGTH_BYTES) + answer)
        sys.stdout.buffer.flush()


def _answer(poster: Poster) -> bytes:
    try:
        return draw(poster)
    except UnwritableError as error:
        return json.dumps(error.signs).encode()


def _step_back() -> None:
    """Let everything else go first; where that is not allowed, draw all the same."""
    with contextlib.suppress(OSError):
        if sys.platform == "linux":
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        elif sys.platform != "win32":
            os.nice(19)


def _bound_memory() -> None:
    """Fail rather than take the bot's memory, whatever a font or a text brings about."""
    if sys.platform == "linux":
        import resource

        # Where the host allows less, that stays.
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = _MOST_BYTES if hard == resource.RLIM_INFINITY else min(hard, _MOST_BYTES)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    main()
