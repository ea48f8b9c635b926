"""The statistics as lists of lines, for a terminal, and as JSON, for a program."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.hosting.question_sources import kind_words, place_words
from bot.hosting.statistics.figure_words import (
    counted,
    ends_of,
    length_words,
    long_day_words,
    memory_words,
    nobody_words,
    share_words,
    troubles,
    week_words,
    why_words,
)
from bot.hosting.statistics.live import Live
from bot.hosting.statistics.usage import QuestionSum, Statistics, every_week, quantile
from bot.process.metrics import Outcome

_MOST_WEEKS: Final = 12
_MOST_QUESTIONS: Final = 20


@dataclass(frozen=True, slots=True)
class Listing:
    """A part of the statistics: what is said first, and rows of which each begins with a name."""

    title: str
    notes: Sequence[str]
    rows: Sequence[Sequence[str]] = ()
    weights: Sequence[float] = ()
    """How much each row is, where that can be drawn."""
    course: Sequence[int] = ()
    """How much each day was."""
    ends: tuple[str, str] = ("", "")
    """The first and the last of these days."""


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is to be shown; without `live`, `silence` says why."""

    figures: Statistics
    packs: tuple[Path, Path]
    live: Live | None
    silence: str = ""


def listings(overview: Overview) -> Iterator[Listing]:
    figures = overview.figures
    yield Listing("Now", [overview.silence] if overview.silence else [], [*_now(overview)])
    yield _answers(figures)
    if figures.commands:
        rows = [
            (
                command.subject,
                f"{command.answers:,}",
                length_words(command.median_ms),
                troubles(command.outcomes),
            )
            for command in figures.commands
        ]
        yield Listing("What was asked", [], rows, [command.answers for command in figures.commands])
    weeks = every_week(figures)[-_MOST_WEEKS:]
    if any(players for _monday, players in weeks):
        rows = [(week_words(monday), f"{players:,}") for monday, players in weeks]
        yield Listing("Players a week", [], rows, [players for _monday, players in weeks])
    yield _questions(overview)


def _now(overview: Overview) -> Iterator[Sequence[str]]:
    live, posts = overview.live, overview.figures.posts
    if live is not None:
        yield "Discord", "connected" if live.is_connected else "not connected"
        for part, reason in live.outages.items():
            yield part, f"not working for now: {reason}"
        yield "To Discord and back", length_words(live.gateway_ms)
        yield "Servers", f"{live.servers:,}"
        yield "Memory", memory_words(live.memory_bytes)
        if live.processes > 1:
            yield "Processes", f"{live.processes:,}; the lines above are about one of them"
    yield "Posts in the next day", f"{posts.due:,}"
    yield "Posts overdue", f"{posts.overdue:,}"
    yield "Posts stopped", f"{posts.stopped:,}"


def _answers(figures: Statistics) -> Listing:
    days = figures.days
    most = max(days, key=lambda day: day.answers)
    if not most.answers:
        return Listing("Answers", [nobody_words(figures)])
    rows = [
        ("Altogether", f"{figures.answers:,} in {counted(len(days), 'day')}"),
        ("Today", f"{days[-1].answers:,}"),
        ("Most", f"{most.answers:,} on {long_day_words(most.date)}"),
        ("Half came within", length_words(quantile(figures.lengths, 0.5))),
        ("19 of 20 came within", length_words(quantile(figures.lengths, 0.95))),
    ]
    course = [day.answers for day in days]
    return Listing("Answers", [], rows, course=course, ends=ends_of(figures))


def _questions(overview: Overview) -> Listing:
    weak = [question for question in overview.figures.questions if question.weakness]
    if not overview.figures.questions:
        return Listing("Trivia questions", ["Nobody has answered any in the last three months."])
    if not weak:
        return Listing("Trivia questions", ["None of them stands out."])
    rows = [
        (
            place_words(question.key, question.line, overview.packs),
            kind_words(question.item),
            f"{why_words(question)}; {share_words(question)}",
        )
        for question in weak[:_MOST_QUESTIONS]
    ]
    notes = [f"{counted(len(weak), 'question')} worth a look:"]
    return Listing("Trivia questions", notes, rows)


def json_document(overview: Overview) -> Mapping[str, object]:
    figures, live = overview.figures, overview.live
    return {
        "live": None if live is None else live._asdict(),
        "posts": figures.posts._asdict(),
        "days": [
            {
                "date": day.date.isoformat(),
                "answers": day.answers,
                **_by_outcome(day.outcomes),
                "median_ms": quantile(day.lengths, 0.5),
                "p95_ms": quantile(day.lengths, 0.95),
            }
            for day in figures.days
        ],
        "commands": [
            {
                "subject": command.subject,
                "answers": command.answers,
                **_by_outcome(command.outcomes),
                "median_ms": command.median_ms,
            }
            for command in figures.commands
        ],
        "weeks": [week._asdict() for week in figures.weeks],
        "questions": [_question(question) for question in figures.questions],
    }


def _by_outcome(outcomes: Mapping[Outcome, int]) -> Mapping[str, int]:
    return {outcome.value: outcomes.get(outcome, 0) for outcome in Outcome}


def _question(question: QuestionSum) -> Mapping[str, object]:
    line = question.line
    return {
        "interview": question.slug,
        "item": question.item,
        "answered": question.answered,
        "right": question.right,
        "weakness": question.weakness.value,
        "reports": question.reports,
        "file": None if line is None else str(line.path),
        "line": None if line is None else line.line,
        "text": None if line is None else line.text,
    }
