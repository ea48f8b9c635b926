"""How fast the bot answers, beside two floors in the same run: `python -m tests.benchmarks`.

`python -m tests.benchmarks cluster` measures many processes, servers and answers, on both engines.
"""

import argparse
import asyncio
import statistics
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from tests.benchmarks import table
from tests.benchmarks.child import Memory, leave_a_cpu
from tests.benchmarks.cluster import PARTS, measure_cluster
from tests.benchmarks.floors import loop_factory
from tests.benchmarks.measuring import FULL, IN_FLIGHT, QUICK, Sample, Size, check, in_turns
from tests.benchmarks.packs import large_environment
from tests.benchmarks.pictures import waits_beside_pictures
from tests.benchmarks.posts import waits_beside_posts
from tests.benchmarks.profiling import profile_of, profile_path
from tests.benchmarks.rows import LARGE_ROWS, ROWS, Row
from tests.benchmarks.scores import boards, race
from tests.benchmarks.slow_core import waits_on_a_slow_core
from tests.benchmarks.subject import Subject, new_subject, real_environment
from tests.benchmarks.transcripts import reading

REAL = ("bot", "run")
EMPTY = ("tests.benchmarks.floors", "empty")
SHAPE = ("tests.benchmarks.floors", "shape")
SLOW = "slow"
CLUSTER = "cluster"


async def measure(folder: Path, size: Size, wanted: list[str]) -> None:
    """Print a table for what is wanted, as soon as it is known."""
    rows = [row for row in ROWS if row.key in wanted]
    if rows:
        await _answers(folder, size, rows)
    for key, show in OTHERS.items():
        if key in wanted:
            await show(folder, size)


async def _answers(folder: Path, size: Size, rows: list[Row]) -> None:
    found: dict[int, dict[Row, dict[str, Sample]]] = {one: {} for one in IN_FLIGHT}
    async with _real_and_shape(folder) as subjects:
        for row in rows:
            await check(subjects["ours"], row, 15)
            for in_flight in IN_FLIGHT:
                found[in_flight][row] = await in_turns(row, subjects, size, in_flight)
        after = {name: subject.child.memory().rss for name, subject in subjects.items()}
    async with new_subject(folder / "empty", EMPTY, {}) as empty:
        await empty.child.start()
        for in_flight in IN_FLIGHT:
            constant = await in_turns(ROWS[0], {"empty": empty}, size, in_flight)
            print(table.answers_table(found[in_flight], size, in_flight))
            print(table.empty_line(constant["empty"]), end="\n\n")
    print(f"Memory after that: ours {after['ours']:.1f} MB, shape {after['shape']:.1f} MB\n")


@asynccontextmanager
async def _real_and_shape(
    folder: Path, *, is_profiled: bool = False
) -> AsyncIterator[dict[str, Subject]]:
    """Start the real bot, and the floor of the usual shape."""
    subjects: dict[str, Subject] = {}
    async with AsyncExitStack() as stack:
        for name, command in (("ours", REAL), ("shape", SHAPE)):
            own = folder / name
            environment = real_environment(own) if command is REAL else {}
            command_line = _command(command, own, is_profiled=is_profiled)
            subject = new_subject(own, command_line, environment)
            subjects[name] = await stack.enter_async_context(subject)
            await subjects[name].child.start()
        yield subjects


def _command(command: tuple[str, ...], folder: Path, *, is_profiled: bool) -> tuple[str, ...]:
    if not is_profiled:
        return command
    return "tests.benchmarks.profiled", str(profile_path(folder)), *command


async def _resting(folder: Path, size: Size) -> None:
    real_folder = folder / "resting"
    async with (
        new_subject(real_folder, REAL, real_environment(real_folder)) as ours,
        new_subject(folder / "empty-resting", EMPTY, {}) as empty,
    ):
        first = await _rest(ours, size)
        found: dict[str, list[table.Resting]] = {"ours": [], "empty": []}
        for _round in range(size.rounds):
            for name, subject in (("ours", ours), ("empty", empty)):
                found[name].append(await _rest(subject, size))
    resting = {name: _middle(samples) for name, samples in found.items()}
    print(table.resting_table(resting["ours"], resting["empty"], first), end="\n\n")


async def _rest(subject: Subject, size: Size) -> table.Resting:
    """Start a bot, and stop it when it has done nothing for a while."""
    seconds = await subject.child.start()
    await asyncio.sleep(size.idle_seconds)
    resting = table.Resting(seconds, subject.child.memory())
    await subject.child.stop()
    return resting


