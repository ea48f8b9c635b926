"""What a member has set is theirs, wherever they are met."""

import asyncio

from bot.interview.audience import SpoilerPolicy
from bot.state.database import Database
from bot.state.members import Members
from tests.state.stage import SlowReads


async def test_a_member_chooses_and_goes_back(database: Database) -> None:
    members = Members(database)
    assert await members.spoilers(7) is None
    await members.put_spoilers(7, SpoilerPolicy.OMIT)
    assert await members.spoilers(7) is SpoilerPolicy.OMIT
    assert await Members(database).spoilers(7) is SpoilerPolicy.OMIT
    await members.put_spoilers(7, None)
    assert await members.spoilers(7) is None


async def test_what_was_read_before_a_change_is_not_remembered(database: Database) -> None:
    slow = SlowReads(database)
    members = Members(slow)
    reading = asyncio.create_task(members.spoilers(7))
    await slow.has_read.wait()
    await members.put_spoilers(7, SpoilerPolicy.OMIT)
    slow.may_tell.set()
    assert await reading is None
    assert await members.spoilers(7) is SpoilerPolicy.OMIT
