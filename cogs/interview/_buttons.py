"""The pages of an interview, and the buttons that turn them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import discord

from bot.client import Interaction
from bot.interview.audience import Reader
from bot.interview.library.library import Library
from bot.interview.model import Interview
from bot.text import _
from bot.ui.cards import KEPT_CARDS, Card, Item
from bot.ui.custom_ids import EXCHANGE, SLUG, CustomId, one_of
from bot.ui.exchange_pages import answers_card, exchange_of
from bot.ui.reader import interview_of, turner_of
from bot.ui.replies import turn
from bot.ui.views import (
    MAX_OPTIONS,
    PersistentButton,
    PersistentSelect,
    id_chosen,
    option,
    select,
)
from cogs.interview._cards import introduction_card, page_name

_MOVES: Final = {
    "first": _("First"),
    "previous": _("Previous"),
    "next": _("Next"),
    "last": _("Last"),
    "questions": _("Questions"),
}
"""Where a button leads; *First* and *Last* stand on cards of earlier versions."""


class PageButton(
    PersistentButton,
    schema=CustomId("interview", move=one_of(*_MOVES), slug=SLUG, number=EXCHANGE),
):
    """Turns to a page: in place for who asked, privately for anybody else."""

    def __init__(self, move: str, slug: str, number: int, *, is_disabled: bool = False) -> None:
        super().__init__(_MOVES[move], is_disabled=is_disabled, move=move, slug=slug, number=number)
        self.move = move
        self.slug = slug
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        shows_all = self.move == "questions"
        await _turn_to(interaction, self.slug, self.number, shows_all=shows_all)


class JumpSelect(PersistentSelect, schema=CustomId("interview:jump", slug=SLUG)):
    """Jumps to a page: in place for who asked, privately for anybody else."""

    placeholder = _("Jump to a question")

    def __init__(self, slug: str, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(select(self.schema.build(slug=slug), options))
        self.slug = slug

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        number = id_chosen(values[0] if values else "")
        await _turn_to(interaction, self.slug, number)


async def _turn_to(
    interaction: Interaction, slug: str, number: int, *, shows_all: bool = False
) -> None:
    library = interaction.client.library
    reader = await turner_of(interaction)
    interview = interview_of(library, slug, reader)
    if shows_all:
        controls = [_jump(interview, exchange_of(interview, number).number, reader)]
        card = _introduction(library, interview, reader, controls)
    else:
        card = await page_of(library, interview, number, reader)
    await turn(interaction, card)


async def page_of(library: Library, interview: Interview, number: int, reader: Reader) -> Card:
    """Show a question and what was said to it, or the introduction; raises UserError for none."""
    exchange = exchange_of(interview, number)
    if number == 0:
        return _kept_introduction(library, interview, reader)
    controls = _buttons(interview, number)
    return await answers_card(library, exchange, interview, reader, others=controls)


@lru_cache(KEPT_CARDS)
def _kept_introduction(library: Library, interview: Interview, reader: Reader) -> Card:
    return _introduction(library, interview, reader, _buttons(interview, 0))


def _introduction(
    library: Library, interview: Interview, reader: Reader, controls: Sequence[Item]
) -> Card:
    topics = {
        speaker.name: library.topics_of(interview.slug, speaker.key, reader.audience)
        for speaker in interview.speakers
    }
    exchange = exchange_of(interview, 0)
    return introduction_card(exchange, interview, reader, topics, rows=[controls])


def _buttons(interview: Interview, number: int) -> list[PageButton]:
    """Lead to the pages before and after one, and to all of them; all in one row."""
    numbers = [exchange.number for exchange in interview.exchanges]
    if len(numbers) == 1:
        return []
    at = numbers.index(number)
    before, after = numbers[max(0, at - 1)], numbers[min(at + 1, len(numbers) - 1)]
    slug = interview.slug
    return [
        PageButton("previous", slug, before, is_disabled=before == number),
        PageButton("next", slug, after, is_disabled=after == number),
        PageButton("questions", slug, number),
    ]


def _jump(interview: Interview, number: int, reader: Reader) -> JumpSelect:
    """Offer the pages around one: a select holds only so many."""
    exchanges = interview.exchanges
    at = next(n for n, exchange in enumerate(exchanges) if exchange.number == number)
    first = max(0, min(at - MAX_OPTIONS // 2, len(exchanges) - MAX_OPTIONS))
    options = [
        option(page_name(exchange, reader), str(exchange.number))
        for exchange in exchanges[first : first + MAX_OPTIONS]
    ]
    return JumpSelect(interview.slug, options)
