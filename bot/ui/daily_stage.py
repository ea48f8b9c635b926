"""The stage of daily posts: shows in Discord what is due."""

import logging
from typing import Final

import discord

from bot.client import Bot
from bot.daily.content import DayPart, may_prompt, part_of
from bot.errors import GoneError
from bot.interview.audience import Reader
from bot.interview.days import ONLY, DayShare
from bot.interview.model import Interview
from bot.process.discord_api import told_apart
from bot.process.pace import Pace
from bot.process.utc_days import day_of
from bot.state.schedules import PostKind, Schedule, StopReason
from bot.ui.cards import Card
from bot.ui.day import day_card
from bot.ui.permissions import why_no_thread
from bot.ui.prompt_thread import open_prompt_thread, seed_card
from bot.ui.reader import choose_interview, interview_of, public_reader
from bot.ui.season import season_card

log = logging.getLogger(__name__)

POSTS_A_SECOND: Final = 20
"""Less than half of what Discord allows a bot in all, and with those that are sent again."""


class DailyPostStage:
    def __init__(self, bot: Bot, pace: Pace) -> None:
        self._bot = bot
        self._pace = pace

    async def compare_clock(self) -> None:
        with told_apart():
            # Any answer has Discord's time in its head, and a trace looks at it.
            await self._bot.application_info()

    async def post(self, schedule: Schedule, due_at: int) -> StopReason | int | None:
        self._pace.join()
        card = await self._card(schedule, due_at)
        if card is None:
            return None
        channel = self._bot.get_partial_messageable(schedule.channel_id)
        try:
            with told_apart():
                # Posted again after a crash, Discord gives the first message.
                message = await channel.send(view=card, nonce=f"s{schedule.id}-{due_at}")
        except GoneError as error:
            is_closed = isinstance(error.__cause__, discord.Forbidden)
            return StopReason.NO_PERMISSION if is_closed else StopReason.CHANNEL_GONE
        except discord.HTTPException as error:
            log.error("Discord refuses a daily post: %s", error)
            return StopReason.REFUSED
        return message.id if await self._may_have_thread(schedule, due_at) else None

    async def open_thread(self, schedule: Schedule, due_at: int, message_id: int) -> None:
        self._pace.join()
        bot, day = self._bot, day_of(due_at)
        reader = await public_reader(bot, schedule.guild_id)
        interview = self._interview(schedule.slug, reader)
        share = await self._share(schedule, interview, reader)
        prompt = await bot.library.prompt_of_day(interview.slug, day, share)
        channel = bot.get_partial_messageable(schedule.channel_id, guild_id=schedule.guild_id)
        if prompt is None or channel.guild is None:
            return
        seed = await seed_card(bot, interview, reader, day, prompt)
        (named,) = await bot.library.translated([prompt], reader.locale)
        message = channel.get_partial_message(message_id)
        nonce = f"s{schedule.id}-{due_at}q"
        await open_prompt_thread(bot, message, named, seed, nonce)

    async def _may_have_thread(self, schedule: Schedule, due_at: int) -> bool:
        """Say whether the server wants a thread below a post, and the bot may open one."""
        what = schedule.what
        if not may_prompt(what) or part_of(what, day_of(due_at)) is not DayPart.PROMPT:
            return False
        settings = await self._bot.state.guild_settings.get(schedule.guild_id)
        guild = self._bot.get_guild(schedule.guild_id)
        channel = guild and guild.get_channel_or_thread(schedule.channel_id)
        is_possible = channel is None or why_no_thread(channel) is None
        return settings.has_threads and is_possible

    async def _card(self, schedule: Schedule, due_at: int) -> Card | None:
        reader = await public_reader(self._bot, schedule.guild_id)
        if schedule.what is PostKind.SEASON:
            slug = self._interview(schedule.slug, reader).slug
            return await season_card(self._bot, schedule.guild_id, slug, reader, due_at)
        day = day_of(due_at)
        interview = self._interview(schedule.slug, reader)
        part = part_of(schedule.what, day)
        share = await self._share(schedule, interview, reader)
        return await day_card(self._bot, interview, reader, day, part, share=share)

    async def _share(self, schedule: Schedule, interview: Interview, reader: Reader) -> DayShare:
        """Give each of a server's posts prompts of its own: two may come in the same minute."""
        ids = [
            other.id
            for other in await self._bot.state.schedules.list_for(schedule.guild_id)
            if may_prompt(other.what) and self._interview(other.slug, reader).slug == interview.slug
        ]
        if schedule.id not in ids:
            return ONLY
        return DayShare(sorted(ids).index(schedule.id), len(ids))

    def _interview(self, slug: str, reader: Reader) -> Interview:
        """Give an interview; one that was taken away is stood in for by the server's."""
        library = self._bot.library
        if slug in library.interviews:
            return interview_of(library, slug, reader)
        return choose_interview(library, reader)
