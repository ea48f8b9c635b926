"""Libraries made of small packs."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.interview.library.build import ensure_content
from bot.interview.library.library import Library
from bot.interview.library.opening import open_library
from tests.packs import write_pack

OpenPack = Callable[..., Awaitable[Library]]


@pytest.fixture
async def open_pack(tmp_path: Path) -> AsyncIterator[OpenPack]:
    """Write a pack named boat, build it and open the library of it."""
    async with AsyncExitStack() as stack:

        async def open_(**entries: Sequence[Mapping[str, Any]]) -> Library:
            write_pack(tmp_path / "data" / "boat", **entries)
            path = ensure_content(tmp_path / "var", tmp_path / "data")
            return await stack.enter_async_context(open_library(path))

        yield open_
