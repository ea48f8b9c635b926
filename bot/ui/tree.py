"""The doors: through them every interaction comes, and every failure leaves as a sentence."""

import logging
from time import perf_counter
from typing import Any, Final

import discord
from discord import app_commands

from bot.client import Bot, Interaction
from bot.errors import UserError
from bot.process.discord_api import is_passing
from bot.process.metrics import Outcome
from bot.text import _
from bot.ui.replies import note_answer, reply_to_error, stopping

_PRESSES: Final = (discord.InteractionType.component, discord.InteractionType.modal_submit)


def _is_of_ours(record: logging.LogRecord) -> bool:
    """Say whether suggestions failed by a fault of ours: that they came too late is nobody's."""
    error = record.exc_info[1] if record.exc_info else None
    return error is None or not (is_passing(error) or isinstance(error, discord.NotFound))


class Tree(app_commands.CommandTree[Bot]):
    """The commands; presses of what nobody knows any more are answered here, too."""

    def __init__(self, client: Bot) -> None:
        super().__init__(client)
        client.add_listener(self.on_app_command_completion)
        client.add_listener(self.on_interaction)
        logging.getLogger(app_commands.tree.__name__).addFilter(_is_of_ours)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        self.client.in_flight.add_current()
        interaction.extras["began"] = perf_counter()
        is_command = interaction.type is discord.InteractionType.application_command
        if self.client.is_stopping and is_command:
            await reply_to_error(interaction, stopping())
        return not self.client.is_stopping

    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        if interaction.type is not discord.InteractionType.autocomplete:
            await reply_to_error(interaction, error)

    async def on_app_command_completion(
        self,
        interaction: Interaction,
        _command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu,
    ) -> None:
        note_answer(interaction, Outcome.OK)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a press on what no version knows any more; the library would say nothing.

        A form that is sent is of another version too: this one has none.
        """
        if interaction.type not in _PRESSES:
            return
        custom_id = str((interaction.data or {}).get("custom_id", ""))
        is_press = interaction.type is discord.InteractionType.component
        if not (is_press and self.client.answers(custom_id)):
            gone = _("This button is from another version of me. Type the command again.")
            self.client.in_flight.add_current()
            await reply_to_error(interaction, UserError(gone))
