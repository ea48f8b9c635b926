"""Duels as cards: what the channel sees, and what each player sees alone."""

from collections.abc import Sequence

from bot.interview.audience import Reader
from bot.state.duels import Duel, DuelScore
from bot.text import Text, _, plural
from bot.trivia.duel.duel_host import DuelTurn
from bot.ui.budget import Line
from bot.ui.cards import Card, Item, box, row_of, rows_of, small
from bot.ui.question_cards import question_lines
from bot.ui.quote_cards import small_print


def challenge_card(duel: Duel, reader: Reader, buttons: Sequence[Item]) -> Card:
    """Ask an opponent, whom nobody has asked before; nothing is pinged."""
    heading = _(
        "### {challenger} challenges {opponent}",
        challenger=_mention(duel.challenger_id),
        opponent=_mention(duel.opponent_id),
    )
    count = plural(
        "One question, the same for both of you. Play privately, whenever you like.",
        "{count} questions, the same for both of you. Play privately, whenever you like.",
        len(duel.question_ids),
    )
    note = _("Press Play to accept, by <t:{at}:f>.", at=int(duel.due_at))
    return _card(reader, [heading, count], note, buttons)


def duel_card(duel: Duel, reader: Reader, buttons: Sequence[Item]) -> Card:
    """Show a duel that is played."""
    challenger, opponent = map(_mention, duel.players)
    heading = _("### {challenger} against {opponent}", challenger=challenger, opponent=opponent)
    note = _(
        "I'll post the result once both are done, <t:{at}:R> at the latest.", at=int(duel.due_at)
    )
    return _card(reader, [heading], note, buttons)


def closed_card(sentence: Text, reader: Reader) -> Card:
    """Say in the place of a challenge what became of it; nobody is named."""
    return Card(reader.locale, box([reader.say(sentence)]))


def left_card(user_ids: Sequence[int], reader: Reader) -> Card:
    """Tell players that their duel cannot go on; who has left it is not named, nor why."""
    sentence = _(
        "{names}, your duel ended early, so nobody wins or loses. You keep your points.",
        names=", ".join(map(_mention, user_ids)),
    )
    return Card(reader.locale, box([reader.say(sentence)]))


def result_card(
    duel: Duel, scores: Sequence[DuelScore], reader: Reader, buttons: Sequence[Item] = ()
) -> Card:
    """Tell how a duel ended; of two who are both on the boards."""
    count = len(duel.question_ids)
    lines = [_heading(scores), *(_score(score, count) for score in _best_first(scores))]
    return Card(reader.locale, box([reader.say(line) for line in lines], *row_of(buttons)))


def turn_card(turn: DuelTurn, reader: Reader, buttons: Sequence[Item]) -> Card:
    """Ask a player one of the questions."""
    header = number_in_duel(turn.number, turn.count)
    ends = _("ends <t:{at}:R>", at=int(turn.duel.due_at))
    lines: list[Line] = [small_print([header, ends], reader), *question_lines(turn.question)]
    return Card(reader.locale, box(lines, *rows_of(buttons)))


def number_in_duel(number: int, count: int) -> Text:
    return _("Duel · question {number} of {count}", number=number, count=count)


def played_note(duel: Duel, scores: Sequence[DuelScore], user_id: int, reader: Reader) -> str:
    """Say to who has answered everything how they did, and what they wait for, if for anything."""
    count = len(duel.question_ids)
    right = sum(score.right for score in scores if score.user_id == user_id)
    result = plural(
        "### {count} of {total} right", "### {count} of {total} right", right, total=count
    )
    if all(score.answered == count for score in scores):
        return reader.say(result)
    lines = [
        result,
        _("I'll post the result in the channel once you're both done."),
    ]
    return "\n".join(map(reader.say, lines))


def _card(reader: Reader, lines: Sequence[Text], note: Text, buttons: Sequence[Item]) -> Card:
    texts = [*map(reader.say, lines), small(reader.say(note))]
    return Card(reader.locale, box(texts, *row_of(buttons)))


def _heading(scores: Sequence[DuelScore]) -> Text:
    first, second = _best_first(scores)
    if not any(score.answered for score in scores):
        return _("### Nobody played this duel")
    if first.right == second.right:
        return _("### It's a tie")
    return _("### {winner} wins the duel", winner=_mention(first.user_id))


def _best_first(scores: Sequence[DuelScore]) -> list[DuelScore]:
    return sorted(scores, key=lambda score: -score.right)


def _score(score: DuelScore, count: int) -> Text:
    name = _mention(score.user_id)
    if not score.answered:
        return _("{name} · didn't play", name=name)
    return plural(
        "{name} · {count} of {total} right",
        "{name} · {count} of {total} right",
        score.right,
        name=name,
        total=count,
    )


def _mention(user_id: int) -> str:
    return f"<@{user_id}>"
