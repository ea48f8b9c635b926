"""The process that draws: started by the first picture, ended when none is asked for a while."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bot.errors import UserError
from bot.letters import as_typed
from bot.picture.poster import Poster
from bot.text import _

LENGTH_BYTES: Final = 4
"""Each picture comes after its length in bytes, the highest first."""
_PNG: Final = b"\x89PNG"
_SIGNS_TOLD: Final = 5
_ROOT: Final = Path(__file__).resolve().parent.parent.parent
_IDLE_SECONDS: Final = 60.0
_LIMIT_SECONDS: Final = 60.0


class Painter:
    """Draws one picture after the other.

    A thread would hold the interpreter for milliseconds at a time, and who types a command
    meanwhile would wait for it; a process of the lowest priority takes only what nobody wants.
    """

    def __init__(
        self, idle_seconds: float = _IDLE_SECONDS, limit_seconds: float = _LIMIT_SECONDS
    ) -> None:
        self._idle_seconds = idle_seconds
        self._limit_seconds = limit_seconds
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._resting: asyncio.Future[None] | None = None

    async def draw(self, poster: Poster) -> bytes:
        """Draw a picture; a PNG.

        Raises UserError when it takes too long, or where signs of it are in no font.
        """
        async with self._turn:
            self._stay()
            try:
                async with asyncio.timeout(self._limit_seconds):
                    png = await self._answer(poster)
            except BaseException as error:
                # Whoever comes next must not get what this one did not wait for.
                await self._end()
                if isinstance(error, TimeoutError):
                    raise UserError(
                        _("The picture is taking too long just now."), _("Try again in a minute.")
                    ) from None
                raise
            self._resting = asyncio.ensure_future(self._rest())
        if not png.startswith(_PNG):
            raise _unwritable(json.loads(png))
        return png

    async def close(self) -> None:
        """End the process, also while it draws."""
        self._stay()
        await self._end()

    def _stay(self) -> None:
        if self._resting is not None:
            self._resting.cancel()

    async def _rest(self) -> None:
        await asyncio.sleep(self._idle_seconds)
        async with self._turn:
            await self._end()

    async def _answer(self, poster: Poster) -> bytes:
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await _start()
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(json.dumps(asdict(poster)).encode() + b"\n")
        try:
            length = int.from_bytes(await process.stdout.readexactly(LENGTH_BYTES))
            return await process.stdout.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            trace = (await process.stderr.read()).decode(errors="replace")
            raise RuntimeError(f"no picture was drawn: {trace}") from error

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.communicate()


def _unwritable(signs: list[str]) -> UserError:
    # Only who needs it pays for the import.
    from bot.picture.scripts import has_cjk, is_cjk

    if any(map(is_cjk, signs)) and not has_cjk():
        return UserError(
            _("I have no font for Chinese, Japanese and Korean, so I can't draw this quote."),
            _("Whoever runs this bot can add it: uv sync --extra cjk"),
        )
    some = as_typed(" ".join(signs[:_SIGNS_TOLD]))
    return UserError(
        _("My fonts can't write {signs}, so I can't draw this quote.", signs=some),
        _("Copy its words from the card instead."),
    )


async def _start() -> asyncio.subprocess.Process:
    # It needs no settings. Ctrl-C in the terminal is for the bot, which then ends it.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("DISCORD_")
    }
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.IDLE_PRIORITY_CLASS | subprocess.CREATE_NEW_PROCESS_GROUP
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.picture",
        cwd=_ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=sys.platform != "win32",
        creationflags=flags,
    )
