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
async def posted_once(
    interaction: Interaction, what: str, elsewhere: int | None = None
) -> AsyncGenerator[None]:
    """Let one press of all post something in a channel; where that fails the next one may.

    It is the channel of the press unless it is one `elsewhere`. Raises UserError where it was
    posted there already.
    """
    postings = interaction.client.state.postings
    channel_id = elsewhere or interaction.channel_id or 0
    if not await postings.claim(channel_id, what):
        if elsewhere is None:
            raise UserError(_("That is posted here already."), _("Scroll up a bit to see it."))
        raise UserError(
            _("That one was just posted in {channel}.", channel=f"<#{channel_id}>"),
            _("You can post it again in ten minutes."),
        )
    try:
        yield
    except BaseException:
        await postings.release(channel_id, what)
        raise
