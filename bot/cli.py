"""The command line: one function a sub-command, and the only place that ends the process."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from dotenv import load_dotenv

from bot import log as logs
from bot.config import Settings
from bot.errors import OperatorError
from bot.run import run

ROOT: Final = Path(__file__).resolve().parent.parent


def main() -> None:
    arguments = _parser().parse_args()
    load_dotenv(ROOT / ".env")
    try:
        arguments.command(arguments)
    except OperatorError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Encore, a Discord bot.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run_parser = commands.add_parser("run", help="run the bot")
    run_parser.set_defaults(command=_run)
    return parser


def _run(_arguments: argparse.Namespace) -> None:
    settings = Settings.from_env(os.environ, ROOT)
    logs.set_up(settings.log_level, settings.log_format, settings.token)
    run(settings)
