"""Figures in words, as the page and the terminal show them."""

import os.path
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from bot.hosting.statistics.usage import Day, QuestionSum
from bot.interview.pack.item_lines import ItemLine
from bot.process.metrics import Outcome

_MEGABYTE: Final = 1_000_000


def counted(count: int, singular: str, many: str = "") -> str:
    return f"{count:,} {singular if count == 1 else many or f'{singular}s'}"


def day_words(day: date) -> str:
    return f"{day.day} {day:%b}"


def long_day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


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
    right = f"{question.share:.0%} right"
    return f"{right} of {counted(question.answered, 'answer')}"


def reason_words(reports: Mapping[str, int]) -> str:
    """Say what members reported, what most of them found first."""
    ordered = sorted(reports.items(), key=lambda reason: (-reason[1], reason[0]))
    return ", ".join(f"{reason} ({counted(members, 'member')})" for reason, members in ordered)


def why_words(question: QuestionSum) -> str:
    """Say why an editor should look at a question; "" where nothing stands out."""
    if question.reports:
        return f"reported: {reason_words(question.reports)}"
    return question.weakness.value


def place_words(question: QuestionSum, packs: tuple[Path, Path]) -> str:
    """Say where a question stands, as an editor would open it."""
    if question.line is None:
        return f"{question.slug}, {item_words(question)}: no longer there"
    return f"{_short(question.line, packs)}:{question.line.line}"


def item_words(question: QuestionSum) -> str:
    source, _colon, number = question.item.partition(":")
    return f"{source.replace('_', ' ')} {number}"


def _short(line: ItemLine, packs: tuple[Path, Path]) -> str:
    """Name a file from the folder on that the host has named, and not where that lies."""
    for folder in packs:
        if line.path.is_relative_to(folder):
            return os.path.join(folder.name, line.path.relative_to(folder))
    return str(line.path)


def troubles(outcomes: Mapping[Outcome, int]) -> str:
    """Say how many answers were none; "" where all were well."""
    refused, failed = outcomes.get(Outcome.REFUSED, 0), outcomes.get(Outcome.FAILED, 0)
    parts = [f"{refused:,} refused"] if refused else []
    return ", ".join([*parts, *([counted(failed, "fault")] if failed else [])])


def day_line(day: Day) -> str:
    trouble = troubles(day.outcomes)
    words = f"{day_words(day.date)}: {counted(day.answers, 'answer')}"
    return f"{words}, {trouble}" if trouble else words
