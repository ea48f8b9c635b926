"""Boards and members' numbers as cards."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import discord

from bot.interview.model import Interview
from bot.state.periods import Period
from bot.state.scores import MAX_PLACE, MemberStats, Score
from bot.text import Text, _
from bot.trivia.kinds import Kind
from bot.trivia.practice import Mastery
from bot.ui.cards import Card, row_of
from bot.ui.markdown import plain
from bot.ui.reader import Reader

SHOWN: Final = 10
PERIODS: Final = {
    Period.WEEK: _("This week"),
    Period.MONTH: _("This month"),
    Period.EVER: _("Ever"),
}
KINDS: Final = {
    Kind.CURATED: _("Questions of the editors"),
    Kind.WHO: _("Who?"),
    Kind.LINE: _("How did it go on?"),
    Kind.QUESTION: _("Which question?"),
    Kind.TRUE_OR_FALSE: _("True or false"),
}


def board_card(
    period: Period,
    scores: Sequence[Score],
    names: Mapping[int, str],
    own: tuple[int, Score] | None,
    reader: Reader,
    buttons: Sequence[discord.ui.Item[Any]],
) -> Card:
    """Show the first of a server, and the place of who asks."""
    present = [score for score in scores if score.user_id in names]
    places = ranked([score.points for score in present])
    lines = [f"### {reader.say(PERIODS[period])}"]
    for place, score in list(zip(places, present, strict=True))[:SHOWN]:
        lines.append(_line(place, f"**{names[score.user_id]}**", score, reader))
    if not present:
        lines.append(reader.say(_("Nobody has points yet. /trivia is where they are won.")))
    if own is not None and own[1].user_id not in [score.user_id for score in present[:SHOWN]]:
        place, score = own
        shown = f"{MAX_PLACE}+" if place > MAX_PLACE else place
        lines += ["", _line(shown, reader.say(_("**You**")), score, reader)]
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay("\n".join(lines))
    )
    return Card(reader.locale, container, discord.ui.ActionRow(*buttons))


def ranked(points: Sequence[int]) -> list[int]:
    """Give the places of sums in falling order; the same sum has the same place."""
    return [1 + points.index(one) for one in points]


def numbers_card(
    name: str,
    numbers: MemberStats,
    mastery: Mastery,
    interview: Interview,
    reader: Reader,
    *,
    notes: Sequence[Text] = (),
    buttons: Sequence[discord.ui.Item[Any]] = (),
) -> Card:
    """Show what a member has done in a server."""
    lines = [f"### {name}"]
    if numbers.answered:
        percent = round(100 * numbers.right / numbers.answered)
        lines += [
            reader.say(_("{points} points", points=numbers.points)),
            reader.say(
                _(
                    "{right} of {answered} right ({percent} %)",
                    right=numbers.right,
                    answered=numbers.answered,
                    percent=percent,
                )
            ),
        ]
        streak = _(
            "Right in a row: {now}, at best {best}", now=numbers.streak, best=numbers.best_streak
        )
        lines.append(reader.say(streak))
        for kind, words in KINDS.items():
            answered, right = numbers.by_kind.get(kind.value, (0, 0))
            if answered:
                count = _("{right} of {answered}", right=right, answered=answered)
                lines.append(f"- {reader.say(words)} · {reader.say(count)}")
    else:
        lines.append(reader.say(_("No answers that counted yet. /trivia asks a question.")))
    lines.append(mastered_note(mastery, interview, reader))
    lines += [f"-# {reader.say(note)}" for note in notes]
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay("\n".join(lines))
    )
    return Card(reader.locale, container, *row_of(buttons))


def mastered_note(mastery: Mastery, interview: Interview, reader: Reader) -> str:
    """Say how far a member is with an interview."""
    note = _(
        "{mastered} of {total} mastered in {work}: right twice in a row",
        mastered=mastery.mastered,
        total=mastery.total,
        work=plain(interview.work or interview.title),
    )
    return f"-# {reader.say(note)}"


def _line(place: int | str, name: str, score: Score, reader: Reader) -> str:
    sums = _(
        "{points} points · {right} of {answered} right",
        points=score.points,
        right=score.right,
        answered=score.answered,
    )
    return f"{place}\\. {name} · {reader.say(sums)}"
