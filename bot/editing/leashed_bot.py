"""The bot as the playground starts it: it ends with the playground, also with one that is killed.

Nobody else would ever end it: it waits for a Discord that is away.
"""

import os
import runpy
import signal
from threading import Thread


def main() -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    runpy.run_module("bot", run_name="__main__")


def _end_with_parent() -> None:
    # Nobody writes there: it can be read once the other end is gone.
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
