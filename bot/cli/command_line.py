"""`encore`: which commands there are, and how each of them ends."""

import os
import sys
from typing import Final, cast

import click

from bot.cli import editor_commands, host_commands
from bot.cli.arguments import HAS_PAGE
from bot.cli.completion import completion
from bot.cli.help_pages import CommandGroups
from bot.cli.typing_slips import sentence_about
from bot.errors import OperatorError
from bot.process.progress import DUMB
from bot.process.signals import interrupting_signals
from bot.process.terminal import complain, open_streams, output, tell
from bot.process.version import version

NAME: Final = "encore"
_BROKEN_PIPE: Final = 1
# As shells tell of it.
_CTRL_C: Final = 130
HELP: Final = ("-h", "--help")
_SETTINGS: Final = {"help_option_names": HELP}


def main() -> None:
    open_streams()
    try:
        exit_code = _run(sys.argv[1:])
    except OperatorError as error:
        complain(str(error))
        exit_code = error.exit_code
    except click.ClickException as error:
        complain(f"{sentence_about(error)}\n{_help_for(error)}")
        exit_code = error.exit_code
    except click.Abort:
        exit_code = _CTRL_C
    except BrokenPipeError:
        # Whoever reads has seen enough, as `head` has.
        exit_code = _BROKEN_PIPE
    sys.exit(exit_code)


def _run(words: list[str]) -> int:
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") in DUMB
    colour = False if is_plain else None
    try:
        # Whatever ends it, what was begun is tidied up, and the terminal.
        with interrupting_signals():
            exit_code = encore.main(words, NAME, standalone_mode=False, color=colour)
        return cast("int | None", exit_code) or 0
    finally:
        # It may have written its help.
        with output():
            sys.stdout.flush()


def _help_for(error: click.ClickException) -> str:
    """Say where to read on about what was typed wrongly."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"Help: {context.command_path if context else NAME} --help"


def _tell_version(context: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        tell(f"Encore {version()}")
        context.exit()


_GROUPS: Final = {
    "Try it": (host_commands.playground,) if HAS_PAGE else (),
    "Host it": (
        host_commands.run,
        host_commands.doctor,
        host_commands.health,
        host_commands.stats,
        host_commands.reports,
        host_commands.backup,
        host_commands.restore,
        host_commands.forget,
    ),
    "Make an interview of your own": (
        editor_commands.load,
        editor_commands.new_pack,
        *((editor_commands.edit,) if HAS_PAGE else ()),
        editor_commands.check,
    ),
    "Type less": (completion,),
}


@click.group(
    cls=CommandGroups, groups=_GROUPS, invoke_without_command=True, context_settings=_SETTINGS
)
@click.option(
    "--version",
    "-V",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version.",
)
@click.pass_context
def encore(context: click.Context) -> None:
    """Put an interview on a Discord server: quotes, cast facts and a game of trivia."""
    if context.invoked_subcommand is None:
        with output():
            click.echo(context.get_help())
