"""How the bot is used: what its host looks at, put together from sums that hold no member."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from bot.hosting.question_sources import Item, question_lines
from bot.interview.pack.item_lines import ItemLine
from bot.process.metrics import Outcome
from bot.process.utc_days import begins_at, day_of
from bot.state.day_sums import LENGTHS_MS, DaySum
from bot.state.play_sums import ItemSum, WeekSum
from bot.state.reports import Report
from bot.state.schedules import Outlook
from bot.state.state import State

MOST_QUESTIONS: Final = 200
"""Those that an editor should look at, and then others."""
_QUESTION_DAYS: Final = 90
# Of fewer answers nothing can be concluded.
_FEWEST_ANSWERS: Final = 10
# Hardly more than who guesses one of four.
_FEW_RIGHT: Final = 0.35
_ALL_RIGHT: Final = 0.95


class Weakness(StrEnum):
    """Why an editor should look at a question."""

    REPORTED = "reported"
    FEW_RIGHT = "few right"
    ALL_RIGHT = "nearly all right"
    NONE = ""


@dataclass(frozen=True, slots=True)
class QuestionSum:
    """What is known of a trivia question, over all who answered it."""

    slug: str
    item: str
    answered: int
    right: int
    reports: Mapping[str, int]
    """How many members gave which reason."""
    line: ItemLine | None = None
    """Where it stands; None where it is gone."""

    @property
    def key(self) -> Item:
        return self.slug, self.item

    @property
    def share(self) -> float | None:
        return self.right / self.answered if self.answered else None

    @property
    def weakness(self) -> Weakness:
        if self.reports:
            return Weakness.REPORTED
        if self.answered < _FEWEST_ANSWERS:
            return Weakness.NONE
        share = self.right / self.answered
        if share <= _FEW_RIGHT:
            return Weakness.FEW_RIGHT
        return Weakness.ALL_RIGHT if share >= _ALL_RIGHT else Weakness.NONE


class Day(NamedTuple):
    """A day's answers by outcome, and by the milliseconds that they took at most."""

    date: date
    outcomes: Mapping[Outcome, int]
    lengths: Mapping[int, int]

    @property
    def answers(self) -> int:
        return sum(self.outcomes.values())


class CommandSum(NamedTuple):
    """What a command or a button had of answers, by outcome, and how long half of them took."""

    subject: str
    outcomes: Mapping[Outcome, int]
    median_ms: float

    @property
    def answers(self) -> int:
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Statistics:
    """Sums over some days, this one included, with the days on which nothing was asked."""

    days: Sequence[Day]
    commands: Sequence[CommandSum]
    weeks: Sequence[WeekSum]
    questions: Sequence[QuestionSum]
    """Those that an editor should look at come first."""
    question_count: int
    """All that were answered or reported, of which `questions` may be a part."""
    posts: Outlook

    @property
    def answers(self) -> int:
        return sum(day.answers for day in self.days)

    @property
    def lengths(self) -> Mapping[int, int]:
        """Give the answers of all days by the milliseconds that they took at most."""
        lengths: Counter[int] = Counter()
        for day in self.days:
            lengths.update(day.lengths)
        return lengths


async def gather(state: State, now: float, days: int, packs: tuple[Path, Path]) -> Statistics:
    """Read the sums of so many days; `packs` are PACKS_DIR and DATA_DIR.

    Raises StateUnavailableError.
    """
    today = day_of(now)
    read = _Read(
        range(today - days + 1, today + 1),
        await state.day_sums.since(today - days + 1),
        await state.play_sums.weeks(days),
        await state.play_sums.items(_QUESTION_DAYS),
        await state.reports.every(),
        await state.schedules.outlook(),
    )
    # A year is many sums, and the interviews are files: members are answered meanwhile.
    return await asyncio.to_thread(_statistics, read, packs)


class _Read(NamedTuple):
    days: range
    sums: Sequence[DaySum]
    weeks: Sequence[WeekSum]
    items: Sequence[ItemSum]
    reports: Sequence[Report]
    posts: Outlook


def _statistics(read: _Read, packs: tuple[Path, Path]) -> Statistics:
    questions = _weakest_first(read.items, read.reports)
    listed = questions[:MOST_QUESTIONS]
    lines = question_lines([_item(question) for question in listed], *packs)
    return Statistics(
        days=_days(read.sums, read.days),
        commands=_commands(read.sums),
        weeks=read.weeks,
        questions=[replace(question, line=lines.get(_item(question))) for question in listed],
        question_count=len(questions),
        posts=read.posts,
    )


def _item(question: QuestionSum) -> Item:
    return question.slug, question.item


def _days(sums: Sequence[DaySum], numbers: range) -> Sequence[Day]:
    outcomes: dict[int, Counter[Outcome]] = defaultdict(Counter)
    lengths: dict[int, Counter[int]] = defaultdict(Counter)
    for day_sum in sums:
        outcomes[day_sum.day][day_sum.outcome] += day_sum.answers
        lengths[day_sum.day][day_sum.within_ms] += day_sum.answers
    return [
        Day(datetime.fromtimestamp(begins_at(day), UTC).date(), outcomes[day], lengths[day])
        for day in numbers
    ]


def _commands(sums: Sequence[DaySum]) -> Sequence[CommandSum]:
    """Add up by what was asked, what was asked most first."""
    outcomes: dict[str, Counter[Outcome]] = defaultdict(Counter)
    lengths: dict[str, Counter[int]] = defaultdict(Counter)
    for day_sum in sums:
        outcomes[day_sum.subject][day_sum.outcome] += day_sum.answers
        lengths[day_sum.subject][day_sum.within_ms] += day_sum.answers
    commands = [
        CommandSum(subject, counts, quantile(lengths[subject], 0.5) or 0)
        for subject, counts in outcomes.items()
    ]
    return sorted(commands, key=lambda command: (-command.answers, command.subject))


def quantile(lengths: Mapping[int, int], share: float) -> float | None:
    """Estimate how many milliseconds a share of the answers took at most; None of no answers."""
    rank, below = share * sum(lengths.values()), 0
    for shorter, within_ms in pairwise((0, *LENGTHS_MS)):
        count = lengths.get(within_ms, 0)
        if count and below + count >= rank:
            return shorter + (within_ms - shorter) * (rank - below) / count
        below += count
    return None


def _monday_of(week: str) -> date:
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def every_week(figures: Statistics) -> Sequence[tuple[date, int]]:
    """Give the Mondays of all weeks with how many played, those in which nobody did as well."""
    players = {_monday_of(week.week): week.players for week in figures.weeks}
    monday, weeks = min([*players, figures.days[0].date]), list[tuple[date, int]]()
    monday -= timedelta(days=monday.weekday())
    while monday <= figures.days[-1].date:
        weeks.append((monday, players.get(monday, 0)))
        monday += timedelta(days=7)
    return weeks


def _weakest_first(items: Sequence[ItemSum], reports: Sequence[Report]) -> Sequence[QuestionSum]:
    answered = {(item.slug, item.item): item for item in items}
    reasons: dict[Item, dict[str, int]] = defaultdict(dict)
    for report in reports:
        reasons[report.slug, report.item][report.reason] = report.members
    questions = [
        QuestionSum(slug, item, sums.answered, sums.right, reasons.get((slug, item), {}))
        for slug, item in {**answered, **reasons}
        for sums in [answered.get((slug, item), ItemSum(slug, item, 0, 0))]
    ]
    return sorted(questions, key=_urgency)


def _urgency(question: QuestionSum) -> tuple[int, int, float, str, str]:
    share = 1.0 if question.share is None else question.share
    is_too_easy = question.weakness is Weakness.ALL_RIGHT
    return (
        [*Weakness].index(question.weakness),
        -sum(question.reports.values()),
        -question.answered if is_too_easy else share,
        question.slug,
        question.item,
    )
