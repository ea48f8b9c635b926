"""Ending what runs beside everything else."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any


async def cancel(tasks: Iterable[asyncio.Future[Any]]) -> None:
    """Cancel tasks and wait until they have ended, however that was."""
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def run_until_one_ends(*coroutines: Coroutine[Any, Any, None]) -> None:
    """Run several beside each other; what ends first ends the others, and its error is raised.

    Where this is cancelled, an error in ending one of them is raised.
    """
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    ended: Iterable[asyncio.Future[None]] = ()
    try:
        ended, _others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await cancel(tasks)
        for task in (*ended, *tasks):
            if not task.cancelled():
                task.result()
