"""Options of commands: what autocomplete offers for them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from discord import app_commands

from bot.interview.model import Interview
from bot.interview.names import fold
from bot.ui.markdown import cut, one_line

MAX_CHOICES: Final = 25
MAX_TYPED: Final = 100


@lru_cache(maxsize=256)
def _prepared(names: tuple[str, ...]) -> tuple[tuple[str, app_commands.Choice[str]], ...]:
    return tuple(
        (fold(name), app_commands.Choice(name=cut(one_line(name), 100), value=name[:100]))
        for name in names
    )


def matching(names: tuple[str, ...], typed: str) -> list[app_commands.Choice[str]]:
    """Offer the names that hold what was typed, those that start with it first."""
    prepared = _prepared(names)
    wanted = fold(typed[:MAX_TYPED])
    if not wanted:
        return [choice for _name, choice in prepared[:MAX_CHOICES]]
    first = [choice for name, choice in prepared if name.startswith(wanted)]
    rest = [choice for name, choice in prepared if wanted in name and not name.startswith(wanted)]
    return [*first, *rest][:MAX_CHOICES]


def person_names(interview: Interview) -> tuple[str, ...]:
    return tuple(person.name for person in interview.people)


def speaker_names(interview: Interview) -> tuple[str, ...]:
    return tuple(person.name for person in interview.speakers)


def interview_names(interviews: Sequence[Interview]) -> tuple[str, ...]:
    return tuple(interview.work or interview.title for interview in interviews)
