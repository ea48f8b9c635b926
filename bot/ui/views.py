"""Buttons and selects that answer for ever."""

import re
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Final, Self, TypeVar

import discord

from bot.client import Interaction, Pressable, feature_of
from bot.errors import UserError
from bot.letters import label
from bot.process.metrics import Outcome
from bot.text import Text, _, say
from bot.ui.cards import Localised
from bot.ui.custom_ids import SNOWFLAKE, CustomId
from bot.ui.replies import note_answer, reply_to_error, stopping

MAX_LABEL: Final = 37
"""Characters of a label that a phone of 360 px still shows: a letter and a choice of 34."""
# What Discord takes in a select.
MAX_OPTIONS: Final = 25
MAX_OPTION: Final = 100
MAX_PLACEHOLDER: Final = 150
_NO_ID: Final = CustomId("")
_ANY: Final = re.compile("(?s).*")
"""The library asks for a pattern of the ids, and does not look for presses itself."""

_ItemT = TypeVar("_ItemT", bound=discord.ui.Item[Any])


class _Persistent(discord.ui.DynamicItem[_ItemT], Localised, template=_ANY):
    schema: ClassVar[CustomId]

    def __init_subclass__(cls, *, schema: CustomId = _NO_ID) -> None:
        cls.schema = schema
        super().__init_subclass__(template=_ANY)

    @classmethod
    def feature(cls) -> str:
        return feature_of(cls.schema.name)

    @classmethod
    def made_of(cls, custom_id: str) -> Self | None:
        state = cls.schema.parse(custom_id)
        return None if state is None else cls(**state)

    @abstractmethod
    async def press(self, interaction: Interaction) -> None:
        """Answer a press; whatever is raised becomes a sentence."""


class PersistentButton(_Persistent[discord.ui.Button[Any]]):
    """A button that carries its state in its custom id and so outlives restarts.

    A subclass names its `schema`, whose fields are the arguments of its constructor (unchecked:
    they come from the network), and says in `press` what a press does.
    """

    def __init__(
        self,
        label: Text | str,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        /,
        *,
        is_disabled: bool = False,
        **state: object,
    ) -> None:
        custom_id = self.schema.build(**state)
        super().__init__(
            discord.ui.Button(label="…", style=style, custom_id=custom_id, disabled=is_disabled)
        )
        self.label = label

    def put_into_words(self, locale: str) -> None:
        words = self.label
        line = words if isinstance(words, str) else say(words, locale)
        # Counted by letters: so many fit in any script, however many units each of them has.
        self.item.label = line if 0 < len(line) <= MAX_LABEL else label(line, MAX_LABEL)


class PersistentSelect(_Persistent[discord.ui.Item[Any]]):
    """A select that carries its state in its custom id; what is said of buttons holds here too."""

    placeholder: Text | None = None

    def put_into_words(self, locale: str) -> None:
        item = self.item
        if isinstance(item, discord.ui.Select | discord.ui.RoleSelect) and self.placeholder:
            item.placeholder = label(say(self.placeholder, locale), MAX_PLACEHOLDER)

    @abstractmethod
    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        """Answer a choice; the values come from the network, and whatever is raised is told."""

    async def press(self, interaction: Interaction) -> None:
        # What comes from the network is of whatever type.
        values: list[Any] = (interaction.data or {}).get("values") or []
        words = [value for value in values if isinstance(value, str)]
        await self.choose(interaction, words)


async def answer_press(interaction: Interaction) -> None:
    """Answer a press on whatever was ever shown; whatever is raised becomes a sentence.

    The library would make the whole message again, of which the id says all that is needed.
    """
    interaction.client.in_flight.add_current()
    try:
        if interaction.client.is_stopping:
            raise stopping()
        await _item_of(interaction).press(interaction)
        note_answer(interaction, Outcome.OK)
    except Exception as error:  # noqa: BLE001 - the library would log it and tell nobody
        await reply_to_error(interaction, error)


def _item_of(interaction: Interaction) -> Pressable:
    """Make what was pressed; raises UserError where no version knows it, nor any form."""
    is_press = interaction.type is discord.InteractionType.component
    custom_id = str((interaction.data or {}).get("custom_id", ""))
    item = interaction.client.pressable_of(custom_id) if is_press else None
    if item is None:
        raise UserError(_("This button is from another version of me. Type the command again."))
    return item


def select(
    custom_id: str, options: Sequence[discord.SelectOption], *, most: int = 1
) -> discord.ui.Select[Any]:
    """Make a select of the first options that fit; one that was pressed needs none."""
    # Discord takes no select without options, and the library makes one again from each press.
    offers = list(options[:MAX_OPTIONS]) or [option("…", "…")]
    return discord.ui.Select(
        custom_id=custom_id,
        options=offers,
        max_values=min(most, len(offers)),
    )


def id_chosen(value: str) -> int:
    """Read a number that was chosen in a select; raises UserError for anything else.

    It comes from the network, so `choose` first asks whether the member may choose at all.
    """
    if not re.fullmatch(SNOWFLAKE.pattern, value):
        raise UserError(_("That's no longer a choice."), _("Type the command again."))
    return int(value)


def option(words: str, value: str, *, is_chosen: bool = False) -> discord.SelectOption:
    """Make an option of a select within Discord's limits."""
    return discord.SelectOption(label=label(words, MAX_OPTION), value=value, default=is_chosen)
