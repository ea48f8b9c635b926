"""What makes a shell complete the commands."""

import click
from click.shell_completion import get_completion_class

from bot.cli.help_pages import GuidedCommand
from bot.process.terminal import tell

_SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(cls=GuidedCommand)
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Let your shell complete commands and options."""
    root = context.find_root()
    name = str(root.info_name)
    maker = get_completion_class(shell)
    assert maker is not None, "one of the shells that click knows"
    tell(maker(root.command, {}, name, f"_{name.upper()}_COMPLETE").source())
    return 0