def _middle(samples: list[table.Resting]) -> table.Resting:
    return table.Resting(
        statistics.median(one.start_s for one in samples),
        Memory(
            statistics.median(one.memory.rss for one in samples),
            statistics.median(one.memory.pss for one in samples),
        ),
    )


async def _pictures(folder: Path, size: Size) -> None:
    environment = large_environment(folder, size.packs[1])
    async with new_subject(folder / "pictures", REAL, environment) as subject:
        await subject.child.start()
        waits = await waits_beside_pictures(subject, size)
    print(table.pictures_table(waits), end="\n\n", flush=True)


async def _posts(folder: Path, size: Size) -> None:
    environment = real_environment(folder / "posts")
    async with new_subject(folder / "posts", REAL, environment) as subject:
        found = await waits_beside_posts(subject, Path(environment["DATA_DIR"]), size)
    print(table.posts_table(found), end="\n\n", flush=True)


async def _large(folder: Path, size: Size) -> None:
    environments = {str(count): large_environment(folder, count) for count in size.packs}
    async with AsyncExitStack() as stack:
        subjects: dict[str, Subject] = {}
        for name, environment in environments.items():
            subjects[name] = await stack.enter_async_context(
                new_subject(folder / f"pack-{name}", REAL, environment)
            )
            await subjects[name].child.start()
        found: dict[Row, dict[str, Sample]] = {}
        for row in LARGE_ROWS:
            for subject in subjects.values():
                await check(subject, row, 3)
            found[row] = await in_turns(row, subjects, size)
        resting = {name: subject.child.memory() for name, subject in subjects.items()}
    print(table.large_table(found, resting, size), end="\n\n")


async def _slow(folder: Path, size: Size) -> None:
    async with _real_and_shape(folder / "slow") as subjects:
        found = {name: await waits_on_a_slow_core(one, size) for name, one in subjects.items()}
    print(table.slow_table(**found), end="\n\n", flush=True)


async def _scores(folder: Path, size: Size) -> None:
    print(table.boards_table(await boards(folder, size)))
    print(table.race_line(await race(folder, size)), end="\n\n", flush=True)


async def _reading(folder: Path, size: Size) -> None:
    print(table.reading_table(reading(folder, size)), end="\n\n", flush=True)


OTHERS: dict[str, Callable[[Path, Size], Awaitable[None]]] = {
    "resting": _resting,
    "pictures": _pictures,
    "posts": _posts,
    "scores": _scores,
    "reading": _reading,
    "large": _large,
    SLOW: _slow,
}


async def profile(folder: Path, size: Size, key: str) -> None:
    """Print where the time of a row goes, in the bot and in the floor."""
    row = next(one for one in ROWS if one.key == key)
    async with _real_and_shape(folder, is_profiled=True) as subjects:
        print(await profile_of(subjects["ours"], row, size))
        print("The floor:", await profile_of(subjects["shape"], row, size))


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        for state in kept.glob("**/var/state.sqlite3*"):
            state.unlink()
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="encore-benchmarks-") as folder:
        yield Path(folder)


def main() -> None:
    keys = [*(row.key for row in ROWS), *OTHERS]
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=[CLUSTER], help="instead of a single bot")
    parser.add_argument("--quick", action="store_true", help="every row with few answers")
    parser.add_argument("--rows", nargs="+", choices=[*keys, *PARTS], metavar="ROW")
    parser.add_argument(
        "--slow",
        action="store_true",
        help="only on a slow core; of a cluster also a hundred million answers",
    )
    parser.add_argument("--profile", choices=[row.key for row in ROWS], metavar="ROW")
    parser.add_argument("--folder", type=Path, help="keep packs, profiles and logs there")
    arguments = parser.parse_args()
    size = QUICK if arguments.quick else FULL
    leave_a_cpu()
    with _folder(arguments.folder) as folder, asyncio.Runner(loop_factory=loop_factory()) as runner:
        if arguments.profile:
            runner.run(profile(folder, size, arguments.profile))
        elif arguments.what == CLUSTER:
            parts = arguments.rows or list(PARTS)
            runner.run(measure_cluster(folder, size, parts, is_slow=arguments.slow))
        else:
            rows = [SLOW] if arguments.slow else arguments.rows or keys
            runner.run(measure(folder, size, rows))


if __name__ == "__main__":
    main()
