"""The pages about a person, and the buttons that turn them."""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Final

import discord

from bot.client import Bot, Interaction
from bot.interview.audience import Reader
from bot.interview.model import Fact, Interview, Person
from bot.interview.names import find_person
from bot.interview.words import words_of
from bot.text import Text, _
from bot.ui.cards import KEPT_CARDS, TURNS, Card, Item, turning
from bot.ui.custom_ids import PAGE, PERSON, SLUG, CustomId, one_of
from bot.ui.quote_buttons import drawn_quote_card
from bot.ui.reader import interview_of, reader_of, turner_of
from bot.ui.replies import reply, turn
from bot.ui.views import PersistentButton, PersistentSelect, select
from cogs.cast._cards import pages_of_people, people_card, people_options, person_card

_FACTS_A_PAGE: Final = 3
# So that a page's number has three digits at most.
_MAX_FACTS: Final = 300
_QUOTES: Final = 2
# Of the words of a fact that tells no more than who plays whom, so many are not in the two names.
_OTHER_WORDS: Final = 1
_MOVES: Final = {**TURNS, "back": _("Everyone")}


class PersonButton(
    PersistentButton,
    schema=CustomId("cast:person", slug=SLUG, key=PERSON, page=PAGE),
):
    """Turns to a page about a person: in place for who asked, privately for anybody else."""

    def __init__(
        self,
        slug: str,
        key: str,
        page: int,
        label: Text | str = "",
        *,
        is_disabled: bool = False,
    ) -> None:
        super().__init__(label, is_disabled=is_disabled, slug=slug, key=key, page=page)
        self.slug = slug
        self.key = key
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        reader = await turner_of(interaction)
        interview = interview_of(interaction.client.library, self.slug, reader)
        await _turn_to(interaction, interview, reader, self.key, self.page)


class PeopleButton(
    PersistentButton,
    schema=CustomId("cast:people", move=one_of(*_MOVES), slug=SLUG, page=PAGE),
):
    """Turns to a page of the people: in place for who asked, privately for anybody else."""

    def __init__(self, move: str, slug: str, page: int, *, is_disabled: bool = False) -> None:
        super().__init__(_MOVES[move], is_disabled=is_disabled, move=move, slug=slug, page=page)
        self.slug = slug
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        reader = await turner_of(interaction)
        interview = interview_of(interaction.client.library, self.slug, reader)
        await turn(interaction, page_of_people(interview, reader, self.page))


class PeopleSelect(PersistentSelect, schema=CustomId("cast:open", slug=SLUG)):
    """Turns to one of the people: in place for who asked, privately for anybody else."""

    placeholder = _("Pick somebody\u2026")

    def __init__(self, slug: str, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(select(self.schema.build(slug=slug), options))
        self.slug = slug

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        reader = await turner_of(interaction)
        interview = interview_of(interaction.client.library, self.slug, reader)
        await _turn_to(interaction, interview, reader, values[0] if values else "", 0)


class MoreByButton(PersistentButton, schema=CustomId("cast:quotes", slug=SLUG, key=PERSON)):
    """Draws a quote of a person privately, beside the page about them."""

    def __init__(self, slug: str, key: str, label: Text | str = "") -> None:
        super().__init__(label, slug=slug, key=key)
        self.slug = slug
        self.key = key

    async def press(self, interaction: Interaction) -> None:
        reader = await reader_of(interaction, is_private=True)
        interview = interview_of(interaction.client.library, self.slug, reader)
        await reply(
            interaction, await drawn_quote_card(interaction, interview, reader, self.key, "")
        )


async def _turn_to(
    interaction: Interaction, interview: Interview, reader: Reader, key: str, page: int
) -> None:
    # A key means one person, whatever others are called; looking at all names takes long.
    person = interview.people_by_key.get(key) or find_person(interview, key)
    card = await page_about(interaction.client, interview, reader, person, page)
    await turn(interaction, card)


@lru_cache(KEPT_CARDS)
def page_of_people(interview: Interview, reader: Reader, page: int) -> Card:
    """Show a page of the people, or the last one where there are not so many."""
    laid_out = pages_of_people(interview, reader)
    last = len(laid_out) - 1
    page = min(page, last)
    turns = turning(page, last, partial(PeopleButton, slug=interview.slug)) if last else []
    places = laid_out[page]
    choice = PeopleSelect(interview.slug, people_options(interview, places))
    return people_card(interview, reader, places, [[choice], turns])


async def page_about(
    bot: Bot, interview: Interview, reader: Reader, person: Person, page: int
) -> Card:
    """Show a page of the facts about a person, what they speak about, and two quotes."""
    slug, library = interview.slug, bot.library
    # What would be veiled has no place on a card about somebody.
    audience = reader.audience.for_game()
    about = await library.facts_about(slug, person.key, audience, limit=_MAX_FACTS)
    facts = [fact for fact in about if not _tells_the_part(fact, person)]
    quotes = await library.first_quotes_of(slug, person.key, audience, limit=_QUOTES)
    last = max(0, len(facts) - 1) // _FACTS_A_PAGE
    page = min(page, last)
    of_page = facts[page * _FACTS_A_PAGE : (page + 1) * _FACTS_A_PAGE]
    translated = await library.translated(of_page, reader.locale)
    topics = library.topics_of(slug, person.key, reader.audience)
    buttons: list[Item] = [PeopleButton("back", slug, 0)]
    if last:
        buttons += _turns(slug, person.key, page, last)
    if quotes:
        label = _("More by {name}", name=person.name.split()[0])
        buttons.append(MoreByButton(slug, person.key, label))
    return person_card(person, translated, quotes, topics, interview, reader, buttons)


def _tells_the_part(fact: Fact, person: Person) -> bool:
    """Say whether a fact tells no more than the heading: who plays whom."""
    names = words_of(f"{person.name} {person.part}")
    return len([word for word in words_of(fact.text) if word not in names]) <= _OTHER_WORDS


def _turns(slug: str, key: str, page: int, last: int) -> list[Item]:
    labels = {"previous": _("Previous facts"), "next": _("Next facts")}

    def button(*, move: str, page: int, is_disabled: bool) -> PersonButton:
        return PersonButton(slug, key, page, labels[move], is_disabled=is_disabled)

    return turning(page, last, button)
