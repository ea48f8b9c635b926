"""What processes note of themselves is there for all of them, and forgotten when it is old."""

from dataclasses import replace

from bot.state.database import Database
from bot.state.processes import LIVE_SECONDS, Processes, ProcessNote

NOTE = ProcessNote(
    id="one",
    host="alpha",
    pid=17,
    version="0.1.0",
    content="ab12",
    started_at=1_700_000_000,
    place=1,
    processes=4,
    shard_count=16,
    shard_ids=(4, 5, 6, 7),
)
SPARE = ProcessNote(
    id="spare", host="beta", pid=3, version="0.1.0", content="ab12", started_at=1, processes=4
)
ALONE = replace(NOTE, id="alone", place=None, processes=None, shard_count=None, shard_ids=())


async def test_what_was_noted_is_read_by_place_and_spares_at_the_end(database: Database) -> None:
    processes = Processes(database)
    first = replace(NOTE, id="two", place=0)
    for note in (SPARE, NOTE, first):
        await processes.put(note)
    assert await processes.live() == [first, NOTE, SPARE]
    assert [note.is_spare for note in (first, SPARE, ALONE)] == [False, True, False]


async def test_a_note_follows_what_a_process_does(database: Database) -> None:
    processes = Processes(database)
    await processes.put(SPARE)
    await processes.put(replace(SPARE, place=2, shard_count=16, shard_ids=(8, 9)))
    (note,) = await processes.live()
    assert (note.place, note.shard_ids, note.is_spare) == (2, (8, 9), False)
    await processes.remove(SPARE.id)
    assert await processes.live() == []


async def test_who_was_not_heard_of_for_a_while_has_ended(database: Database) -> None:
    processes = Processes(database)
    await processes.put(NOTE)
    await database.write("UPDATE process SET seen_at = seen_at - :s", s=float(LIVE_SECONDS + 1))
    assert await processes.live() == []
    await processes.put(NOTE)
    assert await processes.live() == [NOTE]


async def test_who_has_a_place_now_is_the_only_one_there(database: Database) -> None:
    processes = Processes(database)
    heir, other = replace(NOTE, id="heir"), replace(NOTE, id="other", place=2)
    for note in (NOTE, other, SPARE):
        await processes.put(note)
    await processes.remove_others_at(1, heir.id)
    await processes.put(heir)
    assert await processes.live() == [heir, other, SPARE]
