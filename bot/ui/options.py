"""Options of commands: what autocomplete offers for them."""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands

from bot.interview.names import fold
from bot.ui.markdown import cut, one_line

if TYPE_CHECKING:
    pass

_Interaction = discord.Interaction["Bot"]
_Choices = list[app_commands.Choice[str]]

MAX_CHOICES: Final = 25
MAX_TYPED: Final = 100


@lru_cache(maxsize=256)
def _prepared(names: tuple[str, ...]) -> tuple[tuple[str, app_commands.Choice[str]], ...]:
    return tuple(
        (fold(name), app_commands.Choice(name=cut(one_line(name), 100), value=name[:100]))
        for name in names
    )


def matching(names: tuple[str, ...], typed: str) -> _Choices:
    """Offer the names that hold what was typed, those that start with it first."""
    prepared = _prepared(names)
    wanted = fold(typed[:MAX_TYPED])
    if not wanted:
        return [choice for _name, choice in prepared[:MAX_CHOICES]]
    first = [choice for name, choice in prepared if name.startswith(wanted)]
    rest = [choice for name, choice in prepared if wanted in name and not name.startswith(wanted)]
    return [*first, *rest][:MAX_CHOICES]


async def people(interaction: _Interaction, typed: str) -> _Choices:
    interview = interaction.client.interview_typed(interaction)
    return matching(tuple(person.name for person in interview.people), typed)


async def speakers(interaction: _Interaction, typed: str) -> _Choices:
    interview = interaction.client.interview_typed(interaction)
    return matching(tuple(person.name for person in interview.speakers), typed)


async def topics(interaction: _Interaction, typed: str) -> _Choices:
    interview = interaction.client.interview_typed(interaction)
    return matching(interaction.client.library.topics(interview.slug), typed)


async def interviews(interaction: _Interaction, typed: str) -> _Choices:
    found = interaction.client.library.interviews.values()
    return matching(tuple(interview.work or interview.title for interview in found), typed)
