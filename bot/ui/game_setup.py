"""Choosing privately how long a game is and what it asks, before it is started."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.text import _
from bot.trivia.kinds import Kind
from bot.trivia.question_draw import QuestionFilter
from bot.trivia.question_words import KINDS
from bot.ui.cards import Card, Item, box, row_of
from bot.ui.custom_ids import SLUG, CustomId, Field, one_of
from bot.ui.game_cards import begun_card
from bot.ui.game_start import check_may_start, start_game
from bot.ui.reader import interview_of, reader_of
from bot.ui.replies import reply, turn_privately
from bot.ui.views import PersistentButton, PersistentSelect, option, select

_LENGTHS: Final = (3, 5, 10, 20)
# Two minutes: short enough to begin one between two other things.
_USUAL_LENGTH: Final = 5
_ANY: Final = "any"
_ROUNDS: Final = Field("|".join(map(str, _LENGTHS)), int)
_KIND: Final = one_of(_ANY, *Kind)


class TogetherButton(PersistentButton, schema=CustomId("trivia:together", slug=SLUG)):
    """Asks how long a game is to be, and of what kind."""

    def __init__(self, slug: str) -> None:
        super().__init__(_("Play together"), slug=slug)
        self.slug = slug

    async def press(self, interaction: Interaction) -> None:
        await check_may_start(interaction)
        await reply(interaction, await _setup_card(interaction, self.slug, _USUAL_LENGTH, _ANY))


class _SetupSelect(PersistentSelect):
    """Carries both choices, and changes one of them."""

    def __init__(
        self, slug: str, rounds: int, kind: str, options: Sequence[discord.SelectOption] = ()
    ) -> None:
        custom_id = self.schema.build(slug=slug, rounds=rounds, kind=kind)
        super().__init__(select(custom_id, options))
        self.slug = slug
        self.rounds = rounds
        self.kind = kind


class LengthSelect(
    _SetupSelect, schema=CustomId("game:length", slug=SLUG, rounds=_ROUNDS, kind=_KIND)
):
    """Chooses how many rounds a game has."""

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        (value,) = values or ("",)
        if value not in map(str, _LENGTHS):
            raise _unknown()
        card = await _setup_card(interaction, self.slug, int(value), self.kind)
        await turn_privately(interaction, card)


class GameKindSelect(
    _SetupSelect, schema=CustomId("game:kind", slug=SLUG, rounds=_ROUNDS, kind=_KIND)
):
    """Chooses what kind of questions a game asks."""

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        (value,) = values or ("",)
        if value not in (_ANY, *Kind):
            raise _unknown()
        card = await _setup_card(interaction, self.slug, self.rounds, value)
        await turn_privately(interaction, card)


class StartButton(
    PersistentButton, schema=CustomId("game:start", slug=SLUG, rounds=_ROUNDS, kind=_KIND)
):
    """Starts the game that was put together."""

    def __init__(self, slug: str, rounds: int, kind: str) -> None:
        style = discord.ButtonStyle.primary
        super().__init__(_("Start"), style, slug=slug, rounds=rounds, kind=kind)
        self.slug = slug
        self.rounds = rounds
        self.kind = kind

    async def press(self, interaction: Interaction) -> None:
        only = QuestionFilter(None if self.kind == _ANY else Kind(self.kind))
        setup = await start_game(interaction, self.slug, self.rounds, only)
        reader = await reader_of(interaction, is_private=True)
        await turn_privately(interaction, begun_card(setup, reader))


async def _setup_card(interaction: Interaction, slug: str, rounds: int, kind: str) -> Card:
    reader = await reader_of(interaction, is_private=True)
    interview = interview_of(interaction.client.library, slug, reader)
    kinds = interaction.client.question_draw.kinds(interview, reader)
    selects: list[Item] = [
        LengthSelect(slug, rounds, kind, _lengths(rounds, reader)),
        GameKindSelect(slug, rounds, kind, _kinds(kinds, kind, reader)),
    ]
    rows = [item for each in selects for item in row_of([each])]
    heading = reader.say(_("### Play together\nHow many rounds, and what kind of questions?"))
    return Card(reader.locale, box([heading], *rows, *row_of([StartButton(slug, rounds, kind)])))


def _lengths(current: int, reader: Reader) -> list[discord.SelectOption]:
    return [
        option(reader.say(_("{rounds} rounds", rounds=n)), str(n), is_chosen=n == current)
        for n in _LENGTHS
    ]


def _kinds(kinds: Sequence[Kind], current: str, reader: Reader) -> list[discord.SelectOption]:
    words = {_ANY: _("Any kind"), **{kind.value: KINDS[kind] for kind in kinds}}
    return [
        option(reader.say(text), value, is_chosen=value == current) for value, text in words.items()
    ]


def _unknown() -> UserError:
    return UserError(_("That's no longer a choice."), _("Press Play together again."))
