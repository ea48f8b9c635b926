"""The rounds and the board of a game, as cards."""

from collections.abc import Sequence
from typing import Final

from bot.interview.audience import Reader
from bot.interview.model import Interview
from bot.state.game import Ending, Game, GameAnswer, Setup, counts
from bot.text import Text, _, plural
from bot.trivia.game.rounds import MAX_IDLE, Standing, ending_after
from bot.trivia.game.scenes import AnswerScene, BoardScene, Receipt, RoundScene
from bot.ui.budget import Line
from bot.ui.cards import Card, Item, box, row_of, rows_of, small
from bot.ui.markdown import plain
from bot.ui.question_cards import choice_label, question_lines, why_lines
from bot.ui.quote_cards import more_of, small_print

_NAMED: Final = 20
"""Members who are named below a round or on a board."""
_NOBODY: Final = _("Nobody has answered.")
_ENDINGS: Final = {
    Ending.STOPPED: _("The game was stopped."),
    Ending.IDLE: _("Nobody answered any more, so the game is over."),
    Ending.EMPTY: _("There is nothing left to ask, so the game is over."),
}


def opening_card(setup: Setup, starter_id: int | None, reader: Reader) -> Card:
    """Say what begins, and how it is played; None is a starter who is on no board."""
    starter = f"<@{starter_id}>" if starter_id else _("Somebody")
    if setup.is_calm:
        text = _(
            "{starter} starts a calm game: {rounds} rounds, no clock.",
            starter=starter,
            rounds=setup.rounds,
        )
    else:
        text = _(
            "{starter} starts a game: {rounds} rounds, {seconds} seconds each.",
            starter=starter,
            rounds=setup.rounds,
            seconds=setup.seconds,
        )
    how = _("Everybody may answer. Nobody sees your answer, and you may change it once.")
    return Card(reader.locale, f"{reader.say(text)}\n{small(reader.say(how))}")


def round_card(
    scene: RoundScene, reader: Reader, answers: Sequence[Item], moves: Sequence[Item]
) -> Card:
    """Show an open round; nothing tells what others chose."""
    setup = scene.game.setup
    ends = _("no clock") if setup.is_calm else _("ends <t:{at}:R>", at=int(scene.due_at))
    count = _("{answered} answered", answered=scene.answered)
    header = small_print([_number(scene.game), ends, count], reader)
    lines = [header, *question_lines(scene.question)]
    return Card(reader.locale, box(lines, *rows_of(answers)), *row_of(moves))


def answer_card(
    scene: AnswerScene, interview: Interview | None, reader: Reader, moves: Sequence[Item]
) -> Card:
    """Show what was right, how many chose what, and who was right."""
    game, question = scene.game, scene.question
    totals = counts(scene.answers, game.round)
    lines = [small_print([_number(game)], reader), *question_lines(question)]
    for n, choice in enumerate(question.choices):
        lines.append(_counted(n, choice, totals[n], reader, is_right=n == question.right))
    right = [answer for answer in scene.answers if answer.round == game.round and answer.is_right]
    lines += ["", _who(right, totals.total(), reader)]
    lines += why_lines(question, interview, reader)
    lines.append(small(reader.say(_following(game))))
    return Card(reader.locale, box(lines), *row_of(moves))


def game_board_card(scene: BoardScene, reader: Reader, moves: Sequence[Item]) -> Card:
    """Show the places at the end of a game."""
    game, standings = scene.game, scene.standings
    lines: list[Line] = [reader.say(_("### The board"))]
    if game.ending in _ENDINGS:
        lines.append(reader.say(_ENDINGS[game.ending]))
    lines += [_place(standing, reader) for standing in standings[:_NAMED]]
    if len(standings) > _NAMED:
        lines.append(reader.say(more_of(len(standings) - _NAMED)))
    if not standings:
        nobody = _("Nobody who played is shown on boards.") if scene.has_answers else _NOBODY
        lines.append(reader.say(nobody))
    if scene.hardest is not None:
        number, prompt = scene.hardest
        note = _("The hardest was round {round}: {prompt}", round=number, prompt=plain(prompt))
        lines.append(small(reader.say(note)))
    return Card(reader.locale, box(lines), *row_of(moves))


def receipt_card(receipt: Receipt, reader: Reader) -> Card:
    """Tell one member privately what stands for them."""
    label = plain(choice_label(receipt.choice, receipt.text))
    match receipt.changes:
        case 0:
            text = _("You chose: {choice}\n-# You may change it once.", choice=label)
        case None:
            text = _("It stays: {choice}", choice=label)
        case _:
            text = _("Changed to: {choice}\n-# This one stands.", choice=label)
    return Card(reader.locale, reader.say(text))


def _number(game: Game) -> Text:
    return _("Round {round} of {rounds}", round=game.round, rounds=game.setup.rounds)


def _counted(place: int, choice: str, count: int, reader: Reader, *, is_right: bool) -> str:
    label = plain(choice_label(place, choice))
    if is_right:
        return f"✓ **{label}** · {count} · " + reader.say(_("right"))
    return f"✗ {label} · {count}"


def _who(right: Sequence[GameAnswer], answered: int, reader: Reader) -> str:
    """Name who was right; of those who are on no board, and of too many, tell the number only."""
    if not answered:
        return reader.say(_("Nobody answered."))
    if not right:
        return reader.say(_("Nobody was right."))
    named = [f"<@{answer.user_id}>" for answer in right if not answer.is_hidden][:_NAMED]
    if not named:
        return reader.say(plural("1 was right.", "{count} were right.", len(right)))
    more = [f"+{len(right) - len(named)}"] if len(right) > len(named) else []
    return reader.say(_("Right: {names}", names=" ".join([*named, *more])))


def _following(game: Game) -> Text:
    """Say what comes next, and warn before a game ends for want of answers."""
    if ending_after(game) is not None:
        return _("The board follows.")
    if game.setup.is_calm:
        return _("Whoever started the game opens the next round.")
    next_round = _("The next round comes <t:{at}:R>.", at=int(game.due_at))
    if game.idle_rounds == MAX_IDLE - 1:
        return _(
            "Nobody answered: one more round like that ends the game. It comes <t:{at}:R>.",
            at=int(game.due_at),
        )
    return next_round


def _place(standing: Standing, reader: Reader) -> str:
    sums = _(
        "{points} points · {right} right · {seconds} s",
        points=standing.points,
        right=standing.right,
        seconds=f"{standing.seconds:.1f}",
    )
    return f"{standing.place}\\. <@{standing.user_id}> · {reader.say(sums)}"
