"""A server's week in trivia: who won, what was close, long and hard."""

from collections.abc import Iterator, Sequence

from bot.client import Bot
from bot.daily.due import WEEK_SECONDS, week_before
from bot.interview.audience import Reader
from bot.interview.library.library import Library
from bot.letters import one_line
from bot.process.utc_days import SECONDS_A_DAY
from bot.state.periods import Period
from bot.state.seasons import HardQuestion, LongStreak, Points, Season
from bot.text import Text, _, plural
from bot.trivia.kinds import ITEM_KIND_OF, Question, Source
from bot.ui.budget import FlexibleText, Line
from bot.ui.cards import Card, box, row_of, small
from bot.ui.day_layout import share_right_of
from bot.ui.game_names import listed
from bot.ui.game_setup import TogetherButton


async def season_card(bot: Bot, guild_id: int, slug: str, reader: Reader, at: int) -> Card | None:
    """Look back at the week that was over at a time; None where nobody has won anything."""
    begin = week_before(at)
    season = await bot.state.seasons.of(guild_id, Period.WEEK.key(begin))
    if not season.leaders:
        return None
    hardest = await _hardest(season.hard, bot.library, reader)
    dates = _(
        "<t:{first}:D> to <t:{last}:D>",
        first=begin + SECONDS_A_DAY // 2,
        last=begin + WEEK_SECONDS - SECONDS_A_DAY // 2,
    )
    lines: list[Line] = [reader.say(_("### The week in trivia")), small(reader.say(dates))]
    lines += outcome_lines(season, reader)
    if hardest is not None:
        question, rated = hardest
        share = reader.say(share_right_of(rated.right, rated.answered))
        lines.append(reader.say(_("**Hardest question** · {share}", share=share)))
        words = " ".join(filter(None, (question.prompt, question.passage)))
        lines.append(FlexibleText(one_line(words), "> "))
    return Card(reader.locale, box(lines), *row_of([TogetherButton(slug)]))


def outcome_lines(season: Season, reader: Reader) -> list[str]:
    """Say who won the week, and what was close and long in it."""
    return [reader.say(_winner(season.leaders, reader)), *_looking_back(season, reader)]


def _winner(leaders: Sequence[Points], reader: Reader) -> Text:
    most = leaders[0].points
    first = [f"<@{player.user_id}>" for player in leaders if player.points == most]
    behind = [player for player in leaders if player.points < most]
    if len(first) > 1:
        names = listed(first, len(first), reader)
        return plural(
            "**A tie:** {names}, 1 point each",
            "**A tie:** {names}, {count} points each",
            most,
            names=names,
        )
    points = plural("1 point", "{count} points", most)
    if not behind:
        return _("**{name} wins the week** with {points}", name=first[0], points=points)
    return plural(
        "**{name} wins the week** with {points}, 1 ahead",
        "**{name} wins the week** with {points}, {count} ahead",
        most - behind[0].points,
        name=first[0],
        points=points,
    )


def _looking_back(season: Season, reader: Reader) -> Iterator[str]:
    if season.race:
        yield reader.say(_race(season.race, reader))
    if season.streaks:
        yield reader.say(_streak(season.streaks, reader))


def _race(race: Sequence[Points], reader: Reader) -> Text:
    most, runner_up = race[0].points, race[1].points
    second = [f"<@{player.user_id}>" for player in race if player.points == runner_up]
    names = listed(second, len(second), reader)
    if most == runner_up:
        return _("**Closest race** · {names} finished level", names=names)
    return plural(
        "**Closest race** · {name} beat {names} by 1 point",
        "**Closest race** · {name} beat {names} by {count} points",
        most - runner_up,
        name=f"<@{race[0].user_id}>",
        names=names,
    )


def _streak(streaks: Sequence[LongStreak], reader: Reader) -> Text:
    longest = streaks[0].length
    holders = [f"<@{player.user_id}>" for player in streaks if player.length == longest]
    names = listed(holders, len(holders), reader)
    return plural(
        "**Longest streak** · {names}, {count} right in a row",
        "**Longest streak** · {names}, {count} right in a row",
        longest,
        names=names,
    )


async def _hardest(
    hard: Sequence[HardQuestion], library: Library, reader: Reader
) -> tuple[Question, HardQuestion] | None:
    """Give the hardest that all who read it may see; it may have been asked of one alone."""
    audience = reader.audience.for_game()
    for rated in hard:
        question = Question.from_json(rated.document)
        # Of the two lines of a comparison only one is noted.
        if question.source is Source.COMPARE:
            continue
        kind = ITEM_KIND_OF[question.source]
        if await library.may_show(kind, question.slug, question.number, audience):
            return question, rated
    return None
