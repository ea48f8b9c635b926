"""The measured numbers as tables, each row with its verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.child import Memory
from tests.benchmarks.measuring import IN_FLIGHT, Sample, Size, p99
from tests.benchmarks.pictures import AT_ONCE, Waits
from tests.benchmarks.posts import Posting
from tests.benchmarks.rows import (
    LARGE_TARGETS,
    MEMORY_TARGET_MB,
    P99_TARGET,
    RACE_TARGET_S,
    READING_TARGET_S,
    START_TARGET_S,
    Row,
)
from tests.benchmarks.scores import AT_ONCE as AT_ONCE_IN_A_ROUND
from tests.benchmarks.scores import Race
from tests.benchmarks.slow_core import A_SECOND, SHARE

MISS = "MISS"
_JUDGED = ("shape", "ratio", "target", "verdict")


@dataclass(frozen=True)
class Resting:
    """What a bot costs that does nothing: the seconds until READY, and its memory."""

    start_s: float
    memory: Memory


def answers_table(measured: Mapping[Row, Mapping[str, Sample]], size: Size, in_flight: int) -> str:
    """Compare the bot with the floor of the usual shape."""
    heading = f"Answers beside shape ({_how(size, in_flight)})"
    lines = [
        ["row", "CPU ms", *_JUDGED, "answers/s", "shape", "p50 ms", "shape", "p99 ms", *_JUDGED]
    ]
    for row, samples in measured.items():
        ours, shape = samples["ours"], samples["shape"]
        p99_target = None if row.cpu_target is None else P99_TARGET
        lines.append(
            [
                row.title,
                *compared(ours.cpu_ms, shape.cpu_ms, row.cpu_target),
                f"{ours.per_second:.0f}",
                f"{shape.per_second:.0f}",
                f"{ours.p50_ms:.1f}",
                f"{shape.p50_ms:.1f}",
                *compared(ours.p99_ms, shape.p99_ms, p99_target, digits=1),
            ]
        )
    return f"{heading}\n{aligned(lines)}"


def empty_line(sample: Sample) -> str:
    return (
        f"A constant string from empty: CPU {sample.cpu_ms:.3f} ms, {sample.per_second:.0f} "
        f"answers/s, p50 {sample.p50_ms:.1f} ms, p99 {sample.p99_ms:.1f} ms"
    )


def resting_table(ours: Resting, empty: Resting, first: Resting) -> str:
    """Compare the idle bot with the empty one."""
    lines = [
        ["row", "ours", "empty", "more", "target", "verdict"],
        ["start to READY (s)", *_added(ours.start_s, empty.start_s, START_TARGET_S, 2)],
        [
            "idle memory, RSS (MB)",
            *_added(ours.memory.rss, empty.memory.rss, MEMORY_TARGET_MB, 1),
        ],
        [
            "idle memory, PSS (MB)",
            *_added(ours.memory.pss, empty.memory.pss, MEMORY_TARGET_MB, 1),
        ],
        [
            "idle memory after the first start, RSS (MB)",
            *_added(first.memory.rss, empty.memory.rss, MEMORY_TARGET_MB, 1),
        ],
        ["first start, content built (s)", f"{first.start_s:.2f}", "", "", "", ""],
    ]
    return f"At rest beside empty\n{aligned(lines)}"


def pictures_table(waits: Waits) -> str:
    """Compare what members wait while pictures are drawn with what they wait otherwise."""
    alone, beside = waits.p99()
    lines = [
        ["row", "beside", "alone", "ratio", "target", "verdict"],
        ["p99 of /quote (ms)", *compared(beside, alone, P99_TARGET, digits=1)],
    ]
    how = f"{AT_ONCE} asked for in a second, {len(waits.beside)} commands"
    each = " ".join(f"{one:.1f}" for one in waits.p99_of_each())
    return f"Commands beside pictures ({how})\n{aligned(lines)}\nIn each second beside: {each}"


def slow_table(ours: Sequence[float], shape: Sequence[float]) -> str:
    """Compare what members wait for two bots that have little of a core."""
    lines = [["row", "ours", "shape", "ratio"]]
    for name, of in (("p50", median), ("p99", p99)):
        cells = compared(of(ours), of(shape), None, digits=1)
        lines.append([f"{name} on a slow core (ms)", *cells[:3]])
    how = f"{A_SECOND} a second, {SHARE * 100:.0f} % of a core"
    return f"/quote on a slow core ({how})\n{aligned(lines)}"


def posts_table(found: Posting) -> str:
    """Compare what members wait while daily posts go out with what they wait otherwise."""
    alone, beside = found.waits.p99()
    lines = [
        ["row", "beside", "alone", "ratio", "target", "verdict"],
        ["p99 beside daily posts (ms)", *compared(beside, alone, P99_TARGET, digits=1)],
    ]
    how = (
        f"{found.servers} due at once, {found.most_a_second()} requests in the busiest second,"
        f" {found.refused} times 429"
    )
    return f"Commands beside daily posts ({how})\n{aligned(lines)}"


def boards_table(found: Mapping[str, tuple[float, float]]) -> str:
    """Compare boards over many answers with those over few."""
    lines = [["row", "many ms", "few ms", "ratio", "target", "verdict"]]
    lines += [[name, *compared(many, few, P99_TARGET)] for name, (few, many) in found.items()]
    return f"Boards over many answers beside few\n{aligned(lines)}"


def race_line(found: Race) -> str:
    return (
        f"{AT_ONCE_IN_A_ROUND} answers in one round: CPU {found.ours_s:.3f} s,"
        f" bare inserts {found.floor_s:.3f} s, {found.counted} counted,"
        f" {_verdict(found.ours_s, RACE_TARGET_S)}"
    )


def reading_table(found: Mapping[str, tuple[float, float]]) -> str:
    """Compare reading long transcripts with what their formats alone cost."""
    lines = [["row", "CPU s", "format", "ratio", "target s", "verdict"]]
    for suffix, (ours, floor) in found.items():
        verdict = [f"{READING_TARGET_S:.2f}", _verdict(ours, READING_TARGET_S)]
        lines.append([f"a transcript, .{suffix}", *compared(ours, floor, None)[:3], *verdict])
    return f"Reading 5 MB of transcript beside its format\n{aligned(lines)}"


def large_table(
    measured: Mapping[Row, Mapping[str, Sample]], resting: Mapping[str, Memory], size: Size
) -> str:
    """Compare the bot on large packs with itself on a small one."""
    small, *larger = resting
    lines = [
        ["row", "quotes", "CPU ms", "ratio", "target", "verdict", "answers/s", "p50 ms", "p99 ms"]
    ]
    for row, samples in measured.items():
        for name, sample in samples.items():
            is_judged = larger and name == larger[-1]
            target = LARGE_TARGETS[row.key] if is_judged else None
            cpu, _small, *verdict = compared(sample.cpu_ms, samples[small].cpu_ms, target)
            lines.append(
                [
                    row.title,
                    f"{int(name):,}",
                    cpu,
                    *verdict,
                    f"{sample.per_second:.0f}",
                    f"{sample.p50_ms:.1f}",
                    f"{sample.p99_ms:.1f}",
                ]
            )
    lines += [
        ["memory after that (MB)", f"{int(name):,}", f"{one.rss:.1f}", *[""] * 6]
        for name, one in resting.items()
    ]
    return f"Large packs beside the smallest ({_how(size)})\n{aligned(lines)}"


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Set cells in columns: the first to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def compared(ours: float, floor: float, target: float | None, digits: int = 3) -> list[str]:
    ratio = ours / floor
    cells = [f"{ours:.{digits}f}", f"{floor:.{digits}f}", f"{ratio:.2f}"]
    if target is None:
        return [*cells, "", ""]
    return [*cells, f"{target:.2f}", _verdict(ratio, target)]


def _added(ours: float, floor: float, target: float, digits: int) -> list[str]:
    more = ours - floor
    cells = [f"{number:.{digits}f}" for number in (ours, floor, more, target)]
    return [*cells, _verdict(more, target)]


def _verdict(found: float, target: float) -> str:
    return "ok" if round(found, 2) <= target else MISS


def _how(size: Size, in_flight: int = IN_FLIGHT[-1]) -> str:
    rounds = "1 round" if size.rounds == 1 else f"medians of {size.rounds} rounds"
    return f"{rounds} of {size.answers} answers, {in_flight} at a time, on one CPU"
