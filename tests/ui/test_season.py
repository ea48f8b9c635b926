"""A week that is looked back at counts in the form that each language has for a number."""

import pytest

from bot.interview.audience import Reader, SpoilerPolicy, audience
from bot.state.seasons import LongStreak, Points, Season
from bot.ui.season import outcome_lines


def told(season: Season, locale: str) -> list[str]:
    return outcome_lines(season, Reader(audience(SpoilerPolicy.HIDE, allows_mature=True), locale))


@pytest.mark.parametrize(
    ("points", "locale", "said"),
    [
        ((1,), "en", "**<@1> wins the week** with 1 point"),
        ((120,), "en", "**<@1> wins the week** with 120 points"),
        ((2, 1), "en", "**<@1> wins the week** with 2 points, 1 ahead"),
        ((120, 90), "en", "**<@1> wins the week** with 120 points, 30 ahead"),
        ((1, 1), "en", "**A tie:** <@1>, <@2>, 1 point each"),
        ((70, 70), "en", "**A tie:** <@1>, <@2>, 70 points each"),
        ((1,), "fr", "**<@1> remporte la semaine** avec 1 point"),
        ((120, 90), "fr", "**<@1> remporte la semaine** avec 120 points et 30 d’avance"),
        ((1, 1), "es", "**Empate:** <@1>, <@2>, con 1 punto por cabeza"),
        ((120, 90), "es", "**<@1> gana la semana** con 120 puntos, 30 más que nadie"),
        ((1, 1), "pt-BR", "**Empate:** <@1>, <@2>, com 1 ponto cada"),
        ((120, 90), "pt-BR", "**<@1> venceu a semana** com 120 pontos, 30 à frente"),
    ],
)
def test_who_won_is_told_with_points_that_agree(
    points: tuple[int, ...], locale: str, said: str
) -> None:
    leaders = [Points(number, gained) for number, gained in enumerate(points, 1)]
    assert told(Season(leaders), locale) == [said]


@pytest.mark.parametrize(
    ("gap", "locale", "said"),
    [
        (1, "en", "<@1> beat <@2> by 1 point"),
        (9, "en", "<@1> beat <@2> by 9 points"),
        (1, "fr", "<@1> devant <@2>, avec 1 point d’avance"),
        (9, "fr", "<@1> devant <@2>, avec 9 points d’avance"),
        (1, "es", "<@1> le ganó a <@2> por 1 punto"),
        (9, "es", "<@1> le ganó a <@2> por 9 puntos"),
        (1, "pt-BR", "<@1> passou <@2> por 1 ponto"),
        (9, "pt-BR", "<@1> passou <@2> por 9 pontos"),
    ],
)
def test_how_close_a_race_was_agrees_with_its_points(gap: int, locale: str, said: str) -> None:
    race = [Points(1, 100 + gap), Points(2, 100)]
    _winner, closest = told(Season(race, race), locale)
    assert closest.endswith(f" · {said}")


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "**Longest streak** · <@1>, 7 right in a row"),
        ("fr", "**Plus longue série** · <@1>, 7 bonnes réponses de suite"),
        ("es", "**La racha más larga** · <@1>, 7 aciertos seguidos"),
        ("pt-BR", "**Maior sequência** · <@1>, 7 acertos seguidos"),
    ],
)
def test_the_longest_streak_is_counted(locale: str, said: str) -> None:
    season = Season([Points(1, 100)], streaks=[LongStreak(1, 7)])
    assert told(season, locale)[1:] == [said]
