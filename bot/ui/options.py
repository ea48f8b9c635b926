"""Options of commands: what autocomplete offers for them."""

import asyncio
import re
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import discord
from discord import app_commands

from bot.client import Interaction
from bot.daily.zone_search import suggestions
from bot.daily.zones import zone_label
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.interview.library.library import Library
from bot.interview.library.search import MOST_COUNTED, Matches
from bot.interview.model import Interview, Person, Quote
from bot.interview.names import (
    UnknownNameError,
    find_speaker,
    find_topic,
    interview_names,
    names_of,
)
from bot.interview.words import fold
from bot.letters import label, one_line, units
from bot.text import Text, _, say
from bot.ui.excerpts import begun_at
from bot.ui.reader import guess_interview, reader_of
from bot.ui.replies import OfferError

_Choices = list[app_commands.Choice[str]]

_Value = TypeVar("_Value", bound=StrEnum)

# What Discord takes as suggestions; what is typed may be as long as 6,000 characters.
MAX_CHOICES: Final = 25
MAX_CHOICE: Final = 100
MAX_TYPED: Final = 100
_QUOTED: Final = 40
"""Of what is typed, so much is said back while it is."""


_KEPT: Final = 256
"""Lists of choices that are kept: while somebody types, the same come again and again."""


@lru_cache(_KEPT)
def _prepared(
    names: tuple[str, ...],
    values: tuple[str, ...] | None,
    further: tuple[tuple[str, ...], ...] | None,
) -> tuple[tuple[str, app_commands.Choice[str]], ...]:
    """Make the choices, each with its names as they are looked through, one a line."""
    return tuple(
        (
            "".join(f"\n{fold(spelling)}" for spelling in (name, *others)),
            app_commands.Choice(name=label(name, MAX_CHOICE), value=value),
        )
        for name, value, others in zip(
            names, values or names, further or ((),) * len(names), strict=True
        )
    )


def matching(
    names: tuple[str, ...],
    typed: str,
    values: tuple[str, ...] | None = None,
    further: tuple[tuple[str, ...], ...] | None = None,
) -> _Choices:
    """Offer the names that hold what was typed: those that begin so, a word of which does, others.

    What is sent of a chosen one is its value, where that is not the name itself. `further` names
    of each count as well.
    """
    part = fold(typed[:MAX_TYPED])
    ranked = [
        (_rank(spellings, part), choice)
        for spellings, choice in _prepared(names, values, further)
        if part in spellings
    ]
    ranked.sort(key=lambda ranking: ranking[0])
    return [choice for _rank_of_it, choice in ranked[:MAX_CHOICES]]


def _rank(spellings: str, part: str) -> int:
    if f"\n{part}" in spellings:
        return 0
    return 1 if re.search(rf"\b{re.escape(part)}", spellings) else 2


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
    further = tuple(tuple(names_of(person)) for person in people)
    values = tuple(map(_value_of, names, (person.key for person in people)))
    return matching(names, typed, values, further=further)


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
    names = interview_names(interaction.client.library.interviews)
    return matching(tuple(names.values()), typed, tuple(names))


async def zones(interaction: Interaction, typed: str) -> _Choices:
    """Offer time zones by what people call them, with the time that it is there."""
    locale, now = str(interaction.locale), interaction.client.clock.now()
    home = str(interaction.guild_locale or locale)
    # The first look reads thousands of names.
    by_zone = await asyncio.to_thread(suggestions, typed[:MAX_TYPED], home, MAX_CHOICES)
    return [
        app_commands.Choice(name=label(_zone_now(zone, place, now, locale), MAX_CHOICE), value=zone)
        for zone, place in by_zone.items()
    ]


def _zone_now(zone: str, place: str, now: float, locale: str) -> str:
    named = f"{place} · {zone_label(zone)}" if place else zone_label(zone)
    time = f"{datetime.fromtimestamp(now, ZoneInfo(zone)):%H:%M}"
    return say(_("{zone} · {time} now", zone=named, time=time), locale)


async def quotes(interaction: Interaction, typed: str) -> _Choices:
    """Offer quotes by their number or by words; of a spoiler only the number is told.

    Before more than one that has the words stands the search for them.
    """
    library = interaction.client.library
    reader, interview = await typed_to(interaction)
    number = quote_number(typed)
    if number is None and typed.strip():
        return await _quotes_with(interaction, typed, interview, reader)
    rows = await library.quotes_from(interview.slug, number or 0, reader.audience, MAX_CHOICES)
    return [_quote_choice(quote, interview, reader) for quote in rows]


async def _quotes_with(
    interaction: Interaction, typed: str, interview: Interview, reader: Reader
) -> _Choices:
    """Offer quotes with words, under the other options that stand there already."""
    library = interaction.client.library
    speaker, topic = _filter_typed(interaction, interview, reader)
    matches = await library.find(
        interview.slug, typed, reader.audience, speaker=speaker, topic=topic, limit=MAX_CHOICES
    )
    if not matches.hits:
        return []
    choices = _match_choices(matches, interview, reader)
    if matches.total > 1 and units(typed) <= MAX_CHOICE:
        return [_all_with(typed, matches, reader), *choices][:MAX_CHOICES]
    return list(choices)


@lru_cache(_KEPT)
def _match_choices(
    matches: Matches, interview: Interview, reader: Reader
) -> Sequence[app_commands.Choice[str]]:
    return [_quote_choice(quote, interview, reader, matches.words) for quote in matches.hits]


def _filter_typed(
    interaction: Interaction, interview: Interview, reader: Reader
) -> tuple[str, str]:
    """Read a speaker and a topic that stand beside what is being typed; "" for half a name."""
    namespace, speaker, topic = interaction.namespace, "", ""
    if namespace.speaker:
        with suppress(UserError):
            speaker = find_speaker(interview, str(namespace.speaker)).key
    if namespace.topic:
        with suppress(UserError):
            topic = topic_typed(interaction.client.library, interview, namespace.topic, reader)
    return speaker, topic


@lru_cache(_KEPT)
def _all_with(typed: str, matches: Matches, reader: Reader) -> app_commands.Choice[str]:
    words = label(typed, _QUOTED)
    if matches.is_uncounted:
        name = _("All {count}+ with \u201c{words}\u201d", count=MOST_COUNTED, words=words)
    else:
        name = _("All {count} with \u201c{words}\u201d", count=matches.total, words=words)
    return app_commands.Choice(name=label(reader.say(name), MAX_CHOICE), value=typed)


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


def _quote_choice(
    quote: Quote, interview: Interview, reader: Reader, words: frozenset[str] = frozenset()
) -> app_commands.Choice[str]:
    """Offer a quote, its words first: a phone shows the beginning of a line."""
    number = f"#{quote.number}"
    if reader.audience.veils(quote.spoiler):
        name = reader.say(_("{number} · spoiler", number=number))
    else:
        speaker = label(interview.people_by_key[quote.speaker].name, MAX_CHOICE // 3)
        after = f" · {speaker} · {number}"
        name = begun_at(words, one_line(quote.text), MAX_CHOICE - units(after)) + after
    return app_commands.Choice(name=name, value=number)
