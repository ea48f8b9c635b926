"""Four processes on one PostgreSQL: killed, cut off, restarted, and members notice little."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.end_to_end.stage import BotProcess
from tests.end_to_end.town import (
    CLAIM_MINUTES,
    PROCESSES,
    SHARDS,
    TAKEN_SECONDS,
    Town,
    doubles_watched,
    new_town,
)
from tests.postgresql import Server, name_in

MOMENT_SECONDS = 1.5
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


@pytest.mark.parametrize("deaths", [2, pytest.param(2 * PROCESSES, marks=pytest.mark.thorough)])
async def test_processes_that_are_killed_lose_nothing_and_double_nothing(
    town: Town, deaths: int
) -> None:
    posted = [len(town.posts(shard)) for shard in range(SHARDS)]
    await town.schedule(range(SHARDS))
    async with town.busy(range(1, SHARDS, 2)), town.playing(range(0, SHARDS, 2)):
        for n in range(deaths):
            await town.until_all_go_on()
            if n == 0:
                town.go_on(2)
            await _die(town, is_spared=n % 2 == 0)
        await town.until_all_go_on()
    town.go_on(CLAIM_MINUTES)
    assert await town.hosts.until(lambda: all(town.posts(shard) for shard in range(SHARDS)))
    assert [len(town.posts(shard)) for shard in range(SHARDS)] == [n + 1 for n in posted]


async def _die(town: Town, *, is_spared: bool) -> None:
    """Kill a process: a spare takes its place, or it does so itself once it is started again."""
    hosts, spare, victim = town.hosts, await town.spare(), town.servers()[0]
    orphans = hosts.shards_of(victim)
    await hosts.kill(victim, *(() if is_spared else (spare,)))
    if not is_spared:
        await hosts.relaunch(victim)
    heir = spare if is_spared else victim
    assert await town.until_served(orphans, heir) < TAKEN_SECONDS


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
        assert await hosts.until(lambda: shards <= hosts.shards_of(spare), TAKEN_SECONDS)
    async with doubles_watched(town.discord) as doubles:
        assert await victim.ended() == 75
    assert "has taken over: place-" in victim.log[-1]
    assert max(doubles.values()) <= MOMENT_SECONDS * 100


def _cut_off(server: Server, town: Town, bot: BotProcess) -> None:
    """End the connection on which a process holds its locks."""
    assert town.hosts.database_url
    database = name_in(town.hosts.database_url)
    server.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        f" WHERE datname = '{database}' AND application_name LIKE 'Encore on %, process {bot.pid}'"
    )
