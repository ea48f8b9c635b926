"""Posting one now, out of the list of a server's posts: once, whoever presses."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from playground import LoopbackDiscord, Message, User
from tests.cogs.test_schedule import Desk
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.tables import new_channel

ENGINES = BOTH
DAY = 24 * 3600


@pytest.fixture(scope="module")
async def shared(
    discord: LoopbackDiscord, state_url: str | None, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Desk]:
    desk = Desk(discord, tmp_path_factory.mktemp("now"), state_url)
    bot = await desk.start_bot()
    yield desk
    await bot.kill()
    assert bot.errors() == []


@pytest.fixture
async def desk(shared: Desk) -> Desk:
    """Give a desk of a channel that is new, in a server that has no daily posts."""
    shared.channel = new_channel(shared.discord)
    shared.set_clock(0)
    shared.change("DELETE FROM schedule")
    return shared


async def listed(desk: Desk) -> Message:
    message = (await desk.schedule()).message
    assert message is not None
    return message


async def choose(desk: Desk, message: Message, user: User | None = None) -> str:
    """Post the first one of a list now; what is said then."""
    options = message.find("schedule:now")
    assert options is not None
    value = options["options"][0]["value"]
    return (await desk.members.select(user or desk.noor, message, "schedule:now", [value])).text


async def test_what_is_posted_now_comes_once_in_place_of_todays(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(60), what="fact")
    lists = [await listed(desk) for _n in range(3)]
    told = await asyncio.gather(*(choose(desk, message) for message in lists))
    on_its_way = [text for text in told if text.startswith(f"On its way to <#{desk.channel.id}>.")]
    assert len(on_its_way) == 1, told
    assert sum("That one was just posted in <#" in text for text in told) == 2
    (post,) = await desk.until_posts(1)
    assert post.text.startswith("### Fact of the day")
    desk.set_clock(61 * 60)
    await desk.stay_at(1)
    desk.set_clock(DAY + 61 * 60)
    await desk.until_posts(2)


async def test_what_is_due_tomorrow_still_comes_then(desk: Desk) -> None:
    # At noon this was due one hour ago.
    await desk.schedule(time=desk.in_minutes(-60), what="fact")
    await choose(desk, await listed(desk))
    await desk.until_posts(1)
    desk.set_clock(DAY - 59 * 60)
    await desk.until_posts(2)
    assert len(desk.posts()) == 2


async def test_a_post_that_was_chosen_survives_a_kill(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(60), what="fact")
    message = await listed(desk)
    desk.discord.faults.answer("POST /channels/*", 503, times=9)
    desk.bots[0].log.clear()
    await choose(desk, message)
    assert await desk.bots[0].logged("waits: 503")
    await desk.bots[0].kill()
    desk.discord.faults.clear()
    desk.set_clock(10 * 60)
    await desk.start_again(desk.bots[0])
    await desk.until_posts(1)
    await desk.stay_at(1)


async def test_only_what_is_there_and_goes_on_can_be_posted_now(desk: Desk) -> None:
    assert (await listed(desk)).find("schedule:now") is None
    await desk.schedule(time=desk.in_minutes(60), what="fact")
    stale, gone = await listed(desk), await listed(desk)
    desk.change("UPDATE schedule SET stopped = 'permission'")
    assert "That one has stopped." in await choose(desk, stale)
    assert (await listed(desk)).find("schedule:now") is None
    desk.change("DELETE FROM schedule")
    assert "That post isn't there any more." in await choose(desk, gone)
    mika = desk.discord.world.mika
    stale.viewer = mika
    assert "You need the Manage Server permission" in await choose(desk, stale, mika)
