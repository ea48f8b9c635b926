"""Asking Discord what can be asked without changing anything, on the way that the bot takes."""

import json
import ssl
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, cast

import aiohttp

from bot.config import Settings
from bot.process.clock import Clock
from bot.process.discord_api import checking
from bot.process.version import version

NETWORK_ERRORS: Final = (aiohttp.ClientError, OSError)
"""What is raised where nobody answers, or not in HTTP."""
STRANGE: Final = (LookupError, TypeError, ValueError, ArithmeticError, RecursionError)
"""What is raised where it is not Discord that answers."""
GATEWAY: Final = "/gateway"
"""What anybody may ask for."""
_API: Final = "https://discord.com/api/v10"
_WAIT_SECONDS: Final = 5.0
# Two hundred servers, or all commands in all languages, are a tenth of it.
_MOST_BYTES: Final = 2_000_000


class RefusalError(Exception):
    """Discord does not answer a question, or is not able to."""

    def __init__(self, status: int, code: int) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code


class Inquiry:
    def __init__(self, session: aiohttp.ClientSession, settings: Settings, clock: Clock) -> None:
        self._session = session
        self._settings = settings
        self._check = checking(clock.look)
        self._api = f"{settings.api_url}/api/v10" if settings.api_url else _API

    async def ask(self, path: str, context: ssl.SSLContext | None = None) -> Any:
        """Ask with the token, or anybody's question, which needs none.

        Raises RefusalError, one of NETWORK_ERRORS, and one of STRANGE.
        """
        async with self._session.get(
            f"{self._api}{path}",
            headers={} if path == GATEWAY else {"Authorization": f"Bot {self._settings.token}"},
            proxy=self._settings.proxy,
            # The library's own context was made before `.env` was read.
            ssl=context or ssl.create_default_context(),
        ) as answer:
            await self._check(answer)
            if answer.status >= 500:
                raise RefusalError(answer.status, 0)
            body = json.loads(await _read(answer))
        if answer.status >= 400:
            raise RefusalError(answer.status, _code_of(body))
        return body


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    """Read as much as Discord may say; raises ValueError where there is more."""
    data = bytearray()
    async for chunk in answer.content.iter_any():
        data += chunk
        if len(data) > _MOST_BYTES:
            raise ValueError
    return bytes(data)


def _code_of(body: Any) -> int:
    code = cast("Mapping[str, Any]", body).get("code") if isinstance(body, dict) else None
    return code if isinstance(code, int) else 0


@asynccontextmanager
async def discord_inquiry(settings: Settings, clock: Clock) -> AsyncGenerator[Inquiry]:
    agent = f"DiscordBot (https://discord.com/developers, {version()}) encore doctor"
    timeout = aiohttp.ClientTimeout(total=_WAIT_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, headers={"User-Agent": agent}) as session:
        yield Inquiry(session, settings, clock)
