"""Options of commands: what autocomplete offers for them."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar

import discord
from discord import app_commands

from bot.client import Interaction
from bot.daily import due
from bot.interview.audience import Reader
from bot.interview.library.library import Library
from bot.interview.model import Interview, Person, Quote
from bot.interview.names import UnknownNameError, find_topic
from bot.interview.words import fold
from bot.letters import label, one_line, units
from bot.text import Text, _
from bot.ui.reader import guess_interview, reader_of
from bot.ui.replies import OfferError

_Choices = list[app_commands.Choice[str]]

_Value = TypeVar("_Value", bound=StrEnum)

# What Discord takes as suggestions; what is typed may be as long as 6,000 characters.
MAX_CHOICES: Final = 25
MAX_CHOICE: Final = 100
MAX_TYPED: Final = 100


@lru_cache(maxsize=256)
def _prepared(
    names: tuple[str, ...], values: tuple[str, ...] | None
) -> tuple[tuple[str, app_commands.Choice[str]], ...]:
    return tuple(
        (fold(name), app_commands.Choice(name=label(name, MAX_CHOICE), value=value))
        for name, value in zip(names, values or names, strict=True)
    )


def matching(names: tuple[str, ...], typed: str, values: tuple[str, ...] | None = None) -> _Choices:
    """Offer the names that hold what was typed, those that start with it first.

    What is sent of a chosen one is its value, where that is not the name itself.
    """
    prepared = _prepared(names, values)
    part = fold(typed[:MAX_TYPED])
    if not part:
        return [choice for _name, choice in prepared[:MAX_CHOICES]]
    first = [choice for name, choice in prepared if name.startswith(part)]
    rest = [choice for name, choice in prepared if part in name and not name.startswith(part)]
    return [*first, *rest][:MAX_CHOICES]


def choices(words: Mapping[_Value, Text]) -> list[app_commands.Choice[str]]:
    """List what an option can be, each as members read it; the tree puts it into languages."""
    return [
        app_commands.Choice(name=text.message, value=value.value) for value, text in words.items()
    ]


async def people(interaction: Interaction, typed: str) -> _Choices:
    _reader, interview = await typed_to(interaction)
    return _matching_people(interview.people, typed)


async def speakers(interaction: Interaction, typed: str) -> _Choices:
    _reader, interview = await typed_to(interaction)
    return _matching_people(interview.speakers, typed)


def _matching_people(people: Sequence[Person], typed: str) -> _Choices:
    """Offer people by name; a key is sent where a name is longer than what may be sent."""
    names = tuple(person.name for person in people)
    return matching(names, typed, tuple(map(_value_of, names, (person.key for person in people))))


def _value_of(name: str, key: str) -> str:
    return name if units(name) <= MAX_CHOICE else key


async def topics(interaction: Interaction, typed: str) -> _Choices:
    reader, interview = await typed_to(interaction)
    library = interaction.client.library
    topic_keys = library.topics_for(interview.slug, reader.audience)
    if not interview.topic_names:
        return matching(topic_keys, typed)
    return matching(tuple(map(interview.topic_name, topic_keys)), typed, topic_keys)


def topic_typed(library: Library, interview: Interview, typed: str | None, reader: Reader) -> str:
    """Find a topic; "" where none was typed. What a hidden one is named is never offered."""
    if not typed:
        return ""
    slug = interview.slug
    safe = library.topics_for(slug, reader.audience)
    return find_topic(interview, library.topics(slug), typed, safe)


async def interviews(interaction: Interaction, typed: str) -> _Choices:
    interviews_known = interaction.client.library.interviews.values()
    works = tuple(interview.work for interview in interviews_known)
    slugs = (interview.slug for interview in interviews_known)
    return matching(works, typed, tuple(map(_value_of, works, slugs)))


async def zones(_interaction: Interaction, typed: str) -> _Choices:
    return matching(due.zones(), typed.replace(" ", "_"))


async def quotes(interaction: Interaction, typed: str) -> _Choices:
    """Offer quotes by their number or by words; of a spoiler only the number is told."""
    library = interaction.client.library
    reader, interview = await typed_to(interaction)
    number = quote_number(typed)
    if number is not None:
        matches = await library.quotes_from(interview.slug, number, reader.audience, MAX_CHOICES)
    elif typed.strip():
        search = library.find(interview.slug, typed, reader.audience, limit=MAX_CHOICES)
        matches = (await search).hits
    else:
        matches = await library.quotes_from(interview.slug, 0, reader.audience, MAX_CHOICES)
    return [_quote_choice(quote, interview, reader) for quote in matches]


async def typed_to(interaction: Interaction) -> tuple[Reader, Interview]:
    """Tell who is typing, and into which interview."""
    reader = await reader_of(interaction, is_private=True)
    return reader, guess_interview(
        interaction.client.library, reader, interaction.namespace.interview
    )


@contextmanager
def offering(button: Callable[[str, str], discord.ui.Item[Any]]) -> Generator[None]:
    """Where a name is not known, offer the nearest as buttons, each made of a key and a name."""
    try:
        yield
    except UnknownNameError as error:
        raise OfferError(
            error, [button(key, one_line(name)) for key, name in error.nearest.items()]
        ) from error


def quote_number(typed: str) -> int | None:
    """Read a number as members type it: 12 or #12; None for words."""
    digits = typed.strip().removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _quote_choice(quote: Quote, interview: Interview, reader: Reader) -> app_commands.Choice[str]:
    number = f"#{quote.number}"
    if reader.audience.veils(quote.spoiler):
        name = reader.say(_("{number} · spoiler", number=number))
    else:
        speaker = interview.people_by_key[quote.speaker].name
        name = label(f"{number} · {speaker}: {quote.text}", MAX_CHOICE)
    return app_commands.Choice(name=name, value=number)
