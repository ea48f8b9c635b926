"""What runs beside everything else is ended, and waited for, whatever it ends with."""

import asyncio

import pytest

from bot.process.tasks import cancel, run_until_one_ends


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


async def test_what_ends_first_ends_the_others_and_its_error_is_raised() -> None:
    steps: list[str] = []

    async def serve() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            steps.append("closed")

    async def lose() -> None:
        raise KeyError("lost")

    with pytest.raises(KeyError, match="lost"):
        await run_until_one_ends(serve(), lose())
    assert steps == ["closed"]
    await run_until_one_ends(serve(), asyncio.sleep(0))
    assert steps == ["closed", "closed"]


async def test_who_is_told_to_stop_hears_what_could_not_be_closed() -> None:
    async def serve() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise OSError("a full disk")

    running = asyncio.create_task(run_until_one_ends(serve()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(OSError, match="a full disk"):
        await running
