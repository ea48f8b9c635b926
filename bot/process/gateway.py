"""The way to Discord: who is away is waited for, and what cannot be read breaks nothing."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from traceback import walk_tb
from typing import Any, ClassVar, Final, Self, TypeVar

import aiohttp
import discord
from discord import shard
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from bot.errors import PassingError
from bot.process.discord_api import is_passing
from bot.process.outages import Outages, Part
from bot.process.persistence import persist
from bot.process.reachability import unreachable
from bot.text import Text, _, say

log = logging.getLogger(__name__)

# Long enough to be no burden in an outage of hours, short enough that nobody waits once it is over.
_LONGEST_PAUSE: Final = 60.0
# The library tries some failures again by itself, and waits as long as Discord says, in silence.
_SILENCE_SECONDS: Final = 5.0
_UNREADABLE: Final = (LookupError, TypeError, ValueError, AttributeError)
"""What the library raises where an answer is none of Discord's, and we where we are wrong."""
_ROOMS: Final = (discord.__name__, "bot", "cogs")
"""Whose fault an error may be: where it passed through last tells."""
_LOST: Final = (ReconnectWebSocket, discord.DiscordException, aiohttp.ClientError, OSError)
"""What the library knows how to come back from."""

_notices: ContextVar[tuple[asyncio.TimerHandle, ...]] = ContextVar("notices", default=())
"""What is going to say that there is no answer to what the current task asks for."""

_T = TypeVar("_T")


async def wait_for_discord(
    action: Callable[[], Awaitable[_T]], outages: Outages, part: Part = Part.DISCORD
) -> _T:
    """Ask Discord for something until it answers; raises what it refuses."""

    async def attempt() -> _T:
        with _reachable(), _silence_noted(outages, part):
            return await action()

    return await persist(attempt, outages, part, longest_pause=_LONGEST_PAUSE)


@contextmanager
def _reachable() -> Generator[None]:
    """Raise PassingError, with a sentence for the host, where it is not Discord that answers."""
    try:
        yield
    except discord.LoginFailure as error:
        # The library says this of any 401, also of one that a proxy says.
        if "401: Unauthorized" in str(error.__cause__):
            raise
        raise PassingError(say(_unreachable(error.__cause__ or error))) from error
    except Exception as error:
        if is_passing(error) or _is_unreadable(error):
            raise PassingError(say(_unreachable(error))) from error
        raise


def _is_unreadable(error: Exception) -> bool:
    """Say whether the library has stumbled over an answer, and not we over a fault of ours.

    What it calls of ours may have: a hook at a start, a trace at a request.
    """
    modules = (str(frame.f_globals.get("__name__")) for frame, _n in walk_tb(error.__traceback__))
    rooms = [room for module in modules if (room := module.partition(".")[0]) in _ROOMS]
    return isinstance(error, _UNREADABLE) and rooms[-1:] == [discord.__name__]


def _unreachable(error: BaseException) -> Text:
    match error:
        case discord.DiscordServerError():
            return _("Discord isn't working right now: {why}. I'll keep trying.", why=error)
        case discord.HTTPException(status=429) | discord.RateLimited():
            return _("Discord wants me to slow down: {why}. I'll keep trying.", why=error)
        # An untrusted certificate is a ValueError, too.
        case _ if isinstance(error, _UNREADABLE) and not isinstance(error, aiohttp.ClientError):
            return _(
                "Something answers, but not like Discord ({why}). Check the network. I'll keep"
                " trying.",
                why=error,
            )
        case _:
            return _("{why} I'll keep trying.", why=str(unreachable(error)))


@contextmanager
def _silence_noted(outages: Outages, part: Part) -> Generator[None]:
    """Say that there is no answer before there is one."""
    silence = _(
        "Discord hasn't answered for {seconds} seconds. Check the network; I'll keep trying.",
        seconds=round(_SILENCE_SECONDS),
    )
    loop = asyncio.get_running_loop()
    notice = loop.call_later(_SILENCE_SECONDS, outages.begin, part, say(silence))
    before = _notices.get()
    _notices.set((*before, notice))
    try:
        yield
    finally:
        notice.cancel()
        _notices.set(before)


class SteadyWebSocket(DiscordWebSocket):
    """A connection to the gateway that no frame can end the process with."""

    outages: ClassVar[Outages]
    _has_left_out = False

    @classmethod
    async def from_client(
        cls, client: discord.Client, *, resume: bool = False, **options: Any
    ) -> Self:
        """Connect; waits for a gateway that is away, unless a session is to be resumed there."""
        dial = partial(super().from_client, client, resume=resume, **options)
        # What fails here the library tries anew, with another session.
        return await (dial() if resume else wait_for_discord(partial(_begin, dial), cls.outages))

    async def identify(self) -> None:
        """Begin a session; the gateway has answered: who waits now does so for the brake."""
        for notice in _notices.get():
            notice.cancel()
        self.outages.end(Part.DISCORD)
        await super().identify()

    async def received_message(self, msg: Any, /) -> None:
        session_id, sequence = self.session_id, self.sequence
        try:
            await super().received_message(msg)
        except _LOST:
            raise
        except Exception as error:
            if session_id is None or sequence == self.sequence:
                await self.close()
                raise ConnectionError(f"the gateway sends what is none: {error!r}") from error
            self._leave_out(error)

    def _leave_out(self, error: Exception) -> None:
        """Go on without an event that the library cannot read, and say so once a connection."""
        if not self._has_left_out:
            log.warning("skipped an event from Discord that can't be read: %r", error)
        self._has_left_out = True


async def _begin(dial: Callable[[], Awaitable[_T]]) -> _T:
    try:
        return await dial()
    except (ReconnectWebSocket, discord.ConnectionClosed) as error:
        raise ConnectionError("the gateway hung up at once") from error


def keep_steady(outages: Outages) -> None:
    """Let every connection to the gateway be a steady one, whose trouble is told in `outages`."""
    SteadyWebSocket.outages = outages
    setattr(discord.utils, "_from_json", _read_json)  # noqa: B010 - there is no other way in
    setattr(shard, "DiscordWebSocket", SteadyWebSocket)  # noqa: B010 - there is no other way in
    logging.getLogger(shard.__name__).addFilter(partial(_is_news, outages))
    # It says at each try that it tries.
    logging.getLogger("discord.client").addFilter(lambda record: "logging in" not in record.msg)


def _read_json(text: str, _strict: Callable[[str], Any] = discord.utils._from_json) -> Any:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    """Read what Discord sends; orjson refuses half a sign, and what a member typed may hold one."""
    try:
        return _strict(text)
    except ValueError:
        return json.loads(text)


def _is_news(outages: Outages, record: logging.LogRecord) -> bool:
    """Take what the library would log with a traceback at each try for the outage that it is."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None or not (is_passing(error) or isinstance(error, discord.ConnectionClosed)):
        return True
    outages.begin(Part.DISCORD, say(_unreachable(error)))
    return False
