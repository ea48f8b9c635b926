"""The board at the end of a game, as a card."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.interview.audience import Reader
from bot.letters import one_line
from bot.state.game import Ending
from bot.text import Text, _, plural
from bot.trivia.game.scenes import BoardScene
from bot.trivia.game.standings import Moment, Standing, winners
from bot.ui.budget import FlexibleText, Line
from bot.ui.cards import Card, Item, box, row_of, small
from bot.ui.game_names import NAMED, listed
from bot.ui.markdown import plain
from bot.ui.quote_cards import more_of

_ENDINGS: Final = {
    Ending.STOPPED: _("The game was stopped."),
    Ending.IDLE: _("Nobody's answering, so the game is over."),
    Ending.EMPTY: _("I'm out of questions, so the game is over."),
}


def game_board_card(scene: BoardScene, reader: Reader, moves: Sequence[Item]) -> Card:
    """Name the winner, then the places, what was close and what was hard."""
    game, table = scene.game, scene.standings
    lines: list[Line] = [reader.say(_("### Final scores"))]
    lines += [
        reader.say(words) for words in (_ENDINGS.get(game.ending), _outcome(scene, reader)) if words
    ]
    lines += [_place(standing, reader) for standing in table[:NAMED]]
    if len(table) > NAMED:
        lines.append(reader.say(more_of(len(table) - NAMED)))
    lines += _looking_back(scene, reader)
    return Card(reader.locale, box(lines), *row_of(moves))


def _outcome(scene: BoardScene, reader: Reader) -> Text | None:
    """Say who has won; None where it was said already that nobody has answered."""
    table, first = scene.standings, winners(scene.standings)
    if not scene.has_answers:
        return None if scene.game.ending is Ending.IDLE else _("Nobody answered in this game.")
    if not table:
        return _("Everyone who played is hidden from boards.")
    if not first and scene.has_hidden_points:
        return _("Everyone who scored is hidden from boards.")
    if not first:
        return _("**Nobody scored.**")
    names = [f"<@{standing.user_id}>" for standing in first]
    if len(first) > 1:
        return _("**It's a tie:** {names}", names=listed(names, len(names), reader))
    if len(table) == 1:
        return _("**{name} played alone.**", name=names[0])
    ahead = first[0].points - table[1].points
    return plural(
        "**{name} wins** by 1 point.", "**{name} wins** by {count} points.", ahead, name=names[0]
    )


def _place(standing: Standing, reader: Reader) -> str:
    sums = plural(
        "1 point · {right} right",
        "{count} points · {right} right",
        standing.points,
        right=standing.right,
    )
    return f"{standing.place}\\. <@{standing.user_id}> · {reader.say(sums)}"


def _looking_back(scene: BoardScene, reader: Reader) -> Iterator[Line]:
    if scene.closest is not None:
        yield small(reader.say(_moment(scene.closest)))
    if scene.hardest is not None:
        worst = scene.hardest
        note = _(
            "Hardest question: round {round}, {right} of {answered} got it",
            round=worst.round,
            right=worst.right,
            answered=worst.answered,
        )
        yield small(reader.say(note))
        yield FlexibleText(one_line(worst.statement), "> ")
        answer = plain(one_line(worst.answer))
        yield small(reader.say(_("Right answer: {answer}", answer=answer)))


def _moment(moment: Moment) -> Text:
    first, second = f"<@{moment.first_id}>", f"<@{moment.second_id}>"
    if not moment.gap:
        return _(
            "Closest moment: {first} and {second} were level after round {round}",
            first=first,
            second=second,
            round=moment.round,
        )
    return plural(
        "Closest moment: {first} led {second} by 1 point after round {round}",
        "Closest moment: {first} led {second} by {count} points after round {round}",
        moment.gap,
        first=first,
        second=second,
        round=moment.round,
    )
