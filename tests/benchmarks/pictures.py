"""What other members notice while pictures are drawn."""

import asyncio
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from playground import Message
from tests.benchmarks.measuring import Size
from tests.benchmarks.subject import Subject

AT_ONCE = 20
"""Pictures asked for in one second."""
A_SECOND = 50
"""Commands that other members type meanwhile, whether the ones before were answered or not."""


@dataclass
class Waits:
    """How many milliseconds other members waited, without pictures and with them."""

    alone: list[float] = field(default_factory=list[float])
    beside: list[float] = field(default_factory=list[float])

    def p99(self) -> tuple[float, float]:
        return _p99(self.alone), _p99(self.beside)


async def waits_beside_pictures(subject: Subject, size: Size) -> Waits:
    """Type commands for a second, and then for a second in which pictures are asked for."""
    numbers = count(1)
    await _draw(subject, await _contexts(subject, numbers, 1))
    waits = Waits()
    for _round in range(2 * size.rounds):
        contexts = await _contexts(subject, numbers, AT_ONCE)
        subject.discord.record.clear()
        waits.alone += await typed_for_a_second(subject)
        drawing = asyncio.create_task(_draw(subject, contexts))
        waits.beside += await typed_for_a_second(subject)
        await drawing
    return waits


async def _contexts(subject: Subject, numbers: Iterator[int], wanted: int) -> list[Message]:
    """Open the contexts of quotes whose pictures nobody has seen."""
    found: list[Message] = []
    for _n in range(wanted):
        shown = await subject.type(len(found), "quote", {"find": f"#{next(numbers)}"})
        assert shown.message is not None
        context = await subject.discord.members.press(
            subject.member(len(found)), shown.message, "Context"
        )
        assert context.message is not None
        found.append(context.message)
    return found


async def _draw(subject: Subject, contexts: list[Message]) -> None:
    """Ask for the pictures one after the other within a second, and wait for all."""
    members = subject.discord.members

    async def ask(number: int, context: Message) -> None:
        await asyncio.sleep(number / AT_ONCE)
        drawn = await (await members.press(subject.member(number), context, "Picture")).settled(30)
        if not drawn.attachments:
            raise RuntimeError(f"no picture: {drawn.text!r}")

    await asyncio.gather(*(ask(number, context) for number, context in enumerate(contexts)))


async def typed_for_a_second(subject: Subject) -> list[float]:
    """Have members type commands for a second; gives what each waited, in milliseconds."""

    async def ask(number: int) -> float:
        await asyncio.sleep(number / A_SECOND)
        outcome = await subject.type(number, "quote")
        if outcome.ms is None:
            raise RuntimeError(f"/quote was not answered: {outcome}")
        return outcome.ms

    return list(await asyncio.gather(*(ask(number) for number in range(A_SECOND))))


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]
