"""Quotes: drawn from the bag, found by words, with their context."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.drawing import draw_item
from bot.errors import UserError
from bot.interview.model import Interview, Quote
from bot.interview.names import find_person, find_topic
from bot.state.bags import BagKey
from bot.text import _
from bot.ui import options
from bot.ui.cards import Card
from bot.ui.found import found_card
from bot.ui.markdown import one_line
from bot.ui.reader import Reader, asker_of, reader_of, turner_of
from bot.ui.render import all_shown, exchange_card, quote_card
from bot.ui.replies import reply, turn
from bot.ui.views import PersistentButton

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]

_FIND_LIMIT: Final = 5


class AnotherQuoteButton(
    PersistentButton,
    template=r"quote:another:(?P<slug>[a-z0-9-]{1,32}):(?P<speaker>[a-z0-9-]{0,24}):(?P<topic>[^:]{0,24})",
):
    """Draws again under the same filter: in place for who asked, privately for anybody else."""

    def __init__(self, slug: str, speaker: str, topic: str) -> None:
        super().__init__(f"quote:another:{slug}:{speaker}:{topic}", _("Another"))
        self.slug = slug
        self.speaker = speaker
        self.topic = topic

    async def press(self, interaction: _Interaction) -> None:
        interview = interaction.client.interview(self.slug)
        reader = await turner_of(interaction)
        card = await _drawn_card(interaction, interview, reader, self.speaker, self.topic)
        await turn(interaction, card)


class ContextButton(
    PersistentButton,
    template=r"quote:context:(?P<slug>[a-z0-9-]{1,32}):(?P<number>[0-9]{1,9})",
):
    """Shows privately the question and what else was said to it."""

    def __init__(self, slug: str, number: str | int) -> None:
        super().__init__(f"quote:context:{slug}:{number}", _("Context"))
        self.slug = slug
        self.number = int(number)

    async def press(self, interaction: _Interaction) -> None:
        library = interaction.client.library
        interview = interaction.client.interview(self.slug)
        reader = await reader_of(interaction, is_private=True)
        quote = await library.quote(interview.slug, self.number, reader.audience)
        said = await library.said_to(interview.slug, quote.exchange, reader.audience)
        exchange = interview.exchanges_by_number[quote.exchange]
        card = exchange_card(exchange, interview, reader, said, marked=quote.text)
        await reply(interaction, card)


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched for, as the buttons of its pages carry it."""

    words: str
    speaker: str = ""
    topic: str = ""
    page: int = 0

    def custom_id(self, move: str, slug: str) -> str:
        words = one_line(self.words)
        return f"quote:found:{move}:{self.page}:{slug}:{self.speaker}:{self.topic}:{words}"

    def fits_a_button(self, slug: str) -> bool:
        """Say whether a button can carry the search, with three digits for its page."""
        return len(replace(self, page=999).custom_id("previous", slug)) <= 100 and self.page < 999


class MatchesButton(
    PersistentButton,
    template=r"quote:found:(?P<move>previous|next):(?P<page>[0-9]{1,3}):(?P<slug>[a-z0-9-]{1,32})"
    r":(?P<speaker>[a-z0-9-]{0,24}):(?P<topic>[^:]{0,24}):(?P<words>.{1,90})",
):
    """Turns to another page of matches: in place for who asked, privately for anybody else."""

    def __init__(
        self, move: str, page: str | int, slug: str, speaker: str, topic: str, words: str
    ) -> None:
        self.search = Search(words, speaker, topic, int(page))
        super().__init__(self.search.custom_id(move, slug), _MOVES[move])
        self.slug = slug

    @classmethod
    def to(cls, move: str, slug: str, search: Search, page: int) -> Self:
        return cls(move, max(0, page), slug, search.speaker, search.topic, search.words)

    async def press(self, interaction: _Interaction) -> None:
        interview = interaction.client.interview(self.slug)
        reader = await turner_of(interaction)
        await turn(interaction, await _found_card(interaction, interview, reader, self.search))


_MOVES: Final = {"previous": _("Previous"), "next": _("Next")}


