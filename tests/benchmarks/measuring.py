"""Batches of answers, in rounds that take turns, so that a noisy machine is noisy for all."""

import asyncio
import gc
import json
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from playground import Outcome
from tests.benchmarks.rows import Row
from tests.benchmarks.subject import Subject

IN_FLIGHT = 16
"""Members who act at the same time."""


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    answers: int
    rounds: int
    warm_up: int
    idle_seconds: float
    packs: tuple[int, int, int]


FULL = Size(2_000, 5, 300, 2.5, (50, 10_000, 1_000_000))
QUICK = Size(20, 1, 5, 0.1, (50, 200, 1_000))


@dataclass(frozen=True)
class Sample:
    """What a batch cost; all but the CPU time depend on the member's side as well."""

    cpu_ms: float
    per_second: float
    p50_ms: float
    p99_ms: float


def middle(samples: Sequence[Sample]) -> Sample:
    """Give the medians of some rounds."""
    return Sample(*map(statistics.median, zip(*map(astuple, samples), strict=True)))


async def in_turns(row: Row, subjects: Mapping[str, Subject], size: Size) -> dict[str, Sample]:
    """Measure a row with all the bots, one batch each a round; the medians of the rounds."""
    for subject in subjects.values():
        await batch(subject, row, size.warm_up)
    samples: dict[str, list[Sample]] = {name: [] for name in subjects}
    for _round in range(size.rounds):
        for name, subject in subjects.items():
            samples[name].append(await batch(subject, row, size.answers))
    return {name: middle(found) for name, found in samples.items()}


async def batch(subject: Subject, row: Row, count: int) -> Sample:
    """Have members do what a row says so many times, and measure the bot meanwhile."""
    subject.forget()
    act = await row.prepare(subject, count)
    times: list[float] = []
    numbers = iter(range(count))

    async def work() -> None:
        times.extend([_checked(await act(number), row) for number in numbers])

    gc.collect()
    gc.disable()
    cpu, began = subject.child.cpu_seconds(), time.perf_counter()
    await asyncio.gather(*(work() for _n in range(IN_FLIGHT)))
    seconds = time.perf_counter() - began
    await asyncio.sleep(row.rest_seconds)
    cpu = subject.child.cpu_seconds() - cpu
    gc.enable()
    return Sample(
        cpu * 1000 / count,
        count / seconds,
        statistics.median(times),
        statistics.quantiles(times, n=100, method="inclusive")[98],
    )


async def typical_answer(subject: Subject, row: Row, count: int) -> dict[str, Any]:
    """Give the answer of middling length among some that the bot gives in a row."""
    subject.forget()
    act = await row.prepare(subject, count)
    subject.discord.record.clear()
    for number in range(count):
        outcome = await act(number)
        _checked(outcome, row)
        if row.expected not in outcome.text:
            raise RuntimeError(f"{row.title} was answered {outcome.text!r}")
    answers = sorted(subject.answers(), key=lambda one: len(json.dumps(one)))
    return answers[len(answers) // 2]


def _checked(outcome: Outcome, row: Row) -> float:
    """Give the milliseconds until an answer; raises RuntimeError where there was none."""
    if outcome.ms is None or outcome.refused:
        raise RuntimeError(f"{row.title} was not answered: {outcome} {outcome.refused}")
    return outcome.ms
