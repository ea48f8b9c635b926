"""Daily posts as they are stored: claimed once, taken over, skipped, stopped."""

import asyncio

import pytest

from bot.state.database import Database
from bot.state.schedules import (
    CLAIM_SECONDS,
    MAX_A_GUILD,
    Outlook,
    PostKind,
    Schedule,
    Schedules,
    StopReason,
)

GUILD, CHANNEL, DAY = 7 << 22, 8, 86_400


class Office:
    """Schedules under a clock that the test sets."""

    def __init__(self, database: Database) -> None:
        self.now = 1000.0
        self.schedules = Schedules(database, lambda: self.now)

    async def add(self, due_at: int = 2000, guild_id: int = GUILD) -> None:
        assert await self.schedules.add(guild_id, CHANNEL, "lm", PostKind.QUOTE, 60, "UTC", due_at)

    async def only(self) -> Schedule:
        (schedule,) = await self.schedules.list_for(GUILD)
        return schedule


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


async def test_a_post_is_due_at_its_time_and_then_a_day_later(office: Office) -> None:
    await office.add()
    assert await office.schedules.due(9) == []
    assert await office.schedules.next_at() == 2000
    office.now = 2000
    (due,) = await office.schedules.due(9)
    assert await office.schedules.claim(due, 2000 + DAY)
    await office.schedules.settle(due.id, 2000)
    assert await office.schedules.due(9) == []
    assert (await office.only()).due_at == 2000 + DAY
    assert await office.schedules.next_at() == 2000 + DAY


async def test_of_two_who_claim_a_post_one_gets_it(office: Office) -> None:
    await office.add()
    office.now = 2000
    (due,) = await office.schedules.due(9)
    claims = await asyncio.gather(*(office.schedules.claim(due, 2000 + DAY) for _n in range(8)))
    assert sum(claims) == 1


async def test_a_post_that_was_given_up_is_taken_over_once(office: Office) -> None:
    await office.add()
    office.now = 2000
    (due,) = await office.schedules.due(9)
    await office.schedules.claim(due, 2000 + DAY)
    assert await office.schedules.due(9) == []
    assert await office.schedules.next_at() == 2000 + CLAIM_SECONDS
    office.now += CLAIM_SECONDS + 1
    (left,) = await office.schedules.due(9)
    assert left.pending_at == 2000
    claims = await asyncio.gather(*(office.schedules.claim(left, 2000 + DAY) for _n in range(8)))
    assert sum(claims) == 1
    await office.schedules.settle(left.id, 2000)
    assert (await office.only()).pending_at is None
    assert (await office.only()).due_at == 2000 + DAY


async def test_a_post_that_is_skipped_is_remembered(office: Office) -> None:
    await office.add()
    office.now = 90_000
    (due,) = await office.schedules.due(9)
    assert await office.schedules.skip(due, due.due_at, 2000 + 2 * DAY)
    assert not await office.schedules.claim(due, 2000 + DAY), "it was seen as it is no more"
    schedule = await office.only()
    assert (schedule.skipped_at, schedule.due_at) == (2000, 2000 + 2 * DAY)


async def test_a_post_that_is_postponed_is_taken_over_then_and_not_before(office: Office) -> None:
    await office.add()
    office.now = 2000
    (due,) = await office.schedules.due(9)
    await office.schedules.claim(due, 2000 + DAY)
    await office.schedules.postpone(due.id, 2000, 1000)
    assert await office.schedules.next_at() == 3000
    office.now = 3000
    assert await office.schedules.due(9) == []
    office.now = 3001
    (left,) = await office.schedules.due(9)
    assert await office.schedules.claim(left, left.due_at)
    await office.schedules.settle(left.id, 2000)
    await office.schedules.postpone(left.id, 2000, 1000)
    assert (await office.only()).claimed_at == 3001, "it is settled: there is nothing to put off"


