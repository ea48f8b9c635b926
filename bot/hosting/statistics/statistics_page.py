"""The statistics as a page: charts with their words beside them, without a script."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from aiohttp import web

from bot.hosting.markup import Part, html_page, tag
from bot.hosting.question_sources import kind_words, place_words
from bot.hosting.statistics.charts import bars, lines, round_top, share_bar
from bot.hosting.statistics.figure_words import (
    counted,
    day_line,
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
from bot.hosting.statistics.usage import QuestionSum, Statistics, Weakness, every_week, quantile

SPANS: Final = (30, 90, 365)
_TITLE: Final = "How Encore is doing"
# Beyond it nobody reads on.
_MOST_FINE: Final = 50


def statistics_page(figures: Statistics, live: Live, packs: tuple[Path, Path]) -> web.Response:
    """Draw the page; `packs` are PACKS_DIR and DATA_DIR."""
    return html_page(
        _TITLE,
        tag("h1", _TITLE),
        *_now(figures, live),
        _spans(len(figures.days)),
        *_answers(figures),
        *_commands(figures),
        *_lengths(figures),
        *_players(figures),
        *_questions(figures, packs),
        tag("p", "Only totals are kept: nothing here points to a member.", class_="quiet"),
    )


def _now(figures: Statistics, live: Live) -> Iterator[Part]:
    yield tag("p", "Connected to Discord." if live.is_connected else "Not connected to Discord.")
    for part, reason in live.outages.items():
        yield tag("p", f"{part}: not working for now: {reason}", class_="wrong")
    posts = figures.posts
    yield tag(
        "dl",
        _tile("Servers", f"{live.servers:,}"),
        _tile("Players this week", f"{figures.weeks[-1].players:,}"),
        _tile("To Discord and back", length_words(live.gateway_ms)),
        _tile("Memory", memory_words(live.memory_bytes)),
        _tile("Processes", f"{live.processes:,}") if live.processes > 1 else None,
    )
    yield tag(
        "dl",
        _tile("Posts in the next day", f"{posts.due:,}"),
        _tile("Posts overdue", f"{posts.overdue:,}"),
        _tile("Posts stopped", f"{posts.stopped:,}"),
    )
    if live.processes > 1:
        yield tag(
            "p",
            "Servers, posts, memory and Discord are for this process only.",
            class_="quiet",
        )


def _tile(name: str, value: str) -> Element:
    return tag("div", tag("dt", name), tag("dd", value))


def _spans(days: int) -> Element:
    links = [
        tag(
            "li",
            tag("a", f"{span} days", href=f"?days={span}", **_current(is_it=span == days)),
        )
        for span in SPANS
    ]
    return tag("nav", tag("ul", *links), aria_label="Period")


def _current(*, is_it: bool) -> dict[str, str]:
    return {"aria_current": "page"} if is_it else {}


def _answers(figures: Statistics) -> Iterator[Part]:
    days = figures.days
    most = max(days, key=lambda day: day.answers)
    yield tag("h2", "Answers a day")
    if not most.answers:
        yield tag("p", f"{nobody_words(figures)} Type /quote in your server.")
        return
    summary = (
        f"{counted(figures.answers, 'answer')} in {len(days)} days; most on"
        f" {long_day_words(most.date)}: {most.answers:,}."
    )
    top = round_top(most.answers)
    chart = bars([day.answers for day in days], [day_line(day) for day in days], summary, top)
    yield _figure(summary, _scaled(chart, f"{top:,}", f"{top // 2:,}", ends_of(figures)))
    rows = [
        (long_day_words(day.date), f"{day.answers:,}", troubles(day.outcomes))
        for day in reversed(days)
        if day.answers
    ]
    yield _behind("Day by day", _table("Answers, day by day", ("Day", "Answers", "Trouble"), rows))


def _commands(figures: Statistics) -> Iterator[Part]:
    if not figures.commands:
        return
    yield tag("h2", "What was asked")
    yield tag("p", "The buttons below an answer count as its command.", class_="quiet")
    most = figures.commands[0].answers
    rows = [
        (
            command.subject,
            share_bar(command.answers / most),
            f"{command.answers:,}",
            length_words(command.median_ms),
            troubles(command.outcomes),
        )
        for command in figures.commands
    ]
    names = "Command", "", "Answers", "Half came within", "Trouble"
    yield _table("Answers by command", names, rows)


def _lengths(figures: Statistics) -> Iterator[Part]:
    if not figures.answers:
        return
    days = figures.days
    halves = [quantile(day.lengths, 0.5) for day in days]
    mosts = [quantile(day.lengths, 0.95) for day in days]
    slowest = max((most, day) for most, day in zip(mosts, days, strict=True) if most is not None)
    summary = (
        f"Even on the slowest day, {long_day_words(slowest[1].date)}, 19 of 20 answers took at most"
        f" {length_words(slowest[0])}. Discord waits three seconds."
    )
    yield tag("h2", "How long an answer takes")
    top = round_top(slowest[0])
    chart = lines(halves, mosts, label=summary, top=top)
    scaled = _scaled(chart, length_words(top), length_words(top // 2), ends_of(figures))
    yield _figure(summary, _key(), scaled)
    rows = [
        (long_day_words(day.date), length_words(half), length_words(most))
        for day, half, most in reversed([*zip(days, halves, mosts, strict=True)])
        if day.answers
    ]
    yield _behind(
        "Day by day",
        _table("How long, day by day", ("Day", "Half came within", "19 of 20 came within"), rows),
    )


def _key() -> Element:
    half = tag("span", "half of the answers came within this time", class_="key-first")
    nearly_all = tag("span", "19 of 20 came within this time", class_="key-second")
    return tag("p", half, nearly_all, class_="key quiet")


def _players(figures: Statistics) -> Iterator[Part]:
    weeks = every_week(figures)
    if not any(players for _monday, players in weeks):
        return
    yield tag("h2", "Players a week")
    summary = f"{counted(weeks[-1][1], 'member')} answered a question this week."
    names = [week_words(monday) for monday, _players in weeks]
    counts = [players for _monday, players in weeks]
    top = round_top(max(counts))
    words = [f"{name}: {counted(n, 'player')}" for name, n in zip(names, counts, strict=True)]
    ends = names[0], "this week"
    chart = bars(counts, words, summary, top)
    yield _figure(summary, _scaled(chart, f"{top:,}", f"{top // 2:,}", ends))
    rows = [(name, f"{n:,}") for name, n in zip(names, counts, strict=True) if n][::-1]
    yield _behind("Week by week", _table("Players, week by week", ("Week", "Players"), rows))


def _questions(figures: Statistics, packs: tuple[Path, Path]) -> Iterator[Part]:
    yield tag("h2", "Trivia questions")
    weak = [question for question in figures.questions if question.weakness]
    fine = [question for question in figures.questions if not question.weakness]
    if not figures.questions:
        yield tag("p", "Nobody has answered any in the last three months.")
        return
    if weak:
        yield tag("p", f"{counted(len(weak), 'question')} worth a look:")
        yield tag("ul", *(_question(question, packs) for question in weak), class_="questions")
    else:
        yield tag("p", "None of them stands out.")
    if fine:
        entries = tag(
            "ul",
            *(_question(question, packs) for question in fine[:_MOST_FINE]),
            class_="questions",
        )
        others = figures.question_count - len(weak)
        title = f"The other {others:,}, hardest first" if others > 1 else "The other one"
        yield _behind(title, entries)


def _question(question: QuestionSum, packs: tuple[Path, Path]) -> Element:
    text = question.line.text if question.line else ""
    return tag(
        "li",
        tag("p", why_words(question), class_="why") if question.weakness else None,
        tag("p", text) if text else None,
        tag("p", f"{kind_words(question.item)} · {share_words(question)}"),
        tag("code", place_words(question.key, question.line, packs)),
        class_="weak" if question.weakness is not Weakness.NONE else "fine",
    )


def _figure(summary: str, *parts: Element) -> Element:
    return tag("figure", tag("figcaption", summary), *parts)


def _scaled(chart: Element, top: str, half: str, ends: tuple[str, str]) -> Element:
    """Put a chart between its axes, of which its own words tell already who does not see it."""
    scale = [tag("span", number) for number in (top, half, "0")]
    return tag(
        "div",
        tag("div", *scale, class_="scale", aria_hidden="true"),
        chart,
        tag("div", *(tag("span", end) for end in ends), class_="ends", aria_hidden="true"),
        class_="scaled",
    )


def _behind(title: str, content: Element) -> Element:
    return tag("details", tag("summary", title), content)


def _table(title: str, names: Sequence[str], rows: Sequence[Sequence[str | Element]]) -> Element:
    return tag(
        "div",
        tag(
            "table",
            tag("thead", tag("tr", *map(_heading, names, range(len(names))))),
            tag("tbody", *(_row(row) for row in rows)),
        ),
        class_="scroller",
        role="group",
        aria_label=title,
        tabindex="0",
    )


def _heading(name: str, place: int) -> Element:
    if not name:
        return tag("td")
    return tag("th", name, scope="col", class_="number" if place else "words")


def _row(cells: Sequence[str | Element]) -> Element:
    first, *others = cells
    return tag(
        "tr",
        tag("th", first, scope="row"),
        *(tag("td", cell, class_="number") for cell in others),
    )