class Quotes(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.autocomplete(
        find=options.quotes,
        speaker=options.speakers,
        topic=options.topics,
        interview=options.interviews,
    )
    async def quote(
        self,
        interaction: _Interaction,
        find: str | None = None,
        speaker: str | None = None,
        topic: str | None = None,
        interview: str | None = None,
    ) -> None:
        """Get a quote from the interview, or find one.

        Args:
            interaction: The interaction.
            find: Words that it holds, or its number
            speaker: Who said it
            topic: What it is about
            interview: Which interview it is from
        """
        reader = await asker_of(interaction)
        chosen = self.bot.interview_for(reader, interview)
        key = find_person(chosen, speaker).key if speaker else ""
        subject = find_topic(self.bot.library.topics(chosen.slug), topic) if topic else ""
        number = options.quote_number(find or "")
        if find is None or not find.strip():
            card = await _drawn_card(interaction, chosen, reader, key, subject)
        elif number is not None:
            card = await self._numbered(reader, chosen, number)
        else:
            card = await _found_card(interaction, chosen, reader, Search(find, key, subject))
        await reply(interaction, card, is_private=reader.is_private)

    async def _numbered(self, reader: Reader, interview: Interview, number: int) -> Card:
        quote = await self.bot.library.quote(interview.slug, number, reader.audience)
        return quote_card(quote, interview, reader, buttons=_buttons(quote))


async def _found_card(
    interaction: _Interaction, interview: Interview, reader: Reader, search: Search
) -> Card:
    """Show a page of matches; a single one as the quote itself."""
    found = await interaction.client.library.find(
        interview.slug,
        search.words,
        reader.audience,
        speaker=search.speaker or None,
        topic=search.topic or None,
        limit=_FIND_LIMIT,
        offset=search.page * _FIND_LIMIT,
    )
    if not found.hits:
        raise UserError(
            _("No quote holds {words!r}.", words=search.words[:60]),
            _("Try fewer words, or /quote for any of them."),
        )
    if len(found.hits) == 1 and search.page == 0:
        return quote_card(found.hits[0], interview, reader, buttons=_buttons(found.hits[0]))
    buttons: list[PersistentButton] = []
    if search.fits_a_button(interview.slug) and (search.page or found.has_more):
        earlier = MatchesButton.to("previous", interview.slug, search, search.page - 1)
        later = MatchesButton.to("next", interview.slug, search, search.page + 1)
        earlier.item.disabled, later.item.disabled = search.page == 0, not found.has_more
        buttons = [earlier, later]
    return found_card(found, search.words, search.page, interview, reader, buttons)


async def _drawn_card(
    interaction: _Interaction, interview: Interview, reader: Reader, speaker: str, topic: str
) -> Card:
    """Draw a quote for the channel; a filter that an edit has emptied is left out."""
    bot = interaction.client
    facet = bot.library.facet(
        interview.slug,
        "quote",
        person=speaker or None,
        topic=topic or None,
        audience=reader.audience,
    ) or bot.library.facet(interview.slug, "quote", audience=reader.audience)
    key = BagKey(interaction.channel_id or 0, interview.slug, "quote")
    drawn = facet and await draw_item(
        bot.bags, key, facet, bot.library.quotes, bot.rng, _statement(reader)
    )
    if drawn is None:
        raise UserError(
            _("There is no quote that may be shown here."), _("Try another interview or channel.")
        )
    buttons = _buttons(drawn.item, speaker, topic)
    return quote_card(drawn.item, interview, reader, buttons=buttons, notes=all_shown(drawn))


def _statement(reader: Reader) -> Callable[[Quote], str | None]:
    """Name what a quote says, for the bag; one that is left out here says nothing."""

    def statement(quote: Quote) -> str | None:
        is_out = reader.audience.leaves_out(quote.slug, quote.number)
        return None if is_out else str(quote.number)

    return statement


def _buttons(quote: Quote, speaker: str = "", topic: str = "") -> tuple[PersistentButton, ...]:
    return (
        AnotherQuoteButton(quote.slug, speaker, topic),
        ContextButton(quote.slug, quote.number),
    )


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(AnotherQuoteButton, ContextButton, MatchesButton)
    await bot.add_cog(Quotes(bot))