async def test_what_is_brought_forward_is_under_way_once_and_the_next_is_due_as_given(
    office: Office,
) -> None:
    await office.add()
    seen = await office.only()
    wishes = (office.schedules.bring_forward(seen, 2000 + DAY) for _n in range(8))
    assert sum(await asyncio.gather(*wishes)) == 1
    assert not await office.schedules.bring_forward(await office.only(), 2000 + 2 * DAY)
    (due,) = await office.schedules.due(9)
    assert (due.pending_at, due.due_at) == (1000, 2000 + DAY)
    assert await office.schedules.claim(due, due.due_at)
    assert await office.schedules.due(9) == []
    await office.schedules.settle(due.id, 1000)
    assert (await office.only()).due_at == 2000 + DAY
    await office.schedules.stop(due.id, StopReason.REFUSED)
    assert not await office.schedules.bring_forward(await office.only(), 2000 + 2 * DAY)


async def test_whatever_ends_a_post_ends_the_wait_for_its_thread(office: Office) -> None:
    for end in ("settle", "skip", "stop"):
        await office.add()
        office.now = 2000
        (due,) = await office.schedules.due(9)
        await office.schedules.claim(due, 2000 + DAY)
        await office.schedules.note_message(due.id, 1, 55)
        assert (await office.only()).message_id is None, "that is another post"
        await office.schedules.note_message(due.id, 2000, 55)
        stands = await office.only()
        assert stands.message_id == 55
        match end:
            case "settle":
                await office.schedules.settle(due.id, 2000)
            case "skip":
                assert await office.schedules.skip(stands, 2000, 2000 + DAY)
            case _:
                await office.schedules.stop(due.id, StopReason.CHANNEL_GONE)
        assert (await office.only()).message_id is None
        assert await office.schedules.delete(due.id, GUILD)


async def test_what_is_stopped_is_due_no_more_until_it_goes_on(office: Office) -> None:
    await office.add()
    office.now = 2000
    (due,) = await office.schedules.due(9)
    await office.schedules.claim(due, 2000 + DAY)
    await office.schedules.stop(due.id, StopReason.CHANNEL_GONE)
    office.now += 9 * DAY
    assert await office.schedules.due(9) == []
    assert await office.schedules.next_at() is None
    stopped = await office.only()
    assert stopped.stopped is StopReason.CHANNEL_GONE
    await office.schedules.go_on(stopped, 2000 + 20 * DAY)
    assert await office.schedules.next_at() == 2000 + 20 * DAY


async def test_a_server_has_only_so_many(office: Office) -> None:
    adding = (
        office.schedules.add(GUILD, CHANNEL, "lm", PostKind.FACT, n, "UTC", 2000) for n in range(20)
    )
    assert sum(await asyncio.gather(*adding)) == MAX_A_GUILD
    await office.add(guild_id=GUILD + 1)


async def test_only_the_own_server_deletes(office: Office) -> None:
    await office.add()
    schedule = await office.only()
    assert not await office.schedules.delete(schedule.id, GUILD + 1)
    assert await office.schedules.find(schedule.id, GUILD + 1) is None
    assert await office.schedules.delete(schedule.id, GUILD)
    assert not await office.schedules.delete(schedule.id, GUILD)


async def test_what_comes_what_is_late_and_what_is_stopped_is_counted(office: Office) -> None:
    for due_at in (500, 1000, 1000 + 86_400, 1001 + 86_400):
        await office.add(due_at=due_at)
    last = (await office.schedules.list_for(GUILD))[-1]
    await office.schedules.stop(last.id, StopReason.REFUSED)
    office.now = 1000
    assert await office.schedules.outlook() == Outlook(due=3, stopped=1, overdue=2)


async def test_each_process_sees_the_servers_of_its_shards(
    office: Office, database: Database
) -> None:
    for number in range(6):
        await office.add(guild_id=number << 22)
    seen: list[int] = []
    for ids in ((0,), (1, 2)):
        part = Schedules(database, lambda: 2000.0, 3, ids)
        numbers = [schedule.guild_id >> 22 for schedule in await part.due(9)]
        assert {number % 3 for number in numbers} == set(ids)
        seen += numbers
        assert await part.next_at() == 2000
        assert await part.overdue() == len(numbers)
    assert sorted(seen) == list(range(6))
    assert await Schedules(database, lambda: 2000.0, 3, ()).next_at() is None
