"""The command line: one function a sub-command, and the only place that ends the process."""

import sys

_CTRL_C = 130
"""As shells tell of it."""


def main() -> None:
    """Do what was typed; Ctrl-C is no failure, however soon it comes."""
    try:
        # Takes long enough to be interrupted.
        from bot.cli.command_line import main as do

        do()
    except KeyboardInterrupt:
        sys.exit(_CTRL_C)
