"""How many answers of a duel were right is told in the form that each language has for it."""

import pytest

from bot.interview.audience import Reader, SpoilerPolicy, audience
from bot.state.duels import Duel, DuelEnding, DuelPhase, DuelScore
from bot.ui.duel_cards import played_note, result_card
from tests.ui.shown import words_of

DUEL = Duel(
    id=1,
    channel_id=5,
    guild_id=6,
    slug="boat",
    due_at=0,
    phase=DuelPhase.TELLING,
    ending=DuelEnding.PLAYED,
    message_id=None,
    question_ids=(1, 2, 3, 4, 5),
    challenger_id=3,
    opponent_id=4,
)


@pytest.mark.parametrize(
    ("right", "locale", "note", "score"),
    [
        (1, "en", "### 1 of 5 right", "<@3> · 1 of 5 right"),
        (4, "en", "### 4 of 5 right", "<@3> · 4 of 5 right"),
        (0, "fr", "### 0 bonne réponse sur 5", "<@3> · 0 bonne réponse sur 5"),
        (4, "fr", "### 4 bonnes réponses sur 5", "<@3> · 4 bonnes réponses sur 5"),
        (0, "es", "### 0 aciertos de 5", "<@3> · 0 aciertos de 5"),
        (1, "es", "### 1 acierto de 5", "<@3> · 1 acierto de 5"),
        (1, "pt-BR", "### 1 acerto em 5", "<@3> · 1 acerto em 5"),
        (4, "pt-BR", "### 4 acertos em 5", "<@3> · 4 acertos em 5"),
    ],
)
def test_a_score_has_the_form_of_what_was_right(
    right: int, locale: str, note: str, score: str
) -> None:
    reader = Reader(audience(SpoilerPolicy.HIDE, allows_mature=True), locale)
    scores = [DuelScore(3, 5, right, is_hidden=False), DuelScore(4, 5, 2, is_hidden=False)]
    assert played_note(DUEL, scores, 3, reader) == note
    assert score in words_of(result_card(DUEL, scores, reader)).splitlines()
