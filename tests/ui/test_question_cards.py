"""What an answer brought is told in the form that each language has for its number."""

import pytest

from bot.interview.audience import Reader, SpoilerPolicy, audience
from bot.state.questions import GivenAnswer
from bot.ui.question_cards import points_note


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
