"""The real bot as `encore`, whose games begin at once: nobody is waited for."""

import sys

from bot.cli import main
from bot.trivia.game import rounds

if __name__ == "__main__":
    rounds.LOBBY_SECONDS = 0.5
    sys.exit(main())
