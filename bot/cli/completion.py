"""What makes a shell complete the commands."""

from typing import Final

import click
from click.shell_completion import get_completion_class

from bot.cli.help_pages import GuidedCommand
from bot.process.terminal import tell

_SHELLS: Final = ("bash", "zsh", "fish", "powershell")


class _Shell(click.Choice[str]):
    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        return f"It's one of {', '.join(_SHELLS)}."


@click.command(cls=GuidedCommand)
@click.argument("shell", type=_Shell(_SHELLS), metavar="SHELL")
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Let your shell complete commands and options.

    SHELL is bash, zsh, fish or powershell.
    """
    root = context.find_root()
    name = str(root.info_name)
    maker = get_completion_class(shell)
    assert maker is not None, "one of the shells that click knows"
    tell(maker(root.command, {}, name, f"_{name.upper()}_COMPLETE").source())
    return 0
