"""What the drawing process does: a poster a line in, its picture out, until nothing comes."""

import contextlib
import json
import os
import sys

from bot.picture.image import draw
from bot.picture.painter import LENGTH_BYTES
from bot.picture.poster import Poster


def main() -> None:
    _step_back()
    for line in sys.stdin.buffer:
        png = draw(Poster(**json.loads(line)))
        sys.stdout.buffer.write(len(png).to_bytes(LENGTH_BYTES) + png)
        sys.stdout.buffer.flush()


def _step_back() -> None:
    """Let everything else go first; where that is not allowed, draw all the same."""
    with contextlib.suppress(OSError):
        if sys.platform == "linux":
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        elif sys.platform != "win32":
            os.nice(19)


if __name__ == "__main__":
    main()
