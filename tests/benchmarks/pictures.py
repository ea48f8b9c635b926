"""What other members notice while pictures are drawn."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from playground import Message
from tests.benchmarks.measuring import Size, p99
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
        return p99(self.alone), p99(self.beside)

    def p99_of_each(self) -> list[float]:
        """Give the p99 of each second beside pictures, which tells how far they are apart."""
        return [p99(self.beside[n : n + A_SECOND]) for n in range(0, len(self.beside), A_SECOND)]


async def waits_beside_pictures(subject: Subject, size: Size) -> Waits:
    """Type commands for a second, and then for a second in which pictures are asked for."""
    numbers = count(1)
    await _draw(subject, await _contexts(subject, numbers, 1))
    waits = Waits()
    for _round in range(2 * size.rounds):
        contexts = await _contexts(subject, numbers, AT_ONCE)
        subject.discord.record.clear()
        waits.alone += await typed(subject)
        drawing = asyncio.create_task(_draw(subject, contexts))
        waits.beside += await typed(subject)
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


async def typed(subject: Subject, a_second: int = A_SECOND, seconds: int = 1) -> list[float]:
    """Have members type commands for some time; gives what each waited, in milliseconds."""

    async def ask(number: int) -> float:
        await asyncio.sleep(number / a_second)
        outcome = await subject.type(number, "quote")
        if outcome.ms is None:
            raise RuntimeError(f"/quote was not answered: {outcome}")
        return outcome.ms

    return list(await asyncio.gather(*map(ask, range(a_second * seconds))))
