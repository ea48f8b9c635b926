"""How fast the bot answers, beside two floors in the same run: `python -m tests.benchmarks`."""

import argparse
import asyncio
import json
import statistics
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from tests.benchmarks import table
from tests.benchmarks.child import Memory, leave_a_cpu
from tests.benchmarks.floors import loop_factory
from tests.benchmarks.measuring import FULL, QUICK, Sample, Size, in_turns, typical_answer
from tests.benchmarks.packs import large_environment
from tests.benchmarks.pictures import waits_beside_pictures
from tests.benchmarks.posts import waits_beside_posts
from tests.benchmarks.profiling import profile_of, profile_path
from tests.benchmarks.rows import LARGE_ROWS, ROWS, Row
from tests.benchmarks.scores import boards, race
from tests.benchmarks.subject import Subject, new_subject, real_environment
from tests.benchmarks.transcripts import reading

REAL = ("bot", "run")
EMPTY = ("tests.benchmarks.floors", "empty")
SHAPE = ("tests.benchmarks.floors", "shape")
RESTING, LARGE, PICTURES, SCORES = "resting", "large", "pictures", "scores"
POSTS, READING = "posts", "reading"


async def measure(folder: Path, size: Size, wanted: list[str]) -> None:
    """Print a table for what is wanted, as soon as it is known."""
    rows = [row for row in ROWS if row.key in wanted]
    if rows:
        await _answers(folder, size, rows)
    if RESTING in wanted:
        await _resting(folder, size)
    if PICTURES in wanted:
        await _pictures(folder, size)
    if POSTS in wanted:
        await _posts(folder, size)
    if SCORES in wanted:
        print(table.boards_table(await boards(folder, size)))
        print(table.race_line(await race(folder, size)), end="\n\n", flush=True)
    if READING in wanted:
        print(table.reading_table(reading(folder, size)), end="\n\n", flush=True)
    if LARGE in wanted:
        await _large(folder, size)


async def _answers(folder: Path, size: Size, rows: list[Row]) -> None:
    async with _real_and_shape(folder, rows) as (ours, shape):
        found = {}
        for row in rows:
            found[row] = await in_turns(row, {"ours": ours, "shape": shape}, size)
        after = ours.child.memory().rss, shape.child.memory().rss
    async with new_subject(folder / "empty", EMPTY, {}) as empty:
        await empty.child.start()
        constant = (await in_turns(ROWS[0], {"empty": empty}, size))["empty"]
    print(table.answers_table(found, size))
    print(table.empty_line(constant))
    print(f"Memory after that: ours {after[0]:.1f} MB, shape {after[1]:.1f} MB\n", flush=True)


@asynccontextmanager
async def _real_and_shape(
    folder: Path, rows: list[Row], *, is_profiled: bool = False
) -> AsyncIterator[tuple[Subject, Subject]]:
    """Start the real bot, and the floor with the answers that the real bot gives."""
    real_folder, shape_folder = folder / "ours", folder / "shape"
    shapes = folder / "shapes.json"
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(
            new_subject(
                real_folder,
                _command(REAL, real_folder, is_profiled=is_profiled),
                real_environment(real_folder),
            )
        )
        await ours.child.start()
        # Buttons are pressed on what commands answer, so all the shapes are needed.
        answers = {row.key: await typical_answer(ours, row, 15) for row in ROWS}
        shapes.write_text(json.dumps(answers), "utf-8")
        shape = await stack.enter_async_context(
            new_subject(
                shape_folder,
                _command(SHAPE, shape_folder, is_profiled=is_profiled),
                {"SHAPES": str(shapes)},
            )
        )
        await shape.child.start()
        for row in rows:
            answer = await typical_answer(shape, row, 1)
            if answer != answers[row.key]:
                raise RuntimeError(f"the shape differs:\n{answer}\n{answers[row.key]}")
        yield ours, shape


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
        first_start_s = await ours.child.start()
        await ours.child.stop()
        found: dict[str, list[tuple[float, Memory]]] = {"ours": [], "empty": []}
        for _round in range(size.rounds):
            for name, subject in (("ours", ours), ("empty", empty)):
                seconds = await subject.child.start()
                await asyncio.sleep(size.idle_seconds)
                found[name].append((seconds, subject.child.memory()))
                await subject.child.stop()
    resting = {name: _middle(samples) for name, samples in found.items()}
    print(table.resting_table(resting["ours"], resting["empty"], first_start_s), end="\n\n")


def _middle(samples: list[tuple[float, Memory]]) -> table.Resting:
    return table.Resting(
        statistics.median(seconds for seconds, _memory in samples),
        Memory(
            statistics.median(memory.rss for _seconds, memory in samples),
            statistics.median(memory.pss for _seconds, memory in samples),
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
                await typical_answer(subject, row, 3)
            found[row] = await in_turns(row, subjects, size)
        resting = {name: subject.child.memory() for name, subject in subjects.items()}
    print(table.large_table(found, resting, size), end="\n\n")


async def profile(folder: Path, size: Size, key: str) -> None:
    """Print where the time of a row goes, in the bot and in the floor."""
    row = next(one for one in ROWS if one.key == key)
    async with _real_and_shape(folder, [row], is_profiled=True) as (ours, shape):
        print(await profile_of(ours, row, size))
        print("The floor:", await profile_of(shape, row, size))


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        for state in kept.glob("*/var/state.sqlite3*"):
            state.unlink()
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="encore-benchmarks-") as folder:
        yield Path(folder)


def main() -> None:
    keys = [*(row.key for row in ROWS), RESTING, PICTURES, POSTS, SCORES, READING, LARGE]
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every row with few answers")
    parser.add_argument("--rows", nargs="+", choices=keys, default=keys, metavar="ROW")
    parser.add_argument("--profile", choices=[row.key for row in ROWS], metavar="ROW")
    parser.add_argument("--folder", type=Path, help="keep packs, profiles and logs there")
    arguments = parser.parse_args()
    size = QUICK if arguments.quick else FULL
    leave_a_cpu()
    with _folder(arguments.folder) as folder, asyncio.Runner(loop_factory=loop_factory()) as runner:
        if arguments.profile:
            runner.run(profile(folder, size, arguments.profile))
        else:
            runner.run(measure(folder, size, arguments.rows))


if __name__ == "__main__":
    main()
