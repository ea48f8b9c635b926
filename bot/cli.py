"""The command line: one function a sub-command, and the only place that ends the process."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from dotenv import load_dotenv

from bot import log as logs
from bot.config import Settings
from bot.errors import OperatorError
from bot.text import plural, say

ROOT: Final = Path(__file__).resolve().parent.parent
_Command = Callable[[argparse.Namespace], int]


def main() -> None:
    arguments = _parser().parse_args()
    load_dotenv(ROOT / ".env")
    try:
        sys.exit(arguments.command(arguments))
    except OperatorError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Encore, a Discord bot.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("run", help="run the bot").set_defaults(command=_run)
    _add_check(commands.add_parser("check", help="find every mistake in an interview's files"))
    return parser


def _run(_arguments: argparse.Namespace) -> int:
    # The other commands do without Discord.
    from bot.run import run

    settings = Settings.from_env(os.environ, ROOT)
    logs.set_up(settings.log_level, settings.log_format, settings.token)
    run(settings)
    return 0


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_check)
    parser.add_argument("folder", nargs="?", type=Path, help="a pack, or a folder of packs")
    parser.add_argument("--fix", action="store_true", help="hand out missing numbers first")
    parser.add_argument("--count", action="store_true", help="count the trivia that comes out")


def _check(arguments: argparse.Namespace) -> int:
    from bot.editing import check, count_rounds, folders_to_check
    from bot.interview.pack.fixing import add_numbers

    settings = Settings.from_env(os.environ, ROOT, needs_token=False)
    folders = folders_to_check(arguments.folder or settings.packs_dir)
    if arguments.fix:
        added = sum(map(add_numbers, folders))
        print(say(plural("Handed out 1 number.", "Handed out {count} numbers.", added)))
    mistakes = list(check(folders))
    for mistake in mistakes:
        print(mistake)
    if mistakes:
        print(say(plural("1 mistake.", "{count} mistakes.", len(mistakes))), file=sys.stderr)
        return 1
    print(
        say(plural("1 interview, no mistakes.", "{count} interviews, no mistakes.", len(folders)))
    )
    if arguments.count:
        for slug, counts in asyncio.run(count_rounds(folders)).items():
            print(f"{slug}: {counts.total()} questions")
            for kind, number in counts.most_common():
                print(f"  {kind}: {number}")
    return 0
