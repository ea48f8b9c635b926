"""Opening the library, and building it again where it turns out damaged."""

import logging
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

from bot.errors import ContentUnavailableError, OperatorError
from bot.interview.library.content_file import Rebuild, open_content
from bot.interview.library.library import Library
from bot.process.outages import Outages, Part
from bot.text import _

log = logging.getLogger(__name__)

# What is read out of damaged bytes is not always an error of SQLite's.
_DAMAGES: Final = (ContentUnavailableError, sqlite3.Error, ValueError, TypeError, LookupError)


@asynccontextmanager
async def open_library(
    path: Path, rebuild: Rebuild | None = None, outages: Outages | None = None
) -> AsyncGenerator[Library]:
    """Open a content database by its absolute path.

    One that is damaged is built again by `rebuild`, now or whenever that is seen; raises
    OperatorError where there is none, or where it does not help.
    """
    outages = outages or Outages()
    async with AsyncExitStack() as stack:
        try:
            library = await _opened(stack, path, outages, rebuild)
        except _DAMAGES as error:
            if rebuild is None:
                raise _unreadable(path, error) from error
            log.warning("the content %s is damaged, so it's being rebuilt: %s", path, error)
            await rebuild()
            library = await _opened_again(stack, path, outages, rebuild)
        yield library


async def _opened(
    stack: AsyncExitStack, path: Path, outages: Outages, rebuild: Rebuild | None
) -> Library:
    async with AsyncExitStack() as attempt:
        # Only what was loaded whole mends itself.
        content = await attempt.enter_async_context(open_content(path, outages))
        library = Library(content)
        await library.load()
        content.rebuild = rebuild
        stack.push_async_exit(attempt.pop_all())
    return library


async def _opened_again(
    stack: AsyncExitStack, path: Path, outages: Outages, rebuild: Rebuild
) -> Library:
    try:
        library = await _opened(stack, path, outages, rebuild)
    except _DAMAGES as error:
        raise _unreadable(path, error) from error
    outages.end(Part.CONTENT)
    return library


def _unreadable(path: Path, error: Exception) -> OperatorError:
    return OperatorError(
        _("The content {path} can't be read: {why}.", path=path, why=error),
        _("Check the disk. You can delete this file: the next start rebuilds it."),
    )
