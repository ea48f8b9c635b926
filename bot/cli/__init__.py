"""The command line: one function a sub-command, and the only place that ends the process."""

from bot.cli.command_line import main as main
