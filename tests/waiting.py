"""Waiting until something is so, however slow the machine is."""

import asyncio
from collections.abc import Callable


async def until(is_so: Callable[[], object]) -> None:
    """Wait for what is soon so, for a minute at least."""
    for _n in range(6000):
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError
