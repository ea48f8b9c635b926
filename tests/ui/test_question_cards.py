"""What an answer brought, and how far that is, has the form that each language has for it."""

import pytest

from bot.interview.audience import Reader, SpoilerPolicy, audience
from bot.state.questions import GivenAnswer
from bot.trivia.practice import Mastery
from bot.ui.question_cards import mastered_note, points_note


@pytest.mark.parametrize(
    ("points", "streak", "locale", "said"),
    [
        (1, 1, "en", "-# +1 point"),
        (50, 1, "en", "-# +50 points"),
        (50, 3, "en", "-# +50 points · 3 right in a row"),
        (1, 1, "fr", "-# +1 point"),
        (50, 3, "fr", "-# +50 points · 3 bonnes réponses de suite"),
        (1, 1, "es", "-# +1 punto"),
        (50, 3, "es", "-# +50 puntos · 3 aciertos seguidos"),
        (1, 1, "pt-BR", "-# +1 ponto"),
        (50, 3, "pt-BR", "-# +50 pontos · 3 acertos seguidos"),
    ],
)
def test_points_and_a_streak_agree_with_their_numbers(
    points: int, streak: int, locale: str, said: str
) -> None:
    answer = GivenAnswer(0, is_right=True, points=points, streak=streak, counts=True, document="")
    reader = Reader(audience(SpoilerPolicy.HIDE, allows_mature=True), locale)
    assert points_note(answer, reader) == said


@pytest.mark.parametrize(
    ("total", "locale", "said"),
    [
        (1, "en", "0 of 1 question mastered in this interview (get it right twice in a row)"),
        (2, "en", "0 of this interview's 2 questions mastered (get one right twice in a row)"),
        (1, "fr", "Question maîtrisée dans cette interview\u00a0: 0 sur 1 (deux bonnes réponses"),
        (2, "fr", "Questions maîtrisées dans cette interview\u00a0: 0 sur 2 (deux bonnes"),
        (1, "es", "Pregunta dominada de esta entrevista: 0 de 1 (hacen"),
        (2, "es", "Preguntas dominadas de esta entrevista: 0 de 2 (hacen"),
        (1, "pt-BR", "Pergunta desta entrevista que você já domina: 0 de 1 (acerte"),
        (2, "pt-BR", "Perguntas desta entrevista que você já domina: 0 de 2 (acerte"),
    ],
)
def test_how_far_a_member_is_agrees_with_how_many_there_are(
    total: int, locale: str, said: str
) -> None:
    reader = Reader(audience(SpoilerPolicy.HIDE, allows_mature=True), locale)
    assert mastered_note(Mastery(0, total), reader).startswith(f"-# {said}")
