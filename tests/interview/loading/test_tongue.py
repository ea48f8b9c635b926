"""The language of a talk is told by its small words, or not at all."""

import pytest

from bot.interview.loading.tongue import language_of, small_words_of

TALKS = {
    "en": "We had the boat for three weeks, and then it was in the water, but nobody was there.",
    "de": "Wir hatten das Boot drei Wochen lang, und dann war es im Wasser, aber es war keiner da.",
    "fr": "Nous avons eu le bateau pendant trois semaines, et puis il était dans l’eau, mais seul.",
    "es": "Tuvimos el barco durante tres semanas, y luego estaba en el agua, pero no había nadie.",
    "zh": "我们有这条船三个星期了，然后它就在水里了，可是那里没有人，他们都走了。",
}


@pytest.mark.parametrize("language", TALKS)
def test_a_language_is_told_by_its_small_words(language: str) -> None:
    assert language_of([TALKS[language]] * 2) == language


def test_of_too_little_nothing_is_said() -> None:
    assert language_of(["Boats."]) == ""
    assert language_of([]) == ""
    assert language_of(["xyzzy plugh frotz"] * 30) == ""


@pytest.mark.parametrize("language", ["", "xx", "pt-BR"])
def test_a_language_without_a_list_has_the_small_words_of_english(language: str) -> None:
    assert small_words_of(language) == small_words_of("en")
