"""How help looks: commands in groups, headings in colour, what Guidance adds to a command's."""

import os
from collections.abc import Iterable, Mapping, Sequence
from shutil import get_terminal_size
from typing import Any, Final

import click

from bot.cli.guidance import GUIDANCE, VARIABLES
from bot.config import check_authorities
from bot.process.terminal import output

_TERM: Final = "cyan"
_WIDTH: Final = 100
_MARGIN: Final = 2
_LEAST_WIDTH: Final = 20
_TERM_WIDTH: Final = 40
_LEAST_TERM_WIDTH: Final = 10
_MEANING_WIDTH: Final = 38
"""What a meaning needs beside its term; a longer term stands in a line of its own."""


class ColouredFormatter(click.HelpFormatter):
    """A formatter whose headings and terms stand out; where there are no colours they do not."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        # The library would not go below fifty, which breaks each line of a narrow terminal.
        columns = min(get_terminal_size().columns, max_width or _WIDTH) - _MARGIN
        super().__init__(indent_increment, width or max(columns, _LEAST_WIDTH))

    def write_heading(self, heading: str) -> None:
        super().write_heading(click.style(heading, bold=True))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _TERM_WIDTH, col_spacing: int = 2
    ) -> None:
        coloured = [(click.style(term, fg=_TERM), meaning) for term, meaning in rows]
        beside = max(self.width - _MEANING_WIDTH, _LEAST_TERM_WIDTH)
        super().write_dl(coloured, min(col_max, beside), col_spacing)


class ColouredContext(click.Context):
    formatter_class = ColouredFormatter


class HelpfulCommand(click.Command):
    """A command whose help is told as all else is: what cannot be written is a sentence."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = _tell_help
            option.help = "Show this help."
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            # Which command's help there is to read is not known to all of them.
            error.ctx = error.ctx or ctx
            raise


def _tell_help(context: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        with output():
            click.echo(context.get_help(), color=context.color)
        context.exit()


class GuidedCommand(HelpfulCommand):
    """A command whose help goes on with what Guidance says of it."""

    context_class = ColouredContext

    def invoke(self, ctx: click.Context) -> Any:
        # Help and `doctor` are there whatever is wrong.
        if self.name != "doctor":
            check_authorities(os.environ)
        return super().invoke(ctx)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        guidance = GUIDANCE[self.name or ""]
        endings = {str(code): ending for code, ending in guidance.exit_codes.items()}
        variables = {name: VARIABLES[name] for name in guidance.variables}
        for heading, rows in (
            ("Examples", guidance.examples),
            ("Environment", variables),
            ("Exit codes", endings),
        ):
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows.items())


class CommandGroups(HelpfulCommand, click.Group):
    """Commands under the headings for whom they are."""

    context_class = ColouredContext

    def __init__(self, groups: Mapping[str, Sequence[click.Command]], **attributes: Any) -> None:
        self._groups = groups
        commands = [command for group in groups.values() for command in group]
        super().__init__(commands=commands, **attributes)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        longest = max(map(len, self.commands))
        for heading, commands in self._groups.items():
            if not commands:
                continue
            with formatter.section(heading):
                formatter.write_dl(
                    [
                        (str(command.name).ljust(longest), command.get_short_help_str(_WIDTH))
                        for command in commands
                    ]
                )
