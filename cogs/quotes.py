"""Quotes: drawn from the bag, found by words, with their context."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import UserError
from bot.interview.model import Interview
from bot.interview.names import find_speaker
from bot.text import _
from bot.ui import options
from bot.ui.cards import Card
from bot.ui.found import found_card
from bot.ui.markdown import one_line
from bot.ui.quotes import (
    AnotherQuoteButton,
    ContextButton,
    LeaveOutButton,
    PictureButton,
    PostButton,
    SaveButton,
    drawn_quote_card,
    quote_buttons,
)
from bot.ui.reader import Reader, asker_of, turner_of
from bot.ui.render import quote_card
from bot.ui.replies import OfferError, reply, turn
from bot.ui.views import PersistentButton

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]

_FIND_LIMIT: Final = 5


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
    template=r"quote:found:(?P<move>previous|next|meant):(?P<page>[0-9]{1,3}):(?P<slug>[a-z0-9-]{1,32})"
    r":(?P<speaker>[a-z0-9-]{0,24}):(?P<topic>[^:]{0,24}):(?P<words>.{0,90})",
):
    """Turns to another page of matches: in place for who asked, privately for anybody else."""

    def __init__(
        self, move: str, page: str | int, slug: str, speaker: str, topic: str, words: str
    ) -> None:
        self.search = Search(words, speaker, topic, int(page))
        label = words if move == "meant" else _MOVES[move]
        super().__init__(self.search.custom_id(move, slug), label)
        self.slug = slug

    @classmethod
    def to(cls, move: str, slug: str, search: Search, page: int) -> Self:
        return cls(move, max(0, page), slug, search.speaker, search.topic, search.words)

    async def press(self, interaction: _Interaction) -> None:
        reader = await turner_of(interaction)
        interview = interaction.client.interview(self.slug, reader)
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
        slug = chosen.slug
        with options.offering(lambda key, name: AnotherQuoteButton(slug, key, "", name)):
            key = find_speaker(chosen, speaker).key if speaker else ""
        with options.offering(lambda topic, name: AnotherQuoteButton(slug, key, topic, name)):
            subject = options.topic_typed(self.bot.library, chosen, topic, reader)
        number = options.quote_number(find or "")
        if find is None or not find.strip():
            card = await drawn_quote_card(interaction, chosen, reader, key, subject)
        elif number is not None:
            card = await self._numbered(reader, chosen, number)
        else:
            card = await _found_card(interaction, chosen, reader, Search(find, key, subject))
        await reply(interaction, card, is_private=reader.is_private)

    async def _numbered(self, reader: Reader, interview: Interview, number: int) -> Card:
        quote = await self.bot.library.quote(interview.slug, number, reader.audience)
        return quote_card(quote, interview, reader, buttons=quote_buttons(quote))


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
        raise await _nothing_found(interaction.client, interview, reader, search)
    if len(found.hits) == 1 and search.page == 0:
        return quote_card(found.hits[0], interview, reader, buttons=quote_buttons(found.hits[0]))
    buttons: list[PersistentButton] = []
    if search.fits_a_button(interview.slug) and (search.page or found.has_more):
        earlier = MatchesButton.to("previous", interview.slug, search, search.page - 1)
        later = MatchesButton.to("next", interview.slug, search, search.page + 1)
        earlier.item.disabled, later.item.disabled = search.page == 0, not found.has_more
        buttons = [earlier, later]
    return found_card(found, search.words, search.page, interview, reader, buttons)


async def _nothing_found(
    bot: "Bot", interview: Interview, reader: Reader, search: Search
) -> OfferError:
    """Offer what may have been meant."""
    similar = await bot.library.similar(interview.slug, search.words, reader.audience, limit=3)
    meant = [replace(search, words=words, page=0) for words in similar]
    error = UserError(
        _("No quote holds {words!r}.", words=search.words[:60]),
        _("Did you mean one of these?")
        if meant
        else _("Try fewer words, or /quote for any of them."),
    )
    slug = interview.slug
    buttons = [MatchesButton.to("meant", slug, one, 0) for one in meant if one.fits_a_button(slug)]
    return OfferError(error, buttons)


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(
        AnotherQuoteButton,
        ContextButton,
        SaveButton,
        PictureButton,
        PostButton,
        LeaveOutButton,
        MatchesButton,
    )
    await bot.add_cog(Quotes(bot))
