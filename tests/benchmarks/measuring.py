"""Batches of answers, in rounds that take turns, so that a noisy machine is noisy for all."""

import asyncio
import gc
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from playground import Outcome
from tests.benchmarks.rows import Row
from tests.benchmarks.subject import Subject

IN_FLIGHT = (1, 16)
"""How many members act at the same time, one table each."""


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
    beside_ms: float = 0.0
    """CPU time of a database's own processes."""


def middle(samples: Sequence[Sample]) -> Sample:
    """Give the medians of some rounds."""
    return Sample(*map(statistics.median, zip(*map(astuple, samples), strict=True)))


async def in_turns(
    row: Row, subjects: Mapping[str, Subject], size: Size, in_flight: int = IN_FLIGHT[-1]
) -> dict[str, Sample]:
    """Measure a row with all the bots, one batch each a round; the medians of the rounds."""
    for subject in subjects.values():
        await batch(subject, row, size.warm_up, in_flight)
    samples: dict[str, list[Sample]] = {name: [] for name in subjects}
    for _round in range(size.rounds):
        for name, subject in subjects.items():
            samples[name].append(await batch(subject, row, size.answers, in_flight))
    return {name: middle(found) for name, found in samples.items()}


async def batch(subject: Subject, row: Row, count: int, in_flight: int = IN_FLIGHT[-1]) -> Sample:
    """Have members do what a row says so many times, and measure the bot meanwhile."""
    subject.forget()
    act = await row.prepare(subject, count)
    times: list[float] = []
    numbers = iter(range(count))

    async def work() -> None:
        times.extend([_checked(await act(number), row) for number in numbers])

    gc.collect()
    gc.disable()
    cpu, beside = subject.child.cpu_seconds(), subject.beside_seconds()
    began = time.perf_counter()
    await asyncio.gather(*(work() for _n in range(in_flight)))
    seconds = time.perf_counter() - began
    await asyncio.sleep(row.rest_seconds)
    cpu, beside = subject.child.cpu_seconds() - cpu, subject.beside_seconds() - beside
    gc.enable()
    if row.finish is not None:
        await row.finish(subject)
    return Sample(
        cpu * 1000 / count,
        count / seconds,
        statistics.median(times),
        p99(times),
        beside * 1000 / count,
    )


async def check(subject: Subject, row: Row, count: int) -> None:
    """Have a bot warm up; raises RuntimeError where it does not answer what it should."""
    subject.forget()
    act = await row.prepare(subject, count)
    for number in range(count):
        outcome = await act(number)
        _checked(outcome, row)
        answer = outcome.text or str(outcome.choices)
        if row.expected not in answer:
            raise RuntimeError(f"{row.title} was answered {answer!r}")
    if row.finish is not None:
        await row.finish(subject)


def p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]


def _checked(outcome: Outcome, row: Row) -> float:
    """Give the milliseconds until an answer; raises RuntimeError where there was none."""
    if outcome.ms is None or outcome.refused:
        raise RuntimeError(f"{row.title} was not answered: {outcome} {outcome.refused}")
    return outcome.ms
