"""How far a member is from the next one is told in the form that their language has for it."""

import pytest

from bot.state.game import Ending, Game, GameAnswer, Phase, Setup
from bot.trivia.game.scenes import AnswerScene
from bot.trivia.kinds import Difficulty, Question, Source
from bot.ui.game_receipts import outcome_card
from tests.ui.shown import words_of

OWN, OTHER = 3, 4
GAME = Game(
    id=1,
    channel_id=5,
    guild_id=6,
    starter_id=OWN,
    slug="boat",
    setup=Setup(rounds=9, seconds=20),
    phase=Phase.READING,
    round=1,
    question_id=1,
    message_id=2,
    asked_at=0,
    due_at=0,
    is_hurried=False,
    answer_shown_in=None,
    idle_rounds=0,
    ending=Ending.PLAYED,
    document="",
    right_choice=0,
    choice_count=2,
    worth=50,
)
QUESTION = Question(
    "boat", Source.CURATED, 1, Difficulty.EASY, "Who bakes?", "", ("Ada", "Ben"), 0, "", 1
)


def told(points: int, rivals: int, locale: str) -> str:
    """Tell a member who has some points where they stand beside somebody who has some."""
    answers = [
        GameAnswer(1, user_id, 0 if gained else 1, gained > 0, gained, 1)
        for user_id, gained in ((OWN, points), (OTHER, rivals))
    ]
    card = outcome_card(AnswerScene(GAME, 2, QUESTION, answers), OWN, locale)
    assert card is not None
    return words_of(card)


@pytest.mark.parametrize(
    ("points", "rivals", "locale", "standing"),
    [
        (51, 50, "en", "You're 1st, 1 point ahead of <@4>."),
        (70, 50, "en", "You're 1st, 20 points ahead of <@4>."),
        (50, 51, "en", "You're 2nd, 1 point behind <@4>."),
        (50, 70, "en", "You're 2nd, 20 points behind <@4>."),
        (51, 50, "fr", "Tu es à la 1re place, avec 1 point d’avance sur <@4>."),
        (50, 70, "fr", "Tu es à la 2e place, avec 20 points de retard sur <@4>."),
        (51, 50, "es", "Vas en primer lugar, con 1 punto más que <@4>."),
        (50, 70, "es", "Vas en segundo lugar, a 20 puntos de <@4>."),
        (51, 50, "pt-BR", "Você está em 1º lugar, 1 ponto à frente de <@4>."),
        (50, 70, "pt-BR", "Você está em 2º lugar, 20 pontos atrás de <@4>."),
    ],
)
def test_a_gap_has_the_form_of_its_number(
    points: int, rivals: int, locale: str, standing: str
) -> None:
    assert standing in told(points, rivals, locale)
