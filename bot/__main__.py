"""Start Encore without its script: `python -m bot run`, and the other commands."""

if __name__ == "__main__":
    from bot.cli import main

    main()
