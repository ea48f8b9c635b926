"""Posting something for everybody, once, however often it is asked for."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.client import Interaction
from bot.errors import UserError
from bot.text import Text, _


async def shared_note(interaction: Interaction) -> Text | None:
    """Name who has something posted, unless they are on no board."""
    user_id = interaction.user.id
    hiding = await interaction.client.state.scores.hiding(interaction.guild_id or 0, user_id)
    return None if hiding.is_hidden else _("shared by {name}", name=f"<@{user_id}>")


@asynccontextmanager
async def posted_once(interaction: Interaction, what: str) -> AsyncGenerator[None]:
    """Let one press of all post something in a channel; where that fails the next one may.

    Raises UserError where it was posted there already.
    """
    postings, channel_id = interaction.client.state.postings, interaction.channel_id or 0
    if not await postings.claim(channel_id, what):
        raise UserError(_("That is posted here already."), _("Scroll up a bit to see it."))
    try:
        yield
    except BaseException:
        await postings.release(channel_id, what)
        raise
