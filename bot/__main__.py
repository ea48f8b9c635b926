"""Start Encore: `python -m bot run`, and the other sub-commands."""

from bot.cli import main

if __name__ == "__main__":
    main()
