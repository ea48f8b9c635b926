"""Boards and members' numbers as cards."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.interview.audience import Reader
from bot.state.periods import Period
from bot.state.scores import MAX_PLACE, Hiding, MemberStats, Score
from bot.text import Text, _, plural
from bot.trivia.practice import Mastery
from bot.trivia.question_words import KINDS
from bot.ui.cards import Card, Item, box, row_of, small
from bot.ui.question_cards import mastered_note

# What fits on a phone without scrolling.
SHOWN: Final = 10
PERIODS: Final = {
    Period.WEEK: _("This week"),
    Period.MONTH: _("This month"),
    Period.EVER: _("All time"),
}


def board_card(
    period: Period,
    scores: Sequence[Score],
    names: Mapping[int, str],
    own: tuple[int, Score] | None,
    reader: Reader,
    buttons: Sequence[Item],
) -> Card:
    """Show the first of a server, and the place of who alone reads it."""
    present = [score for score in scores if score.user_id in names]
    places = ranked([score.points for score in present])
    lines = [reader.say(_("### Leaderboard · {period}", period=PERIODS[period]))]
    for place, score in list(zip(places, present, strict=True))[:SHOWN]:
        lines.append(_line(place, f"**{names[score.user_id]}**", score, reader))
    if not present:
        lines.append(reader.say(_("No points yet. Score the first with /trivia.")))
    if own is not None and own[1].user_id not in [score.user_id for score in present[:SHOWN]]:
        place, score = own
        lines += ["", _line(place, reader.say(_("**You**")), score, reader)]
    return Card(reader.locale, box(lines), *row_of(buttons))


def ranked(points: Sequence[int]) -> list[int]:
    """Give the places of sums in falling order; the same sum has the same place."""
    return [1 + points.index(own) for own in points]


def stats_card(
    name: str,
    stats: MemberStats,
    mastery: Mastery,
    reader: Reader,
    *,
    hiding: Hiding,
    places: Sequence[tuple[Period, int, Score]] = (),
    buttons: Sequence[Item] = (),
) -> Card:
    """Show what a member has done in a server, and where they stand if they alone read it."""
    lines = [f"### {name}", *_numbers(stats, reader)]
    lines += _own_places(places, stats, reader)
    lines.append(mastered_note(mastery, reader))
    if hiding.is_by_moderator:
        lines.append(small(reader.say(_("Taken off this server's boards by a moderator."))))
    if hiding.is_by_wish:
        lines.append(small(reader.say(_("Hidden from all boards. Change that in /privacy."))))
    return Card(reader.locale, box(lines), *row_of(buttons))


def _own_places(
    places: Sequence[tuple[Period, int, Score]], stats: MemberStats, reader: Reader
) -> list[str]:
    """Write a place once for all periods that have it, and no sum that stands above."""
    periods: dict[tuple[int, int], list[str]] = {}
    for period, place, score in places:
        periods.setdefault((place, score.points), []).append(reader.say(PERIODS[period]))
    lines: list[str] = []
    for (place, points), names in periods.items():
        words = _("place {place}, {points}", place=_rank(place), points=_points(points))
        if points == stats.points:
            words = _("place {place}", place=_rank(place))
        lines.append(f"- {', '.join(names)} · {reader.say(words)}")
    return lines


def _numbers(stats: MemberStats, reader: Reader) -> list[str]:
    if not stats.answered:
        return [reader.say(_("No answers yet. Try /trivia."))]
    percent = round(100 * stats.right / stats.answered)
    sums = [
        _points(stats.points),
        _(
            "{right} of {answered} right ({percent}%)",
            right=stats.right,
            answered=stats.answered,
            percent=percent,
        ),
        _("Streak: {now} right in a row (best: {best})", now=stats.streak, best=stats.best_streak),
    ]
    lines = [*map(reader.say, sums)]
    for kind, words in KINDS.items():
        answered, right = stats.by_kind.get(kind.value, (0, 0))
        # Of a single kind the sum has said it all.
        if 0 < answered < stats.answered:
            count = _("{right} of {answered} right", right=right, answered=answered)
            lines.append(f"- {reader.say(words)} · {reader.say(count)}")
    return lines


def _points(points: int) -> Text:
    return plural("1 point", "{count} points", points)


def _rank(place: int) -> str:
    return f"{MAX_PLACE}+" if place > MAX_PLACE else str(place)


def _line(place: int, name: str, score: Score, reader: Reader) -> str:
    sums = _(
        "{points} · {right} of {answered} right",
        points=_points(score.points),
        right=score.right,
        answered=score.answered,
    )
    return f"{_rank(place)}\\. {name} · {reader.say(sums)}"
