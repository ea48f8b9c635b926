"""What is being answered at this moment, so that a stop can wait for it."""

import asyncio
from typing import Any


class InFlight:
    """The tasks that answer interactions."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def add_current(self) -> None:
        """Count the current task until it ends."""
        if (task := asyncio.current_task()) is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def drained(self, seconds: float) -> None:
        """Wait until all have ended, at most so many seconds."""
        current = asyncio.current_task()
        tasks = [task for task in self._tasks if task is not current]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
