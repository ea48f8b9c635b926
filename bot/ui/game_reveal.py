"""A round of a game that is over, as a card: who was right, who was quick, who leads."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.interview.audience import Reader
from bot.interview.model import Interview
from bot.state.game import Game, GameAnswer, Phase, counts
from bot.text import Text, _, plural
from bot.trivia.game.rounds import MAX_IDLE, ending_after
from bot.trivia.game.scenes import AnswerScene
from bot.trivia.game.standings import GameStreak, broken, fastest, growing, standings, winners
from bot.ui.budget import Line
from bot.ui.cards import Card, Item, box, row_of, small
from bot.ui.game_cards import number_of, starter_of
from bot.ui.game_names import listed
from bot.ui.markdown import plain
from bot.ui.question_cards import choice_label, question_lines, why_lines
from bot.ui.quote_cards import more_of, small_print

_RIGHT: Final = _("right")
_LEADERS: Final = 5
"""Players whose standing is told after a round."""


def answer_card(
    scene: AnswerScene, interview: Interview | None, reader: Reader, moves: Sequence[Item]
) -> Card:
    """Show what was right, how many chose what, who was right and who leads by now."""
    game, question = scene.game, scene.question
    totals = counts(scene.answers, game.round)
    double = _("counted double") if game.is_last_round else ""
    lines = [small_print([number_of(game), double], reader), *question_lines(question)]
    for n, choice in enumerate(question.choices):
        lines.append(_counted(n, choice, totals[n], reader, is_right=n == question.right))
    lines += ["", _who(scene, totals.total(), reader), *_feats(scene, reader)]
    lines += why_lines(question, interview, reader)
    lines += _table(scene, reader)
    if game.phase is Phase.READING and not scene.is_past:
        lines.append(small(reader.say(_following(game))))
    return Card(reader.locale, box(lines), *row_of(moves))


def _counted(place: int, choice: str, count: int, reader: Reader, *, is_right: bool) -> str:
    label = plain(choice_label(place, choice))
    picked = reader.say(plural("1 picked this", "{count} picked this", count))
    if is_right:
        return f"✓ **{label}** · {reader.say(_RIGHT)} · {picked}"
    return f"✗ {label} · {picked}"


def _who(scene: AnswerScene, answered: int, reader: Reader) -> str:
    """Name who was right; of those who are on no board, and of too many, tell the number only."""
    number = scene.game.round
    right = [each for each in scene.answers if each.round == number and each.is_right]
    if not answered:
        return reader.say(_("Nobody answered."))
    if not right:
        return reader.say(_("Nobody got it right."))
    named = [_won(answer) for answer in right if not answer.is_hidden]
    if not named:
        return reader.say(
            plural("1 player got it right.", "{count} players got it right.", len(right))
        )
    return reader.say(_("Right: {names}", names=listed(named, len(right), reader)))


def _won(answer: GameAnswer) -> str:
    return f"<@{answer.user_id}> +{answer.points}"


def _feats(scene: AnswerScene, reader: Reader) -> Iterator[str]:
    """Tell who was fastest, and whose streak goes on or ends."""
    number = scene.game.round
    first = fastest(scene.answers, number)
    if first is not None and not scene.game.setup.is_calm:
        name, seconds = f"<@{first.user_id}>", f"{first.seconds:.1f}"
        yield reader.say(_("Fastest: {name} in {seconds} s", name=name, seconds=seconds))
    if (streak := growing(scene.answers, number)) is not None:
        row = plural(
            "Streak: {names}, {count} in a row",
            "Streak: {names}, {count} in a row",
            streak.length,
            names=_all(streak, reader),
        )
        yield reader.say(row)
    if (streak := broken(scene.answers, number)) is not None:
        end = plural(
            "Streak over: {names}, after {count} in a row",
            "Streak over: {names}, after {count} in a row",
            streak.length,
            names=_all(streak, reader),
        )
        yield reader.say(end)


def _all(streak: GameStreak, reader: Reader) -> str:
    return listed([f"<@{user_id}>" for user_id in streak.user_ids], len(streak.user_ids), reader)


def _table(scene: AnswerScene, reader: Reader) -> list[Line]:
    """Write how the players stand, a line each; after the last round the board does."""
    table = standings(scene.answers)
    if not winners(table) or ending_after(scene.game) is not None:
        return []
    lines: list[Line] = [reader.say(_("**After round {round}**", round=scene.game.round))]
    for standing in table[:_LEADERS]:
        points = reader.say(plural("1 point", "{count} points", standing.points))
        lines.append(f"{standing.place}\\. <@{standing.user_id}> · {points}")
    if len(table) > _LEADERS:
        lines.append(reader.say(more_of(len(table) - _LEADERS)))
    return lines


def _following(game: Game) -> Text:
    """Say what comes next, and warn before a game ends for want of answers."""
    if game.setup.is_calm:
        if ending_after(game) is not None:
            return _("{starter} opens the final scores.", starter=starter_of(game))
        return _("{starter} continues the game.", starter=starter_of(game))
    at = int(game.due_at)
    if ending_after(game) is not None:
        return _("Final scores <t:{at}:R>.", at=at)
    if game.idle_rounds == MAX_IDLE - 1:
        return _("Next round <t:{at}:R>. If nobody answers, the game ends.", at=at)
    if game.round + 1 == game.setup.rounds:
        return _("Last round <t:{at}:R>. It counts double.", at=at)
    return _("Next round <t:{at}:R>.", at=at)
