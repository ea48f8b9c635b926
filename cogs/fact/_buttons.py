"""Facts as they are drawn, and the buttons below them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import discord

from bot.client import Interaction
from bot.draw import draw_item
from bot.errors import UserError
from bot.interview.audience import Audience, Reader
from bot.interview.model import Fact, Interview
from bot.state.bags import BagKey
from bot.text import Text, _
from bot.ui.cards import KEPT_CARDS, Card
from bot.ui.custom_ids import ANY_PERSON, ANY_TOPIC, NUMBER, SLUG, CustomId, ids_in
from bot.ui.exchange_pages import answers_card
from bot.ui.quote_cards import all_shown
from bot.ui.reader import dm_owner, interview_of, reader_of, turner_of
from bot.ui.replies import reply, turn
from bot.ui.views import PersistentButton
from cogs.fact._cards import fact_card

_SAID: Final = {
    "she": _("What she said"),
    "he": _("What he said"),
    "they": _("What they said"),
}


class AnotherFactButton(
    PersistentButton,
    schema=CustomId("fact:another", slug=SLUG, person=ANY_PERSON, topic=ANY_TOPIC),
):
    """Draws again under the same filter: in place for who asked, privately for anybody else."""

    def __init__(self, slug: str, person: str, topic: str, label: str = "") -> None:
        super().__init__(label or _("Another"), slug=slug, person=person, topic=topic)
        self.slug = slug
        self.person = person
        self.topic = topic

    async def press(self, interaction: Interaction) -> None:
        reader = await turner_of(interaction)
        interview = interview_of(interaction.client.library, self.slug, reader)
        before = next(_ids_of(interaction.message, SaidButton), None)
        card = await drawn_fact_card(
            interaction, interview, reader, self.person, self.topic, before=before
        )
        await turn(interaction, card)


class FactBackButton(PersistentButton, schema=CustomId("fact:back", slug=SLUG, number=NUMBER)):
    """Turns back to the fact that stood there before; *Another* keeps its filter."""

    def __init__(self, slug: str, number: int) -> None:
        super().__init__(_("Back"), slug=slug, number=number)
        self.slug = slug
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        library, reader = interaction.client.library, await turner_of(interaction)
        interview = interview_of(library, self.slug, reader)
        fact = await library.fact(interview.slug, self.number, reader.audience)
        filtered = next(_ids_of(interaction.message, AnotherFactButton), dict[str, Any]())
        person, topic = filtered.get("person", ""), filtered.get("topic", "")
        await turn(interaction, await _card(interaction, fact, interview, reader, (person, topic)))


class SaidButton(PersistentButton, schema=CustomId("fact:said", slug=SLUG, number=NUMBER)):
    """Shows privately the words that a fact comes from."""

    def __init__(self, slug: str, number: int, label: Text | str = "") -> None:
        super().__init__(label, slug=slug, number=number)
        self.slug = slug
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        library = interaction.client.library
        reader = await reader_of(interaction, is_private=True)
        interview = interview_of(library, self.slug, reader)
        fact = await library.fact(interview.slug, self.number, reader.audience)
        exchange = interview.exchanges_by_number[fact.exchange]
        await reply(interaction, await answers_card(library, exchange, interview, reader))


async def drawn_fact_card(
    interaction: Interaction,
    interview: Interview,
    reader: Reader,
    person: str,
    topic: str,
    *,
    before: Mapping[str, Any] | None = None,
) -> Card:
    """Draw a fact for the channel, with the way back to the one `before`."""
    bot = interaction.client
    facet = bot.library.facet(
        interview.slug, "fact", person=person, topic=topic, audience=reader.audience
    )
    key = BagKey(interaction.channel_id or 0, interview.slug, "fact")
    drawn = facet and await draw_item(
        bot.state.bags,
        key,
        facet,
        bot.library.facts,
        bot.rng,
        owner_id=dm_owner(interaction),
    )
    if drawn is None:
        everything = Audience(allows_mature=True)
        has_any = bot.library.facet(interview.slug, "fact", audience=everything) is not None
        raise _nothing_known(person, topic) if has_any else _none_yet()
    back: list[PersistentButton] = []
    if before is not None and before["slug"] == interview.slug and drawn.size > 1:
        back.append(FactBackButton(interview.slug, before["number"]))
    drawn_by = (person, topic) if drawn.size > 1 else None
    notes = all_shown(drawn)
    return await _card(interaction, drawn.item, interview, reader, drawn_by, back, notes)


async def _card(
    interaction: Interaction,
    fact: Fact,
    interview: Interview,
    reader: Reader,
    drawn_by: tuple[str, str] | None,
    back: Sequence[PersistentButton] = (),
    notes: Sequence[Text] = (),
) -> Card:
    """Show a fact; where there is another, *Another* draws it by the same person and topic."""
    (fact,) = await interaction.client.library.translated([fact], reader.locale)
    if not (back or notes):
        return _kept_card(fact, interview, reader, drawn_by)
    buttons = [*back, *_buttons(fact, interview, drawn_by)]
    return fact_card(fact, interview, reader, buttons=buttons, notes=notes)


@lru_cache(KEPT_CARDS)
def _kept_card(
    fact: Fact, interview: Interview, reader: Reader, drawn_by: tuple[str, str] | None
) -> Card:
    return fact_card(fact, interview, reader, buttons=_buttons(fact, interview, drawn_by))


def _buttons(
    fact: Fact, interview: Interview, drawn_by: tuple[str, str] | None
) -> list[PersistentButton]:
    another = [] if drawn_by is None else [AnotherFactButton(fact.slug, *drawn_by)]
    return [*another, SaidButton(fact.slug, fact.number, _said_label(fact, interview))]


def _ids_of(
    message: discord.Message | None, button: type[PersistentButton]
) -> Iterator[dict[str, Any]]:
    """List what the buttons of one kind on a message carry."""
    for custom_id in ids_in(message.components if message else ()):
        if (fields := button.schema.parse(custom_id)) is not None:
            yield fields


def _none_yet() -> UserError:
    """Say why there is no fact: what was loaded from a transcript waits for an editor."""
    return UserError(
        _("Nobody has written any facts for this interview yet."),
        _("Try /quote or /interview. If you run this bot, the README shows how to add facts."),
    )


def _nothing_known(person: str, topic: str) -> UserError:
    """Say that there is no fact, and which part of the filter to leave out."""
    if not (person or topic):
        nothing = _("This interview has no facts I can show here.")
        return UserError(nothing, _("Try /quote instead."))
    remedy = _("Try /fact without the person or the topic.")
    if not topic:
        remedy = _("Try /fact without the person.")
    if not person:
        remedy = _("Try /fact without the topic.")
    return UserError(_("I have no fact like that to show here."), remedy)


def _said_label(fact: Fact, interview: Interview) -> Text:
    if fact.exchange == 0:
        return _("Where it's from")
    people = [interview.people_by_key[key] for key in fact.people]
    pronoun = people[0].pronoun if len(people) == 1 and people[0].is_speaker else ""
    return _SAID.get(pronoun, _("What was said"))
