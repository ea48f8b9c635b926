"""Four processes on one PostgreSQL: killed, cut off, restarted, and members notice little."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from playground import Channel, User
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.tables import new_channel
from tests.end_to_end.town import (
    PROCESSES,
    SHARDS,
    TAKEN_SECONDS,
    Town,
    doubles_watched,
    new_town,
)
from tests.postgresql import Server, name_in

BUSY_SECONDS = 10.0
"""What a machine that is busy with other tests adds to whatever there is time for."""
MOMENT_SECONDS = 4.0
"""Less than who was too slow would take to give up the locks that another one has by then."""
ANSWER_MS = 3000
"""Within which a member is answered, whatever the database does."""
DRAWS = (("quote", {}), ("trivia", {}), ("trivia", {"rounds": 5}))
_AGAIN = "locks of the state database: working again"


@pytest.fixture(scope="module")
async def town(
    server: Server, content: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Town]:
    url = server.create_database()
    async with new_town(tmp_path_factory.mktemp("town"), content, url) as town:
        yield town


async def test_all_shards_are_served_and_the_commands_registered_once(town: Town) -> None:
    hosts = town.hosts
    assert await hosts.until(lambda: all(map(len, hosts.owners().values())))
    shares = sorted(sorted(hosts.shards_of(bot)) for bot in hosts.bots)
    assert shares == [[*range(n, n + 4)] for n in range(0, SHARDS, 4)]
    registrations = [one for one in town.discord.record if one.method == "PUT"]
    assert [one.route for one in registrations] == ["/applications/{application_id}/commands"]


@pytest.mark.parametrize("deaths", [1, pytest.param(2 * PROCESSES, marks=pytest.mark.thorough)])
async def test_processes_that_are_killed_lose_nothing_and_double_nothing(
    town: Town, deaths: int
) -> None:
    await town.spare()
    posted = town.posted()
    await town.schedule(range(SHARDS))
    async with town.busy(range(1, SHARDS, 2)), town.playing(range(0, SHARDS, 2)):
        for n in range(deaths):
            await town.until_all_go_on()
            if n == 0:
                town.go_on(2)
            await _die(town, is_spared=n % 2 == 0)
        await town.until_all_go_on()
    assert await town.until_posted([n + 1 for n in posted]), (posted, town.posted())


async def _die(town: Town, *, is_spared: bool) -> None:
    """Kill a process: a spare takes its place, or it does so itself once it is started again."""
    hosts, spare, victim = town.hosts, await town.spare(), town.servers()[0]
    orphans = hosts.shards_of(victim)
    await hosts.kill(victim, *(() if is_spared else (spare,)))
    if not is_spared:
        await hosts.relaunch(victim)
    heir = spare if is_spared else victim
    assert await town.until_served(orphans, heir) < TAKEN_SECONDS + BUSY_SECONDS


async def test_processes_in_one_folder_are_replaced_as_well(
    content: Path, tmp_path: Path, is_thorough: bool
) -> None:
    async with new_town(tmp_path, content, None) as town:
        assert {bot.data_dir for bot in town.hosts.bots} == {tmp_path / "var"}
        async with town.busy(range(0, SHARDS, 4)), town.playing(range(1, SHARDS, 4)):
            if is_thorough:
                await _die(town, is_spared=True)
            await _die(town, is_spared=False)
            await town.until_all_go_on()


async def test_a_process_whose_locks_are_lost_takes_them_up_again(
    town: Town, server: Server
) -> None:
    hosts, spare, victim = town.hosts, await town.spare(), town.servers()[0]
    shards = hosts.shards_of(victim)
    async with doubles_watched(town.discord) as doubles:
        before = victim.count(_AGAIN)
        _cut_off(server, town, victim)
        assert await hosts.until(lambda: victim.count(_AGAIN) > before)
    assert hosts.shards_of(victim) == shards
    assert hosts.shards_of(spare) == set()
    assert not doubles


async def test_a_process_that_was_too_slow_to_take_its_locks_up_again_ends(
    town: Town, server: Server
) -> None:
    hosts, spare, victim = town.hosts, await town.spare(), town.servers()[0]
    shards = hosts.shards_of(victim)
    with victim.frozen():
        _cut_off(server, town, victim)
        assert await hosts.until(lambda: shards <= hosts.shards_of(spare))
    async with doubles_watched(town.discord) as doubles:
        assert await victim.ended() == 75
    assert "has taken place" in victim.log[-1]
    assert max(doubles.values(), default=0) <= MOMENT_SECONDS * 100


def _cut_off(server: Server, town: Town, bot: BotProcess) -> None:
    """End the connection on which a process holds its locks."""
    assert town.hosts.database_url
    database = name_in(town.hosts.database_url)
    server.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        f" WHERE datname = '{database}' AND application_name LIKE 'Encore on %, process {bot.pid}'"
    )


async def test_a_rolling_restart_moves_shards_at_once_and_repeats_nothing(
    town: Town, is_thorough: bool
) -> None:
    hosts = town.hosts
    async with town.playing(range(0, SHARDS, 4)):
        for _n in range(PROCESSES if is_thorough else 1):
            spare, leaver = await town.spare(), town.servers()[0]
            shards = hosts.shards_of(leaver)
            channel = new_channel(town.discord, hosts.guilds[min(shards)])
            before = [await _quote(town, channel) for _n in range(8)]
            assert await hosts.stop(leaver) == [0]
            assert await town.until_placed(spare) < TAKEN_SECONDS
            assert await town.until_served(shards, spare) < TAKEN_SECONDS + BUSY_SECONDS
            after = [await _quote(town, channel) for _n in range(8)]
            assert len({*before, *after}) == 16
            await hosts.relaunch(leaver)


async def _quote(town: Town, channel: Channel) -> str:
    """Draw a quote in a channel; gives its number."""
    drawn = await town.discord.members.use_command(town.discord.world.mika, channel, "quote")
    number = re.search(r"Quote (\d+)", drawn.text)
    assert number, drawn
    return number[1]


async def test_who_is_deleted_through_one_process_is_brought_back_by_none(
    town: Town, server: Server
) -> None:
    await town.spare()
    hosts, guest = town.hosts, town.guest()
    dm = town.discord.world.dm(guest)
    for shard in range(0, SHARDS, 4):
        await _leave_traces(town, guest, new_channel(town.discord, hosts.guilds[shard]))
    await _leave_traces(town, guest, dm)
    assert {guest.id, dm.id} <= _ids(server, town)
    await _delete(town, guest, "quote")
    assert {guest.id, dm.id} & _ids(server, town) == set()
    # The games that were deleted are led for a moment more, and who stops writes what is in memory.
    await asyncio.sleep(2)
    await hosts.stop(*town.servers())
    assert {guest.id, dm.id} & _ids(server, town) == set()


async def test_what_was_drawn_just_before_a_deletion_is_not_written_after_it(
    town: Town, server: Server
) -> None:
    await town.spare()
    guests = [town.guest() for _n in range(3)]
    for guest, (command, options) in zip(guests, DRAWS, strict=True):
        await _delete(town, guest, command, options)
    await town.hosts.stop(*town.servers())
    dms = [town.discord.world.dm(guest) for guest in guests]
    names = {one.id for one in (*guests, *dms)}
    assert names & _ids(server, town) == set()


async def _delete(
    town: Town, guest: User, command: str, options: Mapping[str, object] | None = None
) -> None:
    """Have somebody deleted in a server, right after they did something in direct messages."""
    members, dm = town.discord.members, town.discord.world.dm(guest)
    panel = (await town.hosts.use(SHARDS - 1, "privacy", guest)).message
    assert panel
    await members.press(guest, panel, "Delete everything")
    await members.use_command(guest, dm, command, options)
    told = await members.press(guest, panel, "Delete everything")
    assert "everything about you is deleted" in told.text


async def _leave_traces(town: Town, guest: User, channel: Channel) -> None:
    """Have somebody leave what they can in a channel."""
    members = town.discord.members
    for command, part in (("quote", ":save:"), ("trivia", ":answer:"), ("today", ":answer:")):
        shown = (await members.use_command(guest, channel, command)).message
        assert shown, command
        pressable = [one for one in shown.custom_ids if part in one]
        # What they saved in another channel may come again, and then says so.
        if pressable or command != "quote":
            await members.press(guest, shown, pressable[0])
    await members.use_command(guest, channel, "fact")
    begun = await members.use_command(guest, channel, "trivia", {"rounds": 5})
    assert begun.status == "answered"


def _ids(server: Server, town: Town) -> set[int]:
    """List all numbers of the state that can be an id, those within texts too."""
    assert town.hosts.database_url
    rows = server.rows(name_in(town.hosts.database_url))
    return {int(number) for row in rows for number in re.findall(r"\d{15,20}", row)}


@pytest.mark.parametrize("seconds", [0, pytest.param(10, marks=pytest.mark.thorough)])
async def test_a_database_that_is_away_loses_nothing_and_every_press_is_answered(
    town: Town, server: Server, seconds: int
) -> None:
    hosts = town.hosts
    await town.spare()
    owners = hosts.owners()
    began = [(bot, bot.count(_AGAIN)) for bot in hosts.running()]
    await town.schedule(range(0, SHARDS, 4))
    posted = town.posted()
    async with town.busy(range(1, SHARDS, 2)), town.playing(range(0, SHARDS, 4)):
        await town.until_all_go_on()
        await asyncio.to_thread(server.stop)
        town.go_on(2)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(server.start)
        await town.until_all_go_on()
        assert await hosts.until(lambda: all(bot.count(_AGAIN) > count for bot, count in began))
    assert hosts.owners() == owners
    outcomes = [outcome for one in town.regulars for outcome in one.outcomes]
    assert [one for one in outcomes if not one.ms or one.ms > ANSWER_MS] == []
    due = [n + (shard % 4 == 0) for shard, n in enumerate(posted)]
    assert await town.until_posted(due), (due, town.posted())
