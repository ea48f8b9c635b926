"""The stores of a process share a database and a clock."""

from bot.state.database import Database
from bot.state.schedules import PostKind
from bot.state.state import State


async def test_the_clock_of_the_process_is_that_of_every_store(database: Database) -> None:
    state = State.of(database, lambda: 123.0)
    assert state.games.now() == state.schedules.now() == 123
    await state.saved.add(7, "boat", 3)
    await state.erasure.guild_left(1)
    ((saved_at, left_at),) = await database.read(
        "SELECT saved_at, left_at FROM saved CROSS JOIN left_guild"
    )
    assert saved_at == left_at == 123


async def test_a_process_posts_for_the_servers_of_its_shards(database: Database) -> None:
    first, second = (
        State.of(database, lambda: 99.0, shard_count=2, shard_ids=(n,)) for n in range(2)
    )
    assert await first.schedules.add(1 << 22, 5, "boat", PostKind.FACT, 60, "UTC", 50)
    assert await first.schedules.due(9) == []
    assert len(await second.schedules.due(9)) == 1
