"""A message that many press at once is edited rarely, one edit at a time, to the newest state."""

import asyncio

import discord
import pytest

from bot.process.edits import Edits


class Board:
    """A message whose edits are counted."""

    def __init__(self) -> None:
        self.shown: list[int] = []
        self.count = 0
        self.at_once = 0

    async def edit(self) -> None:
        self.at_once += 1
        assert self.at_once == 1, "two edits in flight"
        await asyncio.sleep(0.01)
        self.shown.append(self.count)
        self.at_once -= 1


async def until_idle(edits: Edits) -> None:
    await asyncio.gather(*edits._tasks.values())


async def test_the_last_state_is_shown_with_few_edits() -> None:
    edits, board = Edits(interval=0.02), Board()
    for _n in range(200):
        board.count += 1
        edits.request(7, board.edit)
        await asyncio.sleep(0)
    await until_idle(edits)
    assert board.shown[-1] == 200
    assert len(board.shown) < 20


async def test_messages_do_not_wait_for_each_other() -> None:
    edits, boards = Edits(interval=60), [Board(), Board()]
    for number, board in enumerate(boards):
        edits.request(number, board.edit)
    await asyncio.sleep(0.05)
    assert [board.shown for board in boards] == [[0], [0]]
    await edits.close()


async def test_an_edit_that_fails_does_not_end_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    edits, board = Edits(interval=0), Board()

    class Response:
        status, reason = 404, "Not Found"

    async def fails() -> None:
        raise discord.HTTPException(Response(), "gone")  # pyright: ignore[reportArgumentType]

    with caplog.at_level("INFO"):
        edits.request(7, fails)
        await until_idle(edits)
    edits.request(7, board.edit)
    await until_idle(edits)
    assert board.shown == [0]
    assert "message 7 could not be edited" in caplog.text


async def test_closing_leaves_nothing_behind() -> None:
    edits, board = Edits(interval=60), Board()
    edits.request(7, board.edit)
    await asyncio.sleep(0.03)
    await edits.close()
    assert edits._tasks == {}
