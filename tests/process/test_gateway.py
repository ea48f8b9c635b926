"""What Discord answers is waited out; a fault of ours is none of the network's."""

from collections import deque
from collections.abc import Callable

import discord
import pytest

from bot.errors import PassingError
from bot.process.gateway import wait_for_discord
from bot.process.outages import Outages, Part


def misread() -> None:
    """Let the library read what is none of Discord's."""
    discord.Colour.from_str("a page")


def called_by_the_library(fault: Callable[[], object]) -> None:
    """Let the library call something of ours."""
    discord.utils.find(lambda _one: fault(), [1])


def ours() -> None:
    # Where an error was raised tells whose it is; a test stands for the bot.
    exec("raise KeyError('ours')", {"__name__": "bot.client.bot"})


async def tried(*steps: Callable[[], None]) -> Outages:
    """Ask for something that fails in each of some ways, and then works."""
    outages, left = Outages(), deque(steps)

    async def action() -> None:
        if left:
            left.popleft()()

    await wait_for_discord(action, outages)
    assert not left
    return outages


async def test_what_the_library_cannot_read_is_waited_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert (await tried(misread)).reasons == {}
    (record,) = caplog.records
    assert "Something answers, but not like Discord" in record.message


@pytest.mark.parametrize(
    "fault", [ours, lambda: called_by_the_library(ours)], ids=["ours", "in a hook"]
)
async def test_a_fault_of_ours_is_raised_at_once(fault: Callable[[], None]) -> None:
    with pytest.raises(KeyError, match="ours"):
        await tried(fault)


async def test_what_passes_is_waited_out_wherever_it_was_raised() -> None:
    def lost() -> None:
        raise ConnectionError

    outages = await tried(lost)
    assert Part.DISCORD not in outages.reasons


async def test_a_passing_error_of_ours_stays_what_it_is(caplog: pytest.LogCaptureFixture) -> None:
    def locked() -> None:
        raise PassingError("database is locked")

    await tried(locked)
    assert "database is locked" in caplog.text
