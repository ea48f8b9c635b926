"""Arguments that several commands take, and how their values are read."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from bot.cli.checkout import ROOT
from bot.errors import OperatorError
from bot.reading.values import port
from bot.text import _

if TYPE_CHECKING:
    from bot.interview.transcript import Decisions

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])
_MOST_DAYS: Final = 366
"""For which sums of a day are looked at."""
_MOST_DIGITS: Final = 9
# The container's image does without the playground.
HAS_PAGE: Final = (ROOT / "playground").is_dir()


class _NamedPath(click.Path):
    """A path that ends with a name: that of a pack's folder is the interview's."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        return path if path.name not in ("", "..") else Path(os.path.abspath(path))


PATH: Final = _NamedPath()


def _port(value: str) -> int:
    try:
        # 0 is any that is free.
        return 0 if value == "0" else port(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def days(value: str) -> int:
    is_number = value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS
    count = int(value) if is_number else 0
    if not 1 <= count <= _MOST_DAYS:
        raise click.BadParameter(f"It must be a number of days, from 1 to {_MOST_DAYS}.")
    return count


def user_id(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise click.UsageError(
            "USER_ID is a number: in Discord, switch on Developer Mode under Advanced, then"
            " right-click the member and choose Copy User ID."
        )
    return int(value)


def _speaker(value: str) -> tuple[str, str]:
    label, equals, name = (part.strip() for part in value.partition("="))
    if not (label and equals and name):
        raise click.BadParameter('It must be LABEL=NAME, such as "Speaker 1=Ada Example".')
    return label, name


def need_page() -> None:
    """Raise OperatorError where the playground, which serves the pages, is not installed."""
    if not HAS_PAGE:
        raise OperatorError(_("This installation has no page."), _("Use a git checkout."))


def page_options(command: _Decorated) -> _Decorated:
    """Add where the page is, and whether a browser opens it."""
    is_closed = click.option("--no-open", is_flag=True, help="Don't open a browser.")
    place = click.option(
        "--port",
        type=_port,
        default="8787",
        metavar="PORT",
        show_default=True,
        help="Port for the page; if it's taken, another is used.",
    )
    return place(is_closed(command))


def decision_options(command: _Decorated) -> _Decorated:
    """Add how a transcript is to be read."""
    shape = click.option(
        "--shape",
        default="",
        metavar="NAME",
        help="How speakers are labelled. A name it doesn't know lists them all.",
    )
    speakers = click.option(
        "--speaker",
        "speakers",
        multiple=True,
        type=_speaker,
        metavar="LABEL=NAME",
        help='Who a label stands for, such as "Speaker 1=Ada Example". Repeat for each.',
    )
    return shape(speakers(command))


def yes_option(command: _Decorated) -> _Decorated:
    return click.option("--yes", "-y", is_flag=True, help="Don't ask first.")(command)


def json_option(command: _Decorated) -> _Decorated:
    return click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for a program.")(
        command
    )


def decisions_of(shape: str, speakers: Sequence[tuple[str, str]]) -> "Decisions":
    from bot.interview.transcript import Decisions

    return Decisions(shape=shape, names=dict(speakers))
