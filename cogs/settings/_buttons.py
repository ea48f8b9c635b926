"""The panel of a server's settings, and what changes them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import discord

from bot.client import Bot, Interaction
from bot.interview.audience import Reader
from bot.state.guild_settings import GuildSettings
from bot.text import Text, _
from bot.ui.cards import TURNS, Card, Item, turning
from bot.ui.custom_ids import PAGE, VERSION, CustomId, one_of
from bot.ui.permissions import check_may_manage
from bot.ui.reader import reader_of
from bot.ui.replies import turn_privately
from bot.ui.views import MAX_OPTIONS, PersistentButton, PersistentSelect, id_chosen, select
from cogs.settings._cards import setting_card, settings_card
from cogs.settings._settings import SETTINGS

_NAME: Final = one_of(*SETTINGS)
_PLACES: Final = {"everywhere": _("Every channel"), "nowhere": _("No channel")}
_REFRESHED: Final = _("Somebody else just changed the settings. This is how they look now.")
_SAVED: Final = _("Saved.")


class ChangeButton(PersistentButton, schema=CustomId("settings:change", name=_NAME)):
    """Swaps the panel for the one thing that is to be changed."""

    def __init__(self, name: str, *, is_disabled: bool = False) -> None:
        super().__init__(SETTINGS[name].change, is_disabled=is_disabled, name=name)
        self.name = name

    async def press(self, interaction: Interaction) -> None:
        check_may_manage(interaction)
        bot, reader = interaction.client, await reader_of(interaction, is_private=True)
        settings = await bot.state.guild_settings.get(interaction.guild_id)
        card = _setting(bot, self.name, settings, reader)
        await turn_privately(interaction, card)


class ValuesButton(
    PersistentButton,
    schema=CustomId("settings:values", move=one_of(*TURNS), name=_NAME, page=PAGE),
):
    """Turns to other values of a setting that has more than a select holds."""

    def __init__(self, move: str, name: str, page: int, *, is_disabled: bool = False) -> None:
        super().__init__(TURNS[move], is_disabled=is_disabled, move=move, name=name, page=page)
        self.name = name
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        check_may_manage(interaction)
        bot, reader = interaction.client, await reader_of(interaction, is_private=True)
        settings = await bot.state.guild_settings.get(interaction.guild_id)
        card = _setting(bot, self.name, settings, reader, self.page)
        await turn_privately(interaction, card)


class BackButton(PersistentButton, schema=CustomId("settings:back")):
    """Goes back to the panel."""

    def __init__(self) -> None:
        super().__init__(_("Back"))

    async def press(self, interaction: Interaction) -> None:
        check_may_manage(interaction)
        await turn_privately(interaction, await panel(interaction))


class ValueSelect(PersistentSelect, schema=CustomId("settings:set", name=_NAME, version=VERSION)):
    """Saves a value, unless somebody else saved another since it was offered."""

    def __init__(
        self,
        name: str,
        version: int,
        options: Sequence[discord.SelectOption] = (),
        most: int = 1,
    ) -> None:
        super().__init__(select(self.schema.build(name=name, version=version), options, most=most))
        self.name = name
        self.version = version

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        check_may_manage(interaction)
        bot = interaction.client
        settings = await bot.state.guild_settings.get(interaction.guild_id)
        changed = SETTINGS[self.name].changed(settings, bot.library.interviews, values)
        await _save(interaction, self.version, changed)


class ChannelsSelect(PersistentSelect, schema=CustomId("settings:channels", version=VERSION)):
    """Saves the channels in which answers may be public."""

    def __init__(self, version: int, channel_ids: Sequence[int] = ()) -> None:
        super().__init__(
            discord.ui.ChannelSelect[Any](
                custom_id=self.schema.build(version=version),
                channel_types=[discord.ChannelType.text, discord.ChannelType.news],
                max_values=MAX_OPTIONS,
                default_values=[discord.Object(channel_id) for channel_id in channel_ids],
            )
        )
        self.version = version

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        check_may_manage(interaction)
        channels = tuple(map(id_chosen, values[:MAX_OPTIONS]))
        await _save_field(interaction, self.version, public_channels=channels)


class RoleSelect(PersistentSelect, schema=CustomId("settings:role", version=VERSION)):
    """Saves the role whose members may start games."""

    placeholder = _("Members with a role")

    def __init__(self, version: int) -> None:
        custom_id = self.schema.build(version=version)
        super().__init__(discord.ui.RoleSelect[Any](custom_id=custom_id))
        self.version = version

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        check_may_manage(interaction)
        role_id = id_chosen(values[0] if values else "")
        await _save_field(interaction, self.version, games=str(role_id))


class PlacesButton(
    PersistentButton,
    schema=CustomId("settings:places", places=one_of(*_PLACES), version=VERSION),
):
    """Saves that answers may be public in every channel, or in none."""

    def __init__(self, places: str, version: int) -> None:
        super().__init__(_PLACES[places], places=places, version=version)
        self.places = places
        self.version = version

    async def press(self, interaction: Interaction) -> None:
        channels = None if self.places == "everywhere" else ()
        await _save_field(interaction, self.version, public_channels=channels)


async def panel(interaction: Interaction, note: Text | None = None) -> Card:
    """Show all settings, each with a button that changes it."""
    bot, reader = interaction.client, await reader_of(interaction, is_private=True)
    settings = await bot.state.guild_settings.get(interaction.guild_id)
    interviews = bot.library.interviews
    changes: dict[str, Item] = {
        name: ChangeButton(name, is_disabled=name == "left_out" and not settings.left_out)
        for name in SETTINGS
        if name != "interview" or len(interviews) > 1
    }
    return settings_card(settings, interviews, reader, changes, note)


def _setting(bot: Bot, name: str, settings: GuildSettings, reader: Reader, page: int = 0) -> Card:
    """Offer the values of a setting, with what is chosen now."""
    rows: list[Sequence[Item]] = []
    if name == "public_channels":
        rows.append([ChannelsSelect(settings.version, settings.public_channels or ())])
        rows.append([PlacesButton(places, settings.version) for places in _PLACES])
    if name == "games":
        rows.append([RoleSelect(settings.version)])
    setting = SETTINGS[name]
    options = setting.options(settings, bot.library.interviews, reader)
    last = max(0, len(options) - 1) // MAX_OPTIONS
    page = min(page, last)
    if page_options := options[page * MAX_OPTIONS :][:MAX_OPTIONS]:
        rows.append([ValueSelect(name, settings.version, page_options, setting.most(settings))])
    turns = turning(page, last, partial(ValuesButton, name=name)) if last else []
    return setting_card(setting, reader, [*rows, [*turns, BackButton()]])


async def _save_field(interaction: Interaction, version: int, **field: object) -> None:
    settings = await interaction.client.state.guild_settings.get(interaction.guild_id)
    await _save(interaction, version, replace(settings, **field))


async def _save(interaction: Interaction, version: int, changed: GuildSettings) -> None:
    """Store a choice and show the panel; what somebody else stored meanwhile stands."""
    check_may_manage(interaction)
    store, guild_id = interaction.client.state.guild_settings, interaction.guild_id or 0
    is_current = changed.version == version and await store.put(guild_id, changed)
    note = _SAVED if is_current else _REFRESHED
    await turn_privately(interaction, await panel(interaction, note))
