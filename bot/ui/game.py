"""The rounds and the board of a game, as cards."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.interview.model import Interview
from bot.state.games import Ending, Game, GameAnswer, Setup, counts
from bot.text import Text, _
from bot.trivia.kinds import Question
from bot.trivia.rounds import MAX_IDLE, Standing, ending_after
from bot.ui.cards import Card, row_of
from bot.ui.markdown import one_line, plain_cut
from bot.ui.reader import Reader
from bot.ui.render import small_print, source_of
from bot.ui.trivia import choice_label

_NAMED: Final = 20
"""Members who are named below a round or on a board."""
_Items = Sequence[discord.ui.Item[Any]]
_ENDINGS: Final = {
    Ending.STOPPED: _("The game was stopped."),
    Ending.IDLE: _("Nobody answered any more, so the game is over."),
    Ending.EMPTY: _("There is nothing left to ask, so the game is over."),
}


def opening_card(setup: Setup, starter_id: int, reader: Reader) -> Card:
    """Say what begins, and how it is played."""
    starter = f"<@{starter_id}>"
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
    return Card(reader.locale, f"{reader.say(text)}\n-# {reader.say(how)}")


def round_card(
    game: Game,
    shown: Question,
    answered: int,
    due_at: float,
    reader: Reader,
    answers: _Items,
    moves: _Items,
) -> Card:
    """Show an open round; nothing tells what others chose."""
    number = _("Round {round} of {rounds}", round=game.round, rounds=game.setup.rounds)
    ends = _("no clock") if game.setup.is_calm else _("ends <t:{at}:R>", at=int(due_at))
    count = _("{answered} answered", answered=answered)
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay(
            "\n".join([small_print([number, ends, count], reader), *_question(shown)])
        ),
        *(discord.ui.ActionRow(answer) for answer in answers),
    )
    return Card(reader.locale, container, discord.ui.ActionRow(*moves))


def reveal_card(
    game: Game,
    shown: Question,
    answers: Sequence[GameAnswer],
    interview: Interview | None,
    reader: Reader,
    moves: _Items,
) -> Card:
    """Show what was right, how many chose what, and who was right."""
    number = _("Round {round} of {rounds}", round=game.round, rounds=game.setup.rounds)
    chosen = counts(answers, game.round)
    lines = [small_print([number], reader), *_question(shown)]
    for n, choice in enumerate(shown.choices):
        lines.append(_counted(n, choice, chosen[n], reader, is_right=n == shown.right))
    right = [one.user_id for one in answers if one.round == game.round and one.is_right]
    lines += ["", _who(right, chosen.total(), reader)]
    lines.append(plain_cut(one_line(shown.explanation), 900))
    exchange = interview and interview.exchanges_by_number.get(shown.exchange)
    if interview and exchange:
        lines.append(small_print(source_of(interview, exchange), reader))
    lines.append(f"-# {reader.say(_following(game))}")
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay("\n".join(lines))
    )
    return Card(reader.locale, container, *row_of(moves))


def game_board_card(
    game: Game,
    standings: Sequence[Standing],
    hardest: tuple[int, str] | None,
    reader: Reader,
    moves: _Items,
) -> Card:
    """Show the places at the end of a game."""
    lines = [reader.say(_("### The board"))]
    if game.ending in _ENDINGS:
        lines.append(reader.say(_ENDINGS[game.ending]))
    lines += [_place(one, reader) for one in standings[:_NAMED]]
    if len(standings) > _NAMED:
        lines.append(reader.say(_("and {count} more", count=len(standings) - _NAMED)))
    if not standings:
        lines.append(reader.say(_("Nobody has answered.")))
    if hardest is not None:
        number, prompt = hardest
        note = _("Hardest was round {round}: {prompt}", round=number, prompt=plain_cut(prompt, 300))
        lines.append(f"-# {reader.say(note)}")
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay("\n".join(lines))
    )
    return Card(reader.locale, container, discord.ui.ActionRow(*moves))


def receipt(label: str, changes: int | None, reader: Reader) -> Card:
    """Tell one member privately what stands for them; None where nothing was changed by it."""
    match changes:
        case 0:
            text = _("You chose: {choice}\n-# You may change it once.", choice=label)
        case None:
            text = _("It stays: {choice}", choice=label)
        case _:
            text = _("Changed to: {choice}\n-# This one stands.", choice=label)
    return Card(reader.locale, reader.say(text))


def _question(shown: Question) -> list[str]:
    lines = [f"### {plain_cut(one_line(shown.prompt), 600)}"]
    if shown.passage:
        lines.append(f"> {plain_cut(one_line(shown.passage), 1500)}")
    return lines


def _counted(place: int, choice: str, count: int, reader: Reader, *, is_right: bool) -> str:
    label = plain_cut(choice_label(place, choice), 200)
    if is_right:
        return f"✓ **{label}** · {count} · " + reader.say(_("right"))
    return f"✗ {label} · {count}"


def _who(right: Sequence[int], answered: int, reader: Reader) -> str:
    if not answered:
        return reader.say(_("Nobody answered."))
    if not right:
        return reader.say(_("Nobody was right."))
    named = " ".join(f"<@{user_id}>" for user_id in right[:_NAMED])
    more = f" +{len(right) - _NAMED}" if len(right) > _NAMED else ""
    return reader.say(_("Right: {names}", names=named + more))


def _following(game: Game) -> Text:
    """Say what comes next, and warn before a game ends for want of answers."""
    if ending_after(game) is not None:
        return _("The board follows.")
    if game.setup.is_calm:
        return _("Who started the game goes on.")
    next_round = _("The next round comes <t:{at}:R>.", at=int(game.due_at))
    if game.idle_rounds == MAX_IDLE - 1:
        return _(
            "Nobody answered: one more such round ends the game. It comes <t:{at}:R>.",
            at=int(game.due_at),
        )
    return next_round


def _place(one: Standing, reader: Reader) -> str:
    sums = _(
        "{points} points · {right} right · {seconds} s",
        points=one.points,
        right=one.right,
        seconds=f"{one.seconds:.1f}",
    )
    return f"{one.place}\\. <@{one.user_id}> · {reader.say(sums)}"
