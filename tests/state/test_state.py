"""The stores of a process share a database and a clock."""

from collections.abc import Sequence

from bot.state.database import Database, Row, Statement
from bot.state.schedules import PostKind
from bot.state.state import State
from tests.state.stage import scans


class WatchedWrites(Database):
    """A state that keeps what its statements would read from the first row to the last."""

    def __init__(self, database: Database) -> None:
        vars(self).update(vars(database))
        self.scans: list[str] = []

    async def write_all(self, *statements: Statement) -> Sequence[Sequence[Row]]:
        for sql, parameters, *_of in statements:
            by_name = isinstance(parameters, dict)
            self.scans += await (
                scans(self, sql, **parameters) if by_name else scans(self, sql, *parameters)
            )
        return await super().write_all(*statements)


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


async def test_what_is_old_is_found_without_reading_all_that_there_is(state_file: Database) -> None:
    watched = WatchedWrites(state_file)
    state = State.of(watched, lambda: 1_800_000_000.0)
    await state.questions.forget_old()
    await state.games.forget_old()
    await state.scores.forget_old()
    await state.bags.forget_unused()
    await state.bags.forget_channels([1, 2])
    assert watched.scans == []
