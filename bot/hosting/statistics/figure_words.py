"""Figures in words, as the page and the terminal show them."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.hosting.question_sources import reason_words
from bot.hosting.statistics.usage import Day, QuestionSum, Statistics
from bot.process.metrics import Outcome

_MEGABYTE: Final = 1_000_000


def counted(count: int, singular: str, many: str = "") -> str:
    return f"{count:,} {singular if count == 1 else many or f'{singular}s'}"


def day_words(day: date) -> str:
    return f"{day.day} {day:%b}"


def long_day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def week_words(monday: date) -> str:
    return f"Week of {long_day_words(monday)}"


def ends_of(figures: Statistics) -> tuple[str, str]:
    """Name the first and the last day, for the ends of an axis."""
    first, last = figures.days[0].date, figures.days[-1].date
    year = "" if first.year == last.year else f" {first.year}"
    return f"{day_words(first)}{year}", f"today, {day_words(last)}"


def nobody_words(figures: Statistics) -> str:
    """Say that nothing was asked on days that are looked at: before them it may have been."""
    days = len(figures.days)
    when = "today" if days == 1 else f"in the last {days} days"
    return f"Nobody has asked anything {when}."


def length_words(milliseconds: float | None) -> str:
    if milliseconds is None:
        return "unknown"
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    return f"{milliseconds / 1000:.1f} s"


def memory_words(size: int | None) -> str:
    return "unknown" if size is None else f"{size / _MEGABYTE:.0f} MB"


def share_words(question: QuestionSum) -> str:
    """Say how often a question was answered rightly."""
    if question.share is None:
        return "no answers"
    percent = round(question.share * 100)
    # All and none are said only where it is so.
    if 0 < question.right < question.answered:
        percent = min(max(percent, 1), 99)
    return f"{percent}% right of {counted(question.answered, 'answer')}"


def reports_words(reports: Mapping[str, int]) -> str:
    """Say what members reported, what most of them found first."""
    ordered = sorted(reports.items(), key=lambda reason: (-reason[1], reason[0]))
    return ", ".join(reason_words(reason, members) for reason, members in ordered)


def why_words(question: QuestionSum) -> str:
    """Say why an editor should look at a question; "" where nothing stands out."""
    if question.reports:
        return f"reported: {reports_words(question.reports)}"
    return question.weakness.value


def troubles(outcomes: Mapping[Outcome, int]) -> str:
    """Say how many answers were none; "" where all were well."""
    refused, failed = outcomes.get(Outcome.REFUSED, 0), outcomes.get(Outcome.FAILED, 0)
    parts = [f"{refused:,} refused"] if refused else []
    return ", ".join([*parts, *([counted(failed, "fault")] if failed else [])])


def day_line(day: Day) -> str:
    trouble = troubles(day.outcomes)
    words = f"{day_words(day.date)}: {counted(day.answers, 'answer')}"
    return f"{words}, {trouble}" if trouble else words
