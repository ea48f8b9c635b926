"""The doors: through them every interaction comes, and every failure leaves as a sentence."""

import logging
from typing import Any

import discord
from discord import app_commands

from bot.client import Bot, Interaction
from bot.process.discord_api import is_passing
from bot.process.metrics import Outcome
from bot.ui.replies import note_answer, reply_to_error, stopping
from bot.ui.views import answer_press


def _is_of_ours(record: logging.LogRecord) -> bool:
    """Say whether suggestions failed by a fault of ours: that they came too late is nobody's."""
    error = record.exc_info[1] if record.exc_info else None
    return error is None or not (is_passing(error) or isinstance(error, discord.NotFound))


class Tree(app_commands.CommandTree[Bot]):
    """The commands; presses arrive here, too."""

    def __init__(self, client: Bot) -> None:
        super().__init__(client)
        client.add_listener(self.on_interaction)
        logging.getLogger(app_commands.tree.__name__).addFilter(_is_of_ours)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        self.client.in_flight.add_current()
        is_command = interaction.type is discord.InteractionType.application_command
        if self.client.is_stopping and is_command:
            await reply_to_error(interaction, stopping())
        return not self.client.is_stopping

    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        if interaction.type is not discord.InteractionType.autocomplete:
            await reply_to_error(interaction, error)

    async def on_interaction(self, interaction: Interaction) -> None:
        await answer_press(interaction)


async def count_answer(
    interaction: Interaction,
    _command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu,
) -> None:
    """Count what a command has answered."""
    note_answer(interaction, Outcome.OK)
