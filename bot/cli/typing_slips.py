"""What is told of words that were typed wrongly: the library's sentences, made ours."""

from typing import Final

import click

_INSTEAD: Final = ("help", "version")
"""Words that other programs have as commands, and this one as options."""


def sentence_about(error: click.ClickException) -> str:
    """Say what is wrong, and what may be meant."""
    if isinstance(error, click.NoSuchCommand | click.NoSuchOption):
        return " ".join([error.message, *_guess(_likely(error))])
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter):
        # Its own sentence, after the name of what it is about.
        hint = error.format_message().removesuffix(error.message).rstrip(": ")
        return f"{hint}. {error.message}"
    return error.format_message()


def _likely(error: click.NoSuchCommand | click.NoSuchOption) -> list[str]:
    if isinstance(error, click.NoSuchCommand) and error.command_name in _INSTEAD:
        return [f"--{error.command_name}"]
    return sorted(error.possibilities or ())


def _guess(names: list[str]) -> list[str]:
    if not names:
        return []
    quoted = [repr(name) for name in names]
    return [f"Did you mean {' or '.join(filter(None, (', '.join(quoted[:-1]), quoted[-1])))}?"]
