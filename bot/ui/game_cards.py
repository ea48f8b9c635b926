"""The lobby and the open rounds of a game, as cards."""

from collections.abc import Sequence
from typing import Final

from bot.interview.audience import Reader
from bot.interview.model import Difficulty
from bot.state.game import Ending, Game, Setup
from bot.text import Text, _, plural
from bot.trivia.game.rounds import MAX_SPEED, most_points
from bot.trivia.game.scenes import LobbyScene, RoundScene
from bot.trivia.kinds import Kind
from bot.trivia.question_words import KINDS
from bot.trivia.scoring import POINTS, worth
from bot.ui.budget import Line
from bot.ui.cards import Card, Item, box, row_of, rows_of, small
from bot.ui.game_names import listed
from bot.ui.question_cards import DIFFICULTIES, question_lines, up_to
from bot.ui.quote_cards import small_print

_SOMEBODY: Final = _("Somebody")
_DOUBLE: Final = _("The last round counts double.")
_SECRET: Final = _("Only you see your answer. You can change it once a round.")


def starter_of(game: Game) -> Text | str:
    """Name who started a game, unless they are on no board."""
    return f"<@{game.shown_starter_id}>" if game.shown_starter_id else _SOMEBODY


def lobby_card(scene: LobbyScene, reader: Reader, moves: Sequence[Item]) -> Card:
    """Say that a game is about to begin, how it is played and who plays; then, that it has."""
    if scene.is_over:
        return _closed_lobby_card(scene, reader)
    game = scene.game
    starts = _("### {starter} is starting a game", starter=starter_of(game))
    if game.setup.is_calm:
        starts = _("### {starter} is starting a calm game", starter=starter_of(game))
    begins = _("Starts <t:{at}:R>.", at=int(scene.due_at))
    lines = [reader.say(starts), reader.say(_shape(game.setup)), reader.say(begins)]
    lines += [_players(scene, reader), *how_lines(game.setup, reader)]
    return Card(reader.locale, box(lines, *row_of(moves)))


def begun_card(setup: Setup, reader: Reader) -> Card:
    """Tell who starts a game that it is there; where there is no lobby also how it is played."""
    lines: list[str] = [reader.say(_("Your game is on: {shape}.", shape=_shape(setup)))]
    if not setup.has_lobby:
        lines += how_lines(setup, reader)
    return Card(reader.locale, "\n".join(lines))


def round_card(
    scene: RoundScene, reader: Reader, answers: Sequence[Item], moves: Sequence[Item]
) -> Card:
    """Show an open round; nothing tells what others chose."""
    game = scene.game
    parts = [number_of(game), _("no clock") if game.setup.is_calm else _ends(scene)]
    parts.append(plural("1 answered", "{count} answered", scene.answered))
    lines: list[Line] = [small_print(parts, reader), small_print(_stakes(scene), reader)]
    lines += question_lines(scene.question)
    waits = _("{starter} shows the answer when everyone's ready.", starter=starter_of(game))
    footer = [small(reader.say(waits))] if game.setup.is_calm else []
    return Card(reader.locale, box(lines, *rows_of(answers), *footer), *row_of(moves))


def number_of(game: Game) -> Text:
    return _("Round {round} of {rounds}", round=game.round, rounds=game.setup.rounds)


def how_lines(setup: Setup, reader: Reader) -> list[str]:
    """Explain what brings points, and what others see of an answer."""
    least, most = worth(Difficulty.EASY, 2).points, max(POINTS.values())
    points = _(
        "A right answer is worth {least} to {most} points, plus up to {speed} for speed.",
        least=least,
        most=most,
        speed=MAX_SPEED,
    )
    if setup.is_calm:
        points = _(
            "A right answer is worth {least} to {most} points. Take your time: speed doesn't"
            " count.",
            least=least,
            most=most,
        )
    return [small(reader.say(each)) for each in (points, _DOUBLE, _SECRET)]


def _closed_lobby_card(scene: LobbyScene, reader: Reader) -> Card:
    game = scene.game
    if game.ending is Ending.STOPPED:
        return Card(reader.locale, reader.say(_("The game was called off.")))
    started = _(
        "{starter} started a game: {shape}.", starter=starter_of(game), shape=_shape(game.setup)
    )
    lines = [reader.say(started), _players(scene, reader)]
    if game.thread_id is not None:
        lines.append(reader.say(_("Play along in <#{thread}>.", thread=game.thread_id)))
    return Card(reader.locale, box(lines))


def _shape(setup: Setup) -> Text:
    """Say how long a game is, and of what kind."""
    clock = _("{seconds} seconds each", seconds=setup.seconds)
    if setup.is_calm:
        clock = _("no clock")
    if setup.kind is None:
        return _("{rounds} rounds, {clock}", rounds=setup.rounds, clock=clock)
    kind = KINDS[Kind(setup.kind)]
    return _("{rounds} rounds of “{kind}”, {clock}", rounds=setup.rounds, kind=kind, clock=clock)


def _stakes(scene: RoundScene) -> list[Text]:
    """Say how hard a round is, and what it is worth: without a clock just that."""
    game, most = scene.game, most_points(scene.game)
    points = plural("1 point", "{count} points", most) if game.setup.is_calm else up_to(most)
    stakes = [DIFFICULTIES[scene.question.difficulty], points]
    return [_("last round, counts double"), *stakes] if game.is_last_round else stakes


def _ends(scene: RoundScene) -> Text:
    return _("ends <t:{at}:R>", at=int(scene.due_at))


def _players(scene: LobbyScene, reader: Reader) -> str:
    user_ids = [player.user_id for player in scene.players if not player.is_hidden]
    names = listed([f"<@{user_id}>" for user_id in user_ids], len(scene.players), reader)
    return reader.say(_("Playing: {names}", names=names or reader.say(_SOMEBODY)))
