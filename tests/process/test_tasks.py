"""What runs beside everything else is ended, and waited for, whatever it ends with."""

import asyncio

from bot.process.tasks import cancel


async def test_tasks_have_cleaned_up_when_they_are_cancelled_and_no_error_is_left() -> None:
    steps: list[str] = []

    async def clean_up(failure: Exception | None) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            steps.append("cleaned up")
            if failure is not None:
                raise failure

    tasks = {
        n: asyncio.create_task(clean_up(failure)) for n, failure in enumerate((None, OSError()))
    }
    # A task that ends takes itself out of the list of those that run.
    for n, task in tasks.items():
        task.add_done_callback(lambda _task, n=n: tasks.pop(n))
    await asyncio.sleep(0)
    await cancel(tasks.values())
    assert steps == ["cleaned up", "cleaned up"]
    await cancel([])
