"""Messages that many press at once are edited rarely, one at a time, to the newest state."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.process.edits import Edits
from tests.waiting import until


class Board:
    """A message whose edits are noted; `failure` is raised instead of the next one."""

    def __init__(self, message_id: int = 7, channel_id: int = 1) -> None:
        self.id = message_id
        self.channel = SimpleNamespace(id=channel_id)
        self.shown: list[str] = []
        self.count = 0
        self.at_once = 0
        self.is_edited = asyncio.Event()
        self.failure: Exception | None = None

    @property
    def message(self) -> discord.PartialMessage:
        return cast("discord.PartialMessage", self)

    async def draw(self) -> discord.ui.LayoutView:
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.TextDisplay[Any](str(self.count)))
        return view

    async def edit(self, view: discord.ui.LayoutView, **_mentions: object) -> None:
        self.at_once += 1
        assert self.at_once == 1, "two edits in flight"
        self.is_edited.set()
        await asyncio.sleep(0.01)
        self.at_once -= 1
        if self.failure is not None:
            failure, self.failure = self.failure, None
            raise failure
        self.shown += [one.content for one in view.children if hasattr(one, "content")]


def refusal(status: int, code: int) -> discord.HTTPException:
    class Response:
        reason = "refused"

    Response.status = status  # pyright: ignore[reportAttributeAccessIssue]
    error = discord.NotFound if status == 404 else discord.HTTPException
    message = {"code": code, "message": "refused"}
    return error(Response(), message)  # pyright: ignore[reportArgumentType]


async def until_idle(edits: Edits) -> None:
    await asyncio.gather(*edits._tasks.values())


async def test_the_last_state_is_shown_with_few_edits() -> None:
    edits, board = Edits(interval=0.02), Board()
    for _n in range(200):
        board.count += 1
        edits.request(board.message, board.draw)
        await asyncio.sleep(0)
    await until_idle(edits)
    assert board.shown[-1] == "200"
    assert len(board.shown) < 20


async def test_what_looks_the_same_is_not_edited_again() -> None:
    edits, board = Edits(interval=0), Board()
    for count in (1, 1, 1, 2, 2, 1):
        board.count = count
        edits.request(board.message, board.draw)
        await until_idle(edits)
    assert board.shown == ["1", "2", "1"]


async def test_all_messages_of_a_channel_share_its_pace() -> None:
    edits, boards = Edits(interval=60), [Board(number) for number in range(24)]
    for board in boards:
        edits.request(board.message, board.draw)
    await until(lambda: any(board.shown for board in boards))
    await asyncio.sleep(0.05)
    assert sum(len(board.shown) for board in boards) == 1
    await edits.close()


async def test_what_has_not_changed_keeps_no_other_message_waiting() -> None:
    edits, boards, last = Edits(interval=0.02), [Board(n) for n in range(24)], Board(99)
    for board in boards:
        edits.request(board.message, board.draw)
    await until_idle(edits)
    edits._interval = 60
    for board in [*boards, last]:
        edits.request(board.message, board.draw)
    await until(lambda: last.shown == ["0"])
    assert [board.shown for board in boards] == [["0"]] * 24
    await edits.close()


async def test_every_message_has_its_turn() -> None:
    edits, boards = Edits(interval=0.001), [Board(number) for number in range(5)]
    for _n in range(20):
        for board in boards:
            board.count += 1
            edits.request(board.message, board.draw)
        await asyncio.sleep(0.001)
    await until_idle(edits)
    assert [board.shown[-1] for board in boards] == ["20"] * 5


async def test_channels_do_not_wait_for_each_other() -> None:
    edits, boards = Edits(interval=60), [Board(number, number) for number in range(2)]
    for board in boards:
        edits.request(board.message, board.draw)
    await until(lambda: all(board.shown for board in boards))
    assert [board.shown for board in boards] == [["0"], ["0"]]
    await edits.close()


@pytest.mark.parametrize(
    ("failure", "level"),
    [
        (refusal(404, 10008), "INFO"),
        (refusal(503, 0), "INFO"),
        (refusal(400, 50035), "ERROR"),
        (ValueError("ours"), "ERROR"),
    ],
)
async def test_an_edit_that_fails_is_told_and_ends_nothing(
    caplog: pytest.LogCaptureFixture, failure: Exception, level: str
) -> None:
    edits, board = Edits(interval=0), Board()
    board.failure = failure
    with caplog.at_level("INFO"):
        for _n in range(2):
            edits.request(board.message, board.draw)
            await until_idle(edits)
    assert board.shown == ["0"], "and what was not shown is no state that was shown"
    (record,) = caplog.records
    assert (record.levelname, "message 7 could not be edited" in record.message) == (level, True)


async def test_a_message_that_is_settled_is_edited_no_more() -> None:
    edits, boards = Edits(interval=0.02), [Board(1), Board(2)]
    for board in boards:
        edits.request(board.message, board.draw)
    await boards[0].is_edited.wait()
    for board in boards:
        await edits.settle(board.message)
    assert boards[0].at_once == 0
    await until_idle(edits)
    assert [board.shown for board in boards] == [["0"], []]


async def test_closing_leaves_nothing_behind() -> None:
    edits, board = Edits(interval=60), Board()
    edits.request(board.message, board.draw)
    await asyncio.sleep(0.03)
    await edits.close()
    assert edits._tasks == {}
    assert edits._waiting == {}
