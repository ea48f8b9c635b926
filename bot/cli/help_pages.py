"""How help looks: commands in groups, headings in colour, what Guidance adds to a command's."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import click

from bot.cli.guidance import GUIDANCE, VARIABLES
from bot.process.terminal import output

_TERM: Final = "cyan"
_WIDTH: Final = 100
_TERM_WIDTH: Final = 40


class ColouredFormatter(click.HelpFormatter):
    """A formatter whose headings and terms stand out; where there are no colours they do not."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        super().__init__(indent_increment, width, max_width or _WIDTH)

    def write_heading(self, heading: str) -> None:
        super().write_heading(click.style(heading, bold=True))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _TERM_WIDTH, col_spacing: int = 2
    ) -> None:
        coloured = [(click.style(term, fg=_TERM), meaning) for term, meaning in rows]
        super().write_dl(coloured, col_max, col_spacing)


class ColouredContext(click.Context):
    formatter_class = ColouredFormatter


class HelpfulCommand(click.Command):
    """A command whose help is told as all else is: what cannot be written is a sentence."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = _tell_help
        return option


def _tell_help(context: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        with output():
            click.echo(context.get_help(), color=context.color)
        context.exit()


class GuidedCommand(HelpfulCommand):
    """A command whose help goes on with what Guidance says of it."""

    context_class = ColouredContext

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
