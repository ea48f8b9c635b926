"""The pages about a person, and the buttons that turn them."""

from functools import partial
from typing import Final

from bot.client import Bot, Interaction
from bot.interview.audience import Reader
from bot.interview.model import Interview, Person
from bot.interview.names import find_person
from bot.text import Text, _
from bot.ui.cards import TURNS, Card, Item, turning
from bot.ui.custom_ids import PAGE, PERSON, SLUG, CustomId, one_of
from bot.ui.quote_buttons import AnotherQuoteButton
from bot.ui.reader import interview_of, turner_of
from bot.ui.replies import turn
from bot.ui.views import PersistentButton
from cogs.cast._cards import pages_of_people, people_card, person_card

_FACTS_A_PAGE: Final = 3
# So that a page's number has three digits at most.
_MAX_FACTS: Final = 300
_QUOTES: Final = 2


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
        # A button means one person, whatever others are called; looking at all names takes long.
        person = interview.people_by_key.get(self.key) or find_person(interview, self.key)
        card = await page_about(interaction.client, interview, reader, person, self.page)
        await turn(interaction, card)


class PeopleButton(
    PersistentButton,
    schema=CustomId("cast:people", move=one_of(*TURNS), slug=SLUG, page=PAGE),
):
    """Turns to a page of the people: in place for who asked, privately for anybody else."""

    def __init__(self, move: str, slug: str, page: int, *, is_disabled: bool = False) -> None:
        super().__init__(TURNS[move], is_disabled=is_disabled, move=move, slug=slug, page=page)
        self.slug = slug
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        reader = await turner_of(interaction)
        interview = interview_of(interaction.client.library, self.slug, reader)
        await turn(interaction, page_of_people(interview, reader, self.page))


def page_of_people(interview: Interview, reader: Reader, page: int) -> Card:
    """Show a page of the people, or the last one where there are not so many."""
    laid_out = pages_of_people(interview, reader)
    last = len(laid_out) - 1
    page = min(page, last)
    buttons = turning(page, last, partial(PeopleButton, slug=interview.slug)) if last else ()
    return people_card(interview, reader, laid_out[page], buttons)


async def page_about(
    bot: Bot, interview: Interview, reader: Reader, person: Person, page: int
) -> Card:
    """Show a page of the facts about a person, what they speak about, and two quotes."""
    slug, library = interview.slug, bot.library
    # What would be veiled has no place on a card about somebody.
    audience = reader.audience.for_game()
    facts = await library.facts_about(slug, person.key, audience, limit=_MAX_FACTS)
    quotes = await library.first_quotes_of(slug, person.key, audience, limit=_QUOTES)
    last = max(0, len(facts) - 1) // _FACTS_A_PAGE
    page = min(page, last)
    of_page = facts[page * _FACTS_A_PAGE : (page + 1) * _FACTS_A_PAGE]
    translated = await library.translated(of_page, reader.locale)
    topics = library.topics_of(slug, person.key, reader.audience)
    buttons = _turns(slug, person.key, page, last) if last else []
    if quotes:
        label = _("More by {name}", name=person.name.split()[0])
        buttons.append(AnotherQuoteButton(slug, person.key, "", label))
    return person_card(person, translated, quotes, topics, interview, reader, buttons)


def _turns(slug: str, key: str, page: int, last: int) -> list[Item]:
    labels = {"previous": _("Previous facts"), "next": _("Next facts")}

    def button(*, move: str, page: int, is_disabled: bool) -> PersonButton:
        return PersonButton(slug, key, page, labels[move], is_disabled=is_disabled)

    return turning(page, last, button)
