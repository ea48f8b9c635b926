"""A quote that says little without its question is told from one that stands alone."""

import pytest

from bot.interview.leaning import leans_on_question
from bot.interview.model import Quote


@pytest.mark.parametrize(
    ("language", "text", "leans"),
    [
        ("en", "We were never alone. I was never alone.", True),
        (
            "en",
            "They kept it a secret, but when it came out we all said: it makes sense!",
            True,
        ),
        ("en", "Oh, yeah. Oh, yeah. I mean, that is just a given for dancers like us.", True),
        ("en", "The big dance scenes, we would try to cram it all into one day.", False),
        ("en-GB", "She's standoffish and the mean girl at school, and I liked playing that.", True),
        (
            "fr",
            "C'était un rêve, et nous avons tous voulu en profiter jusqu'au bout.",
            True,
        ),
        ("fr", "La musique nous portait, et personne ne voulait rentrer avant l'aube.", False),
        (
            "xx",
            "They kept it a secret, but when it came out we all said: it makes sense!",
            False,
        ),
        ("ja", "私たちは朝の三時までスタジオで踊っていました。それから海まで歩きました。", False),
    ],
)
def test_few_words_and_those_that_point_back_lean(language: str, text: str, leans: bool) -> None:
    assert leans_on_question(Quote("boat", 1, 1, "ada", text), language) is leans
