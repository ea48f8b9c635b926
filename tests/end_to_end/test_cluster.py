"""Two processes in one data folder, each with shards of its own, are one bot to its members."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from playground.session_starts import IDENTIFY_SECONDS
from tests.end_to_end.cluster import Cluster, large_discord
from tests.end_to_end.conftest import complaints


@pytest.fixture(scope="module")
async def pair(content: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cluster]:
    """Give two processes that share four shards."""
    folder = tmp_path_factory.mktemp("pair")
    async with (
        large_discord(shards=4) as discord,
        Cluster(discord, folder, content, shard_count=4) as cluster,
    ):
        for shard_ids in ("0,1", "2,3"):
            await cluster.launch(SHARD_COUNT="4", SHARD_IDS=shard_ids)
        await cluster.until_whole()
        yield cluster
    assert cluster.errors() == []
    assert complaints(discord) == []


async def test_each_process_serves_its_own_shards(pair: Cluster) -> None:
    first, second = pair.bots
    assert await pair.until(lambda: all(pair.owners().values()))
    assert pair.owners() == {0: [first], 1: [first], 2: [second], 3: [second]}


async def test_members_of_every_shard_are_answered(pair: Cluster) -> None:
    for shard in range(4):
        outcome = await pair.use(shard, "quote")
        assert outcome.status == "answered"
        assert outcome.refused == []
        assert outcome.message is not None
        pressed = await pair.press(shard, outcome.message, "Save")
        assert pressed.status == "answered"
        assert pressed.refused == []


async def test_what_is_kept_through_one_process_is_found_through_the_other(pair: Cluster) -> None:
    noor = pair.discord.world.noor
    outcome = await pair.use(0, "quote", noor)
    assert outcome.message is not None
    await pair.press(0, outcome.message, "Save", noor)
    assert "1 saved quote" in (await pair.use(3, "saved", noor)).text


async def test_direct_messages_are_answered_by_one_of_them(pair: Cluster) -> None:
    world, members = pair.discord.world, pair.discord.members
    outcome = await members.use_command(world.mika, world.dm(world.mika), "quote")
    assert outcome.status == "answered"
    assert outcome.refused == []


async def test_a_process_that_died_takes_its_shards_up_again(pair: Cluster) -> None:
    second = pair.bots[1]
    await pair.kill(second)
    assert await pair.until(lambda: pair.shards() == {0, 1})
    assert (await pair.use(0, "quote")).status == "answered"
    await pair.relaunch(second)
    await pair.until_whole()
    assert await pair.until(lambda: pair.shards_of(second) == {2, 3})
    assert (await pair.use(3, "quote")).status == "answered"


async def test_no_two_sessions_of_a_bucket_begin_within_five_seconds(pair: Cluster) -> None:
    starts = pair.discord.starts
    assert {start.shard for start in starts.latest} == {(n, 4) for n in range(4)}
    assert starts.too_early == []
    assert starts.shortest_pause >= IDENTIFY_SECONDS
