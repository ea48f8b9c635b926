"""Start Encore without its script: `python -m bot run`, and the other commands."""

import sys

if __name__ == "__main__":
    try:
        from bot.cli import main

        main()
    except KeyboardInterrupt:
        # As shells tell of Ctrl-C.
        sys.exit(130)
