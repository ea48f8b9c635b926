"""The interview itself, question by question."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import UserError
from bot.interview.model import Interview
from bot.text import Text, _
from bot.ui import options
from bot.ui.cards import Card
from bot.ui.reader import Reader, asker_of, turner_of
from bot.ui.render import exchange_card, introduction_card, page_name
from bot.ui.replies import reply, turn
from bot.ui.views import MAX_OPTIONS, PersistentButton, PersistentSelect, option, select

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]


class PageButton(
    PersistentButton,
    template=r"interview:(?P<move>first|previous|next|last):(?P<slug>[a-z0-9-]{1,32}):(?P<number>[0-9]{1,6})",
):
    """Turns to a page: in place for who asked, privately for anybody else."""

    def __init__(self, move: str, slug: str, number: str | int) -> None:
        super().__init__(f"interview:{move}:{slug}:{number}", _MOVES[move])
        self.slug = slug
        self.number = int(number)

    async def press(self, interaction: _Interaction) -> None:
        reader = await turner_of(interaction)
        interview = interaction.client.interview(self.slug, reader)
        card = await _page(interaction.client, interview, self.number, reader)
        await turn(interaction, card)


_MOVES: dict[str, Text] = {
    "first": _("First"),
    "previous": _("Previous"),
    "next": _("Next"),
    "last": _("Last"),
}


class JumpSelect(PersistentSelect, template=r"interview:jump:(?P<slug>[a-z0-9-]{1,32})"):
    """Jumps to a page: in place for who asked, privately for anybody else."""

    placeholder = _("Jump to a question")

    def __init__(self, slug: str, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(select(f"interview:jump:{slug}", options))
        self.slug = slug

    async def choose(self, interaction: _Interaction, values: Sequence[str]) -> None:
        reader = await turner_of(interaction)
        interview = interaction.client.interview(self.slug, reader)
        number = int(values[0]) if values and values[0].isdecimal() else -1
        await turn(interaction, await _page(interaction.client, interview, number, reader))


class Interviews(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.autocomplete(interview=options.interviews)
    async def interview(
        self,
        interaction: _Interaction,
        question: app_commands.Range[int, 0] = 0,
        interview: str | None = None,
    ) -> None:
        """Read the interview, question by question.

        Args:
            interaction: The interaction.
            question: The question's number; 0 is the introduction
            interview: Which interview to read
        """
        reader = await asker_of(interaction)
        chosen = self.bot.interview_for(reader, interview)
        card = await _page(self.bot, chosen, question, reader)
        await reply(interaction, card, is_private=reader.is_private)

    @interview.autocomplete("question")
    async def _complete_question(
        self, interaction: _Interaction, typed: str
    ) -> list[app_commands.Choice[int]]:
        reader, interview = await options.typed_to(interaction)
        titles = {page_name(one, reader): one.number for one in interview.exchanges}
        return [
            app_commands.Choice(name=choice.name, value=titles[choice.value])
            for choice in options.matching(tuple(titles), typed)
        ]


async def _page(bot: "Bot", interview: Interview, number: int, reader: Reader) -> Card:
    exchange = interview.exchanges_by_number.get(number)
    if exchange is None:
        last = interview.exchanges[-1].number
        raise UserError(
            _("The interview has no question {number}.", number=number),
            _("Its questions go from 1 to {last}.", last=last),
        )
    library = bot.library
    rows = [_buttons(interview, number), [_jump(interview, number, reader)]]
    if number == 0:
        topics = {
            one.name: library.topics_of(interview.slug, one.key, reader.audience)
            for one in interview.speakers
        }
        return introduction_card(exchange, interview, reader, topics, rows=rows)
    said = await library.said_to(interview.slug, number, reader.audience)
    return exchange_card(exchange, interview, reader, said, rows=rows)


def _buttons(interview: Interview, number: int) -> list[PageButton]:
    numbers = [exchange.number for exchange in interview.exchanges]
    at = numbers.index(number)
    turns = {
        "first": numbers[0],
        "previous": numbers[max(0, at - 1)],
        "next": numbers[min(at + 1, len(numbers) - 1)],
        "last": numbers[-1],
    }
    buttons = [PageButton(move, interview.slug, target) for move, target in turns.items()]
    for button, target in zip(buttons, turns.values(), strict=True):
        button.item.disabled = target == number
    return buttons


def _jump(interview: Interview, number: int, reader: Reader) -> JumpSelect:
    """Offer the pages around this one: a select holds only so many."""
    every = interview.exchanges
    at = next(n for n, exchange in enumerate(every) if exchange.number == number)
    first = max(0, min(at - MAX_OPTIONS // 2, len(every) - MAX_OPTIONS))
    options = [
        option(page_name(one, reader), str(one.number), is_chosen=one.number == number)
        for one in every[first : first + MAX_OPTIONS]
    ]
    return JumpSelect(interview.slug, options)


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(PageButton, JumpSelect)
    await bot.add_cog(Interviews(bot))
