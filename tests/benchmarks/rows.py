"""What is measured: what members do in each row, and how much it may cost beside the floor."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from weakref import WeakSet

from playground import Outcome
from tests.benchmarks.subject import MEMBERS, Subject

P99_TARGET = 1.5
START_TARGET_S = 0.2
RACE_TARGET_S = 1.0
READING_TARGET_S = 2.0
MEMORY_TARGET_MB = 12.0
LARGE_TARGETS = {"quote": 1.2, "rare": 3.0, "common": 3.0}
"""How much more an answer may cost with the largest pack than with the smallest."""
RARE, COMMON = "lighthouse", "harbour"
"""Words of a generated pack: in one quote of a hundred, and in the others."""
WORDS = ("dance", "people", "work", "show", "love", "time")
"""What members look for again and again."""
SAVED_EACH = 5

Act = Callable[[int], Awaitable[Outcome]]
Prepare = Callable[[Subject, int], Awaitable[Act]]


@dataclass(frozen=True)
class Row:
    key: str
    title: str
    cpu_target: float | None
    """None where it is only told."""
    prepare: Prepare
    """Sets up what so many actions need, and gives what a member does then."""
    expected: str = ""
    """What stands in the answers of the real bot."""
    rest_seconds: float = 0.0
    """How long the bot may still work after the last answer."""
    finish: Callable[[Subject], Awaitable[None]] | None = None
    """Ends what goes on."""


def varied(word: str, number: int) -> str:
    """Look for a word and others that occur nowhere, so that no answer is remembered."""
    return f"{word} {number:x}zq"


def typing(command: str) -> Prepare:
    async def prepare(subject: Subject, _count: int) -> Act:
        return lambda n: subject.type(n, command)

    return prepare


def typing_in_a_server(command: str) -> Prepare:
    """Have members type where all can see it; most answers are private, as that would flood."""

    async def prepare(subject: Subject, _count: int) -> Act:
        return lambda n: subject.type_in_a_server(n, command)

    return prepare


def finding(*words: str) -> Prepare:
    async def prepare(subject: Subject, _count: int) -> Act:
        return lambda n: subject.type(n, "quote", {"find": words[n % len(words)]})

    return prepare


def finding_anew(word: str) -> Prepare:
    numbers = _Numbers()

    async def prepare(subject: Subject, count: int) -> Act:
        first = numbers.take(count)
        return lambda n: subject.type(n, "quote", {"find": varied(word, first + n)})

    return prepare


def completing(option: str, *texts: str) -> Prepare:
    async def prepare(subject: Subject, _count: int) -> Act:
        return lambda n: subject.complete(n, option, texts[n % len(texts)])

    return prepare


def completing_anew(option: str, typed: str) -> Prepare:
    numbers = _Numbers()

    async def prepare(subject: Subject, count: int) -> Act:
        first = numbers.take(count)
        return lambda n: subject.complete(n, option, varied(typed, first + n))

    return prepare


def after(begin: Callable[[Subject], Awaitable[None]], prepare: Prepare) -> Prepare:
    """Have members of each bot do something before all else, once."""
    begun = WeakSet[Subject]()

    async def prepare_after(subject: Subject, count: int) -> Act:
        if subject not in begun:
            begun.add(subject)
            await begin(subject)
        return await prepare(subject, count)

    return prepare_after


async def save_quotes(subject: Subject) -> None:
    """Have every member save what a few commands answer."""
    for number in range(MEMBERS * SAVED_EACH):
        message = (await subject.type(number, "quote")).message
        # A quote that was saved before says so instead.
        if message is not None and "Save" in message.labels:
            await subject.discord.members.press(subject.member(number), message, "Save")


async def score_points(subject: Subject) -> None:
    """Have every member answer a public question."""
    act = await pressing_answers(subject, MEMBERS)
    for number in range(MEMBERS):
        await act(number)


async def pressing_another(subject: Subject, count: int) -> Act:
    """Turn over the quotes that members have asked for before."""
    outcomes = [await subject.type(n, "quote") for n in range(min(count, MEMBERS))]
    messages = [outcome.message for outcome in outcomes]

    async def act(number: int) -> Outcome:
        message = messages[number % MEMBERS]
        assert message is not None
        return await subject.discord.members.press(subject.member(number), message, "Another")

    return act


async def pressing_answers(subject: Subject, count: int) -> Act:
    """Have every member answer a public question once, then the next one."""
    questions = [await subject.post("trivia") for _n in range(-(-count // MEMBERS))]

    async def act(number: int) -> Outcome:
        message = questions[number // MEMBERS]
        choices = [one for one in message.custom_ids if one.startswith("trivia:answer:")]
        choice = choices[number % len(choices)]
        return await subject.discord.members.press(subject.member(number), message, choice)

    return act


class _Numbers:
    """Hands out numbers that were not used before."""

    def __init__(self) -> None:
        self._next = 0

    def take(self, count: int) -> int:
        first, self._next = self._next, self._next + count
        return first


ROWS = (
    Row("quote", "/quote", 1.25, typing("quote"), "Quote "),
    Row("find", "/quote find", 1.5, finding(*WORDS), " quotes with "),
    Row("anew", "find, never made before", None, finding_anew("dance"), " quotes with "),
    Row("fact", "/fact", 1.25, typing("fact"), " about "),
    Row("trivia", "/trivia", 1.5, typing("trivia"), "Trivia · "),
    # The bot shows a new count on a question every two seconds.
    Row("answer", "an answer pressed", 1.25, pressing_answers, "ight", rest_seconds=2.2),
    Row("another", "Another pressed", 1.25, pressing_another, "Quote "),
    Row("topics", "autocomplete topic", 1.1, completing("topic", ""), "choreography"),
    Row("words", "autocomplete find", 1.1, completing("find", *WORDS), " with “"),
    Row(
        "letters",
        "autocomplete find, never typed before",
        None,
        completing_anew("find", "dance"),
        " with “",
    ),
    Row("today", "/today", 1.5, typing("today"), "Question of the day"),
    Row("cast", "/cast", 1.5, typing("cast"), "Who's who in "),
    Row("interview", "/interview", 1.5, typing("interview"), " · introduction · "),
    Row(
        "leaderboard",
        "/leaderboard",
        1.5,
        after(score_points, typing_in_a_server("leaderboard")),
        " right",
    ),
    Row("saved", "/saved", 1.5, after(save_quotes, typing("saved")), " saved quotes"),
)
LARGE_ROWS = (
    Row("quote", "/quote", LARGE_TARGETS["quote"], typing("quote"), "Quote "),
    Row("rare", "find, in 1 %", LARGE_TARGETS["rare"], finding_anew(RARE), " quotes with "),
    Row(
        "common",
        "find, in nearly all",
        LARGE_TARGETS["common"],
        finding_anew(COMMON),
        " quotes with ",
    ),
)
