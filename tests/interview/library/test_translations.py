"""Whoever has another language reads what is translated in it, and the rest as it is."""

from dataclasses import replace

import pytest

from bot.interview.audience import SpoilerPolicy, audience
from tests.interview.conftest import OpenPack
from tests.packs import INTERVIEW, fact, question, translated_fact, translated_question

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)


FRENCH = {
    "interview": {"rights": "À nous."},
    "person": {"ada-example": {"role": "boulangère"}},
    "topics": {"boats": "bateaux"},
    "exchange": {"1": {"title": "L\u2019idée", "summary": "Comment tout a commencé."}},
    "fact": {"1": translated_fact(1)},
    "question": {"2": translated_question(2)},
}


async def test_what_is_translated_is_in_the_readers_language_and_the_rest_as_it_is(
    open_pack: OpenPack,
) -> None:
    library = await open_pack(
        interview={**INTERVIEW, "rights": "Ours."},
        facts=[fact(1), fact(2)],
        questions=[question(1), question(2)],
        languages={"fr": FRENCH},
    )
    facts = [await library.fact("boat", n, SEES_ALL) for n in (2, 1)]
    french = await library.translated(facts, "fr")
    assert french == [facts[0], replace(facts[1], **translated_fact(1))]
    facet = library.facet("boat", "curated", audience=SEES_ALL)
    assert facet is not None
    questions = await library.questions(facet, [0, 1])
    for _again in range(2):
        first, second = await library.translated(questions, "fr")
        assert (first, second.right) == (questions[0], "Un pot de levain")
        assert second.wrong == tuple(translated_question(2)["wrong"])
    interview, english = library.interview("boat", "fr"), library.interviews["boat"]
    assert (interview.rights, english.rights) == ("À nous.", "Ours.")
    assert [person.role for person in interview.people] == ["boulangère", "skipper", "miller"]
    assert [person.part for person in interview.people] == ["Rye", "", ""]
    assert [person.is_speaker for person in interview.people] == [True, True, False]
    assert [exchange.title for exchange in interview.exchanges[:3]] == [
        "The boat",
        "L\u2019idée",
        "The oven",
    ]
    assert [interview.topic_name(topic) for topic in library.topics("boat")] == ["bread", "bateaux"]


@pytest.mark.parametrize(
    ("pack_language", "locale", "language"),
    [
        ("en", "fr", "fr"),
        ("en", "pt-BR", "pt-BR"),
        ("en", "pt-PT", None),
        ("en", "es-419", "es"),
        ("en", "ES-es", "es"),
        ("en", "en-US", None),
        ("en", "en-GB", "en-GB"),
        ("en", "de", None),
        ("fr-CA", "fr-CA", None),
        ("fr-CA", "fr", "fr"),
        ("de", "de", None),
    ],
)
async def test_a_locale_gets_its_own_translation_or_that_of_its_language(
    open_pack: OpenPack, pack_language: str, locale: str, language: str | None
) -> None:
    files = {
        name: {"fact": {"1": translated_fact(1, text=name)}}
        for name in ("fr", "pt-BR", "es", "en-GB")
    }
    library = await open_pack(
        interview={**INTERVIEW, "language": pack_language}, facts=[fact(1)], languages=files
    )
    (translation,) = await library.translated([await library.fact("boat", 1, SEES_ALL)], locale)
    assert translation.text == (language or fact(1)["text"])


async def test_a_pack_without_translations_is_the_same_in_every_language(
    open_pack: OpenPack,
) -> None:
    library = await open_pack(facts=[fact(1)])
    facts = [await library.fact("boat", 1, SEES_ALL)]
    assert await library.translated(facts, "fr") is facts
    assert library.interview("boat", "fr") is library.interviews["boat"]
    assert await library.translated([], "fr") == []
