"""The thread below a prompt: somewhere to talk, with a quote of the interview to begin with."""

import logging
from typing import Final

import discord

from bot.client import Bot
from bot.daily.content import DayPart
from bot.errors import GoneError
from bot.interview.audience import Reader
from bot.interview.fitting import fitting_quotes
from bot.interview.model import Interview, Prompt, Quote
from bot.interview.words import words_of
from bot.letters import label
from bot.process.discord_api import told_apart
from bot.text import _
from bot.ui.cards import Card
from bot.ui.quote_buttons import ContextButton
from bot.ui.quote_cards import quote_card
from bot.ui.saving import SaveButton

log = logging.getLogger(__name__)

# What Discord takes is 100; a phone shows about half of that.
_MAX_NAME: Final = 80
_A_DAY: Final = 1440
"""Minutes without a word after which Discord folds a thread away."""
# Discord's code for a message below which there is a thread.
_HAS_THREAD: Final = 160004


async def open_prompt_thread(
    bot: Bot, message: discord.PartialMessage, prompt: Prompt, seed: Card | None, nonce: str
) -> None:
    """Open a thread below a prompt, once, and begin it with a quote.

    Raises PassingError; where there can be no thread there is none.
    """
    try:
        with told_apart():
            thread_id = await _thread_of(message, prompt)
            if seed is not None:
                thread = bot.get_partial_messageable(thread_id)
                await thread.send(view=seed, silent=True, nonce=nonce)
    except GoneError:
        # Somebody has deleted it, or taken the right away meanwhile.
        log.info("the prompt %d stays without a thread, or without a quote in it", message.id)
    except discord.HTTPException as error:
        log.warning("Discord refuses the thread of a prompt: %s", error)


async def _thread_of(message: discord.PartialMessage, prompt: Prompt) -> int:
    name = label(prompt.text, _MAX_NAME)
    try:
        return (await message.create_thread(name=name, auto_archive_duration=_A_DAY)).id
    except discord.HTTPException as error:
        if error.code != _HAS_THREAD:
            raise
        # It was opened before a crash; a thread has the id of its message.
        return message.id


async def seed_card(
    bot: Bot, interview: Interview, reader: Reader, day: int, prompt: Prompt
) -> Card | None:
    """Show the quote that fits a prompt best, else the day's; None where the server wants neither.

    The prompt is as its editor wrote it, in the language of the interview.
    """
    quote = await _fitting(bot, interview, reader, prompt)
    if quote is None:
        content = await bot.days.part_for(interview, day, DayPart.QUOTE, reader)
        quote = content and content.quote
    if quote is None:
        return None
    buttons = [ContextButton(quote.slug, quote.number), SaveButton(quote.slug, quote.number)]
    notes = [_("to get you started")]
    return quote_card(quote, interview, reader, buttons=buttons, notes=notes)


async def _fitting(bot: Bot, interview: Interview, reader: Reader, prompt: Prompt) -> Quote | None:
    words = list(dict.fromkeys(words_of(prompt.text)))
    quotes = await fitting_quotes(bot.library, interview, reader.audience, words, limit=1)
    return quotes[0] if quotes else None
