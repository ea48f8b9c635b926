"""Answers to interactions, and the one place where a failure becomes a sentence."""

import logging
import secrets
from collections.abc import Sequence
from time import perf_counter
from typing import Any, Final

import aiohttp
import discord
from discord import app_commands

from bot.client import Interaction, feature_of
from bot.errors import (
    ContentUnavailableError,
    OverError,
    PassingError,
    StateUnavailableError,
    UserError,
)
from bot.letters import as_typed
from bot.process.discord_api import is_passing
from bot.process.metrics import Outcome
from bot.text import Text, _, say
from bot.ui.cards import Card, row_of, small
from bot.ui.reader import is_asker, is_flooded, uncount

log = logging.getLogger(__name__)

FLOODED: Final = _("Only you see this: there were a lot of answers in here just now.")
# Without those that are taken for one another when they are read out.
_INCIDENT_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GONE: Final = (10062, 40060, 50027)
"""Codes of Discord's that say that an interaction can no longer be answered."""


async def reply(interaction: Interaction, card: Card, *, is_private: bool = True) -> None:
    """Answer with a card, in public or to one alone, who is told where it would be public."""
    if is_private and is_flooded(interaction):
        card = card.followed_by(small(say(FLOODED, str(interaction.locale))))
    if interaction.response.is_done():
        await interaction.followup.send(view=card, ephemeral=is_private)
    else:
        await interaction.response.send_message(view=card, ephemeral=is_private)


def note_answer(interaction: Interaction, outcome: Outcome) -> None:
    """Count an answer, and how long it took."""
    seconds = perf_counter() - interaction.extras["began"]
    subject = _subject(interaction)
    interaction.client.metrics.answered(subject, outcome, seconds)
    interaction.client.state.day_sums.add(subject, outcome, seconds)


def _subject(interaction: Interaction) -> str:
    """Name what was asked, out of a few names: the command, or what a button belongs to."""
    if interaction.command is not None:
        return interaction.command.name
    feature = feature_of(str((interaction.data or {}).get("custom_id", "")))
    # Members can send any.
    return feature if interaction.client.knows(feature) else "unknown"


async def turn(interaction: Interaction, card: Card) -> None:
    """Turn a card over to another: in place for who asked for it, privately for anybody else."""
    if is_asker(interaction):
        await interaction.response.edit_message(view=card)
    else:
        await reply(interaction, card)


async def turn_privately(interaction: Interaction, card: Card) -> None:
    """Turn a card that one alone sees; pressed on what others see too, it stays as it is."""
    if is_seen_by_one(interaction):
        await interaction.response.edit_message(view=card)
    else:
        await reply(interaction, card)


def is_seen_by_one(interaction: Interaction) -> bool:
    """Say whether the message whose button was pressed is private."""
    message = interaction.message
    return message is not None and message.flags.ephemeral


async def reply_to_error(interaction: Interaction, error: BaseException) -> None:
    """Tell the member what happened and what to do next; never raises."""
    try:
        uncount(interaction)
        error = _unwrap(error)
        is_refused = isinstance(error, UserError)
        note_answer(interaction, Outcome.REFUSED if is_refused else Outcome.FAILED)
        await _tell(interaction, error)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as failure:
        log.warning("a failure could not be told to the member: %s", failure)
    except Exception as failure:  # who called is at the end of its own wits already
        # The library says RuntimeError where the bot was closed before the answer was ready.
        if interaction.client.is_closed() and isinstance(failure, RuntimeError):
            log.warning("a failure could not be told to the member: %s", failure)
            return
        log.exception("a failure could not be put into words")


async def _tell(interaction: Interaction, error: BaseException) -> None:
    text = _explain(interaction, error)
    if text is None:
        return
    locale = str(interaction.locale)
    buttons = error.buttons if isinstance(error, OfferError) else ()
    card = Card(locale, say(text, locale), *row_of(buttons))
    if isinstance(error, OverError):
        await turn_privately(interaction, card)
    else:
        await reply(interaction, card)


def stopping() -> UserError:
    """Say why nothing new is taken."""
    return UserError(_("I'm restarting. Try again in a minute."))


class OfferError(UserError):
    """A failure with up to three buttons that lead to the nearest right thing."""

    def __init__(self, error: UserError, buttons: Sequence[discord.ui.Item[Any]]) -> None:
        super().__init__(error.text, error.remedy)
        self.buttons = tuple(buttons)


def _unwrap(error: BaseException) -> BaseException:
    if isinstance(error, app_commands.CommandInvokeError):
        return _unwrap(error.original)
    if isinstance(error, app_commands.TransformerError) and error.__cause__ is not None:
        return _unwrap(error.__cause__)
    return error


def _explain(interaction: Interaction, error: BaseException) -> Text | None:
    """Turn a failure into a sentence; None where nobody can be told any more."""
    match error:
        case UserError(text=text, remedy=None):
            return text
        case UserError(text=text, remedy=remedy):
            return _("{text} {remedy}", text=text, remedy=remedy)
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return _("This command has changed. Reload Discord, then type it again.")
        case app_commands.NoPrivateMessage():
            return _("This only works in a server. Type it in one of its channels.")
        case app_commands.MissingPermissions():
            return _("You need the Manage Server permission for that. Ask an admin.")
        case app_commands.TransformerError():
            value = as_typed(error.value)
            return _("'{value}' doesn't work there. Pick one of the choices.", value=value)
        case _:
            return _explain_fault(interaction, error)


def _explain_fault(interaction: Interaction, error: BaseException) -> Text | None:
    match error:
        case discord.HTTPException(code=code) if code in _GONE:
            log.info("an interaction could not be answered in time: %s", error)
            return None
        case StateUnavailableError():
            return _("I can't read my notes right now. Try again in a minute.")
        case ContentUnavailableError():
            return _("I can't open the interviews right now. Try again in a minute.")
        case PassingError():
            return _passing(error)
        case _ if is_passing(error):
            return _passing(error)
        case _:
            return _incident(interaction, error)


def _passing(error: BaseException) -> Text:
    log.warning("Discord took no answer: %s", error)
    return _("Discord didn't take my answer. Try again in a minute.")


def _incident(interaction: Interaction, error: BaseException) -> Text:
    incident = "".join(secrets.choice(_INCIDENT_LETTERS) for _n in range(4))
    what = interaction.command.name if interaction.command else interaction.type.name
    log.error("incident %s in %s", incident, what, exc_info=error)
    return _(
        "That's my fault, not yours. Tell whoever runs this bot: incident {incident}.",
        incident=incident,
    )
