"""The cast: facts drawn from the bag, and who the people are."""

from typing import TYPE_CHECKING, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.draw import draw_item
from bot.errors import UserError
from bot.interview.model import Fact, Interview, Person
from bot.interview.names import find_person
from bot.state.bags import BagKey
from bot.text import Text, _
from bot.ui import options
from bot.ui.cards import Card
from bot.ui.people import FACTS_A_PAGE, people_card, person_card
from bot.ui.quotes import AnotherQuoteButton
from bot.ui.reader import Reader, asker_of, reader_of, turner_of
from bot.ui.render import all_shown, exchange_card, fact_card
from bot.ui.replies import reply, turn
from bot.ui.views import PersistentButton

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]
_MAX_FACTS: Final = 300
_QUOTES: Final = 2


class AnotherFactButton(
    PersistentButton,
    template=r"fact:another:(?P<slug>[a-z0-9-]{1,32}):(?P<person>[a-z0-9-]{0,24}):(?P<topic>[^:]{0,24})",
):
    """Draws again under the same filter: in place for who asked, privately for anybody else."""

    def __init__(self, slug: str, person: str, topic: str, label: str = "") -> None:
        super().__init__(f"fact:another:{slug}:{person}:{topic}", label or _("Another"))
        self.slug = slug
        self.person = person
        self.topic = topic

    async def press(self, interaction: _Interaction) -> None:
        reader = await turner_of(interaction)
        interview = interaction.client.interview(self.slug, reader)
        card = await _drawn_card(interaction, interview, reader, self.person, self.topic)
        await turn(interaction, card)


class SaidButton(
    PersistentButton,
    template=r"fact:said:(?P<slug>[a-z0-9-]{1,32}):(?P<number>[0-9]{1,9})",
):
    """Shows privately the words that a fact comes from."""

    def __init__(self, slug: str, number: str | int, label: Text | str = "") -> None:
        super().__init__(f"fact:said:{slug}:{number}", label)
        self.slug = slug
        self.number = int(number)

    async def press(self, interaction: _Interaction) -> None:
        library = interaction.client.library
        reader = await reader_of(interaction, is_private=True)
        interview = interaction.client.interview(self.slug, reader)
        fact = await library.fact(interview.slug, self.number, reader.audience)
        said = await library.said_to(interview.slug, fact.exchange, reader.audience)
        exchange = interview.exchanges_by_number[fact.exchange]
        await reply(interaction, exchange_card(exchange, interview, reader, said))


class PersonButton(
    PersistentButton,
    template=r"cast:person:(?P<slug>[a-z0-9-]{1,32}):(?P<key>[a-z0-9-]{1,24}):(?P<page>[0-9]{1,3})",
):
    """Turns to a page about a person: in place for who asked, privately for anybody else."""

    def __init__(self, slug: str, key: str, page: str | int, label: Text | str = "") -> None:
        super().__init__(f"cast:person:{slug}:{key}:{page}", label)
        self.slug = slug
        self.key = key
        self.page = int(page)

    async def press(self, interaction: _Interaction) -> None:
        reader = await turner_of(interaction)
        interview = interaction.client.interview(self.slug, reader)
        person = find_person(interview, self.key)
        card = await _person_card(interaction.client, interview, reader, person, self.page)
        await turn(interaction, card)


_SAID: Final = {
    "she": _("What she said"),
    "he": _("What he said"),
    "they": _("What they said"),
}


