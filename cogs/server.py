"""What the managers of a server choose, on one private panel."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.state.guild_settings import GuildSettings
from bot.text import Text, _
from bot.ui.cards import Card
from bot.ui.choices import CHOICES, unknown_choice
from bot.ui.permissions import check_may_manage
from bot.ui.reader import Reader, reader_of
from bot.ui.replies import reply
from bot.ui.settings import choice_card, settings_card
from bot.ui.views import MAX_OPTIONS, PersistentButton, PersistentSelect, select

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]

_NAMES: Final = "|".join(CHOICES)
_ID_DIGITS: Final = 20
_REFRESHED: Final = _("Somebody else has changed the settings. Here they are now.")
_SAVED: Final = _("Saved.")


class ChangeButton(PersistentButton, template=rf"settings:change:(?P<name>{_NAMES})"):
    """Swaps the panel for the one thing that is to be changed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"settings:change:{name}", _("Change"))
        self.name = name

    async def press(self, interaction: _Interaction) -> None:
        check_may_manage(interaction)
        bot, reader = interaction.client, await reader_of(interaction, is_private=True)
        settings = await bot.guild_settings.get(interaction.guild_id)
        await interaction.response.edit_message(view=_choice(bot, self.name, settings, reader))


class BackButton(PersistentButton, template=r"settings:back"):
    """Goes back to the panel."""

    def __init__(self) -> None:
        super().__init__("settings:back", _("Back"))

    async def press(self, interaction: _Interaction) -> None:
        check_may_manage(interaction)
        await interaction.response.edit_message(view=await _panel(interaction))


class ValueSelect(
    PersistentSelect,
    template=rf"settings:set:(?P<name>{_NAMES}):(?P<version>[0-9]{{1,9}})",
):
    """Saves a choice, unless somebody else saved another since it was offered."""

    def __init__(
        self,
        name: str,
        version: str | int,
        options: Sequence[discord.SelectOption] = (),
        most: int = 1,
    ) -> None:
        super().__init__(select(f"settings:set:{name}:{version}", options, most=most))
        self.name = name
        self.version = int(version)

    async def choose(self, interaction: _Interaction, values: Sequence[str]) -> None:
        bot = interaction.client
        settings = await bot.guild_settings.get(interaction.guild_id)
        changed = CHOICES[self.name].changed(settings, bot.library.interviews, values)
        await _save(interaction, self.version, changed)


class ChannelsSelect(PersistentSelect, template=r"settings:channels:(?P<version>[0-9]{1,9})"):
    """Saves the channels in which answers may be public."""

    def __init__(self, version: str | int, chosen: Sequence[int] = ()) -> None:
        super().__init__(
            discord.ui.ChannelSelect[Any](
                custom_id=f"settings:channels:{version}",
                channel_types=[discord.ChannelType.text, discord.ChannelType.news],
                max_values=MAX_OPTIONS,
                default_values=[discord.Object(channel_id) for channel_id in chosen],
            )
        )
        self.version = int(version)

    async def choose(self, interaction: _Interaction, values: Sequence[str]) -> None:
        settings = await interaction.client.guild_settings.get(interaction.guild_id)
        channels = tuple(int(value) for value in values[:MAX_OPTIONS])
        await _save(interaction, self.version, replace(settings, public_channels=channels))


class RoleSelect(PersistentSelect, template=r"settings:role:(?P<version>[0-9]{1,9})"):
    """Saves the role whose members may start games."""

    placeholder = _("Members with a role")

    def __init__(self, version: str | int) -> None:
        super().__init__(discord.ui.RoleSelect[Any](custom_id=f"settings:role:{version}"))
        self.version = int(version)

    async def choose(self, interaction: _Interaction, values: Sequence[str]) -> None:
        settings = await interaction.client.guild_settings.get(interaction.guild_id)
        if not (values and values[0].isdecimal() and len(values[0]) <= _ID_DIGITS):
            raise unknown_choice()
        await _save(interaction, self.version, replace(settings, games=values[0]))


class PlacesButton(
    PersistentButton,
    template=r"settings:places:(?P<places>everywhere|nowhere):(?P<version>[0-9]{1,9})",
):
    """Saves that answers may be public in every channel, or in none."""

    def __init__(self, places: str, version: str | int) -> None:
        super().__init__(f"settings:places:{places}:{version}", _PLACES[places])
        self.places = places
        self.version = int(version)

    async def press(self, interaction: _Interaction) -> None:
        settings = await interaction.client.guild_settings.get(interaction.guild_id)
        channels = None if self.places == "everywhere" else ()
        await _save(interaction, self.version, replace(settings, public_channels=channels))


_PLACES: Final = {"everywhere": _("Every channel"), "nowhere": _("No channel")}


class Server(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: _Interaction) -> None:
        """Choose what is shown in this server, and where."""
        check_may_manage(interaction)
        await reply(interaction, await _panel(interaction))


async def _panel(interaction: _Interaction, note: Text | None = None) -> Card:
    bot, reader = interaction.client, await reader_of(interaction, is_private=True)
    settings = await bot.guild_settings.get(interaction.guild_id)
    interviews = bot.library.interviews
    names = [name for name in CHOICES if name != "interview" or len(interviews) > 1]
    changes = {name: ChangeButton(name) for name in names}
    changes["left-out"].item.disabled = not settings.left_out
    return settings_card(settings, interviews, reader, changes, note)


def _choice(bot: "Bot", name: str, settings: GuildSettings, reader: Reader) -> Card:
    """Offer what can be chosen, with what is chosen now."""
    rows: list[Sequence[discord.ui.Item[Any]]] = []
    if name == "public":
        chosen = settings.public_channels or ()
        rows.append([ChannelsSelect(settings.version, chosen)])
        rows.append([PlacesButton(places, settings.version) for places in _PLACES])
    if name == "games":
        rows.append([RoleSelect(settings.version)])
    choice = CHOICES[name]
    if options := choice.options(settings, bot.library.interviews, reader):
        rows.append([ValueSelect(name, settings.version, options, choice.most(settings))])
    return choice_card(choice, reader, [*rows, [BackButton()]])


async def _save(interaction: _Interaction, version: int, changed: GuildSettings) -> None:
    """Store a choice and show the panel; what somebody else stored meanwhile stands."""
    check_may_manage(interaction)
    bot, guild_id = interaction.client, interaction.guild_id or 0
    is_current = changed.version == version and await bot.guild_settings.put(guild_id, changed)
    note = _SAVED if is_current else _REFRESHED
    await interaction.response.edit_message(view=await _panel(interaction, note))


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(
        ChangeButton, BackButton, ValueSelect, ChannelsSelect, RoleSelect, PlacesButton
    )
    await bot.add_cog(Server(bot))