class Cast(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.autocomplete(
        person=options.people, topic=options.topics, interview=options.interviews
    )
    async def fact(
        self,
        interaction: _Interaction,
        person: str | None = None,
        topic: str | None = None,
        interview: str | None = None,
    ) -> None:
        """Get a fact about the cast or the series, with its source.

        Args:
            interaction: The interaction.
            person: Whom it is about
            topic: What it is about
            interview: Which interview it is from
        """
        reader = await asker_of(interaction)
        chosen = self.bot.interview_for(reader, interview)
        slug = chosen.slug
        with options.offering(lambda key, name: AnotherFactButton(slug, key, "", name)):
            key = find_person(chosen, person).key if person else ""
        with options.offering(lambda topic, name: AnotherFactButton(slug, key, topic, name)):
            subject = options.topic_typed(self.bot.library, chosen, topic, reader)
        card = await _drawn_card(interaction, chosen, reader, key, subject)
        await reply(interaction, card, is_private=reader.is_private)

    @app_commands.command()
    @app_commands.autocomplete(person=options.people, interview=options.interviews)
    async def cast(
        self,
        interaction: _Interaction,
        person: str | None = None,
        interview: str | None = None,
    ) -> None:
        """See who is who: role and part, facts and quotes.

        Args:
            interaction: The interaction.
            person: Whom to look at closely
            interview: Which interview it is from
        """
        reader = await asker_of(interaction)
        chosen = self.bot.interview_for(reader, interview)
        if person is None:
            await reply(interaction, people_card(chosen, reader), is_private=reader.is_private)
            return
        with options.offering(lambda key, name: PersonButton(chosen.slug, key, 0, name)):
            found = find_person(chosen, person)
        card = await _person_card(self.bot, chosen, reader, found, 0)
        await reply(interaction, card, is_private=reader.is_private)


async def _person_card(
    bot: "Bot", interview: Interview, reader: Reader, person: Person, page: int
) -> Card:
    """Show one page of the facts about a person, what they speak about, and two quotes."""
    slug, library = interview.slug, bot.library
    # What would be veiled has no place on a card about somebody.
    audience = reader.audience.for_game()
    facts = await library.facts_of_person(slug, person.key, audience, limit=_MAX_FACTS)
    quotes = await library.quotes_by_person(slug, person.key, audience, limit=_QUOTES)
    last = max(0, len(facts) - 1) // FACTS_A_PAGE
    page = min(page, last)
    of_page = facts[page * FACTS_A_PAGE : (page + 1) * FACTS_A_PAGE]
    shown = await library.translated(of_page, reader.locale)
    topics = library.topics_of(slug, person.key, reader.audience)
    buttons: list[PersistentButton] = []
    if last:
        back = PersonButton(slug, person.key, max(0, page - 1), _("Previous facts"))
        on = PersonButton(slug, person.key, min(page + 1, last), _("Next facts"))
        back.item.disabled, on.item.disabled = page == 0, page == last
        buttons += [back, on]
    if quotes:
        name = person.name.split()[0]
        label = _("More by {name}", name=name)
        buttons.append(AnotherQuoteButton(slug, person.key, "", label))
    return person_card(person, shown, quotes, topics, interview, reader, buttons)


async def _drawn_card(
    interaction: _Interaction, interview: Interview, reader: Reader, person: str, topic: str
) -> Card:
    """Draw a fact for the channel."""
    bot = interaction.client
    facet = bot.library.facet(
        interview.slug, "fact", person=person or None, topic=topic or None, audience=reader.audience
    )
    key = BagKey(interaction.channel_id or 0, interview.slug, "fact")
    drawn = facet and await draw_item(bot.bags, key, facet, bot.library.facts, bot.rng)
    if drawn is None:
        raise UserError(
            _("There is no fact like that which may be shown here."),
            _("Leave out the person or the topic."),
        )
    (fact,) = await bot.library.translated([drawn.item], reader.locale)
    return fact_card(
        fact,
        interview,
        reader,
        buttons=_buttons(fact, interview, person, topic),
        notes=all_shown(drawn),
    )


def _buttons(
    fact: Fact, interview: Interview, person: str, topic: str
) -> tuple[PersistentButton, ...]:
    said = SaidButton(fact.slug, fact.number, _said_label(fact, interview))
    return AnotherFactButton(fact.slug, person, topic), said


def _said_label(fact: Fact, interview: Interview) -> Text:
    if fact.exchange == 0:
        return _("Where it is from")
    about = [interview.people_by_key[key] for key in fact.people]
    pronoun = about[0].pronoun if len(about) == 1 and about[0].is_speaker else ""
    return _SAID.get(pronoun, _("What was said"))


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(AnotherFactButton, SaidButton, PersonButton)
    await bot.add_cog(Cast(bot))
