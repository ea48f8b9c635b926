"""The shipped interview in other languages: whole, as true as the English, set as each is set."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.editing.check import hints_at
from bot.interview.pack.pack import Pack, read_pack
from bot.interview.pack.translatable import Place
from bot.interview.pack.translation import Translation

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "tiny-pretty-things"
ARTICLE = ROOT.parent / "shared" / "interview.txt"

NAMES = re.compile(
    r"Kylie|Casimere|Jollette|Jefferson|Anna|Maiche|Cassie|Neveah|Bette|Ruth Kinane|Charaipotra"
    r"|Clayton|Giraud|Portman|Saldana|Peck|Netflix|Black Swan|Cisne Negro|Flashdance|Chicago"
    r"|Toronto|New York|Nueva York|Nova York|L\.A\.|Los [AÁ]ngeles|Vancouver|Boston|Joffrey"
    r"|Supermarket|Entertainment Weekly|Tiny Pretty"
)
SAME_NAMES = {
    "L.A.": "Los Angeles",
    "Los Ángeles": "Los Angeles",
    "Nueva York": "New York",
    "Nova York": "New York",
    "Cisne Negro": "Black Swan",
}
ENGLISH = re.compile("«\u202f(.*?)\u202f»")
QUOTED = re.compile("[«“„](.*?)[»”]")


class Manner(NamedTuple):
    """What a language's typography, our care and the bot's tone forbid."""

    mis_set: list[str]
    untold: str
    spoiling: str
    formal: str


ANYWHERE = [r"['\"]", r"  |^\s|\s$|\.\.\.| [,.]"]
MANNERS = {
    "fr": Manner(
        [
            *ANYWHERE,
            "(?<!\u202f)[;!?»]",
            "(?<!\u00a0):",
            "«(?!\u202f)",
            "(?<!«)[\u202f\u00a0](?![;!?»:]|h\\b|heures|épisodes)",
            r"\d (h|heures|épisodes)\b",
        ],
        r"\b(bless|sommeil|dorm|poids|salair|loges?\b|week-end|argent|(?<!seconde )famille)",
        r"qui (a poussé|l\u2019a fait)",
        r"\b(vous|votre|vos)\b|\w+ez\b",
    ),
    "es": Manner(
        [*ANYWHERE, r"[\s\u00a0\u202f][;:!?]", r"^[^¿]*\?", r"^[^¡]*!", "[«»“”]"],
        r"\b(lesi[oó]n|dorm|sueño\b|peso\b|sueldo|camerino|fin(es)? de semana|dinero"
        r"|(?<!segunda )familia\b)",
        r"¿quién (empujó|lo hizo)",
        r"\b(usted(es)?|vosotr[ao]s|vuestr[ao]s?|vos)\b",
    ),
    "pt-BR": Manner(
        [*ANYWHERE, r"[\s\u00a0\u202f][;:!?]", "[«»“”]"],
        r"\b(lesão|lesões|sono\b|dorm|peso\b|salári|trailer|fi[mn]s? de semana|dinheiro"
        r"|(?<!segunda )família)",
        r"quem (empurrou|fez isso)",
        r"\b(tu|teu|tua|ti|contigo|vós|senhora?)\b",
    ),
}
SHIPPED = list(MANNERS)


@pytest.fixture(scope="module")
def pack() -> Pack:
    pack = read_pack(FOLDER)
    assert pack is not None
    return pack


@pytest.fixture(scope="module", params=SHIPPED)
def translation(pack: Pack, request: pytest.FixtureRequest) -> Translation:
    (translation,) = [one for one in pack.translations if one.language == request.param]
    return translation


def texts(fields: Any) -> Iterator[str]:
    for value in fields.values():
        yield from [value] if isinstance(value, str) else value


def pairs(pack: Pack, translation: Translation) -> Iterator[tuple[Place, str, str]]:
    """Give each entry with all its English and all that it is translated to."""
    for place, fields in translation.entries.items():
        # A part is a name, and stays.
        english = {name: pack.originals[place].fields[name] for name in fields}
        yield place, " / ".join(texts(english)), " / ".join(texts(fields))


def own_words(translation: Translation) -> Iterator[str]:
    """List each text without the English words that are quoted in it."""
    for fields in [*translation.entries.values(), translation.topics]:
        yield from (ENGLISH.sub("«\u202fwords\u202f»", text) for text in texts(fields))


def test_each_shipped_language_is_looked_at_here(pack: Pack) -> None:
    assert sorted(one.language for one in pack.translations) == sorted(SHIPPED)


def test_all_of_it_is_translated_and_nothing_is_behind(
    pack: Pack, translation: Translation
) -> None:
    file = f"{translation.language}.toml"
    hints = [hint.as_hint() for hint in hints_at([FOLDER]) if hint.path.name == file]
    assert hints == []
    places = {place for place, original in pack.originals.items() if not original.is_withdrawn}
    assert translation.entries.keys() == places
    assert len(places) == 1 + 3 + 10 + 72 + 67 + 18


@pytest.mark.parametrize("language", SHIPPED)
def test_every_entry_is_marked_with_what_it_translates(language: str) -> None:
    text = (FOLDER / f"{language}.toml").read_text("utf-8")
    entries = re.findall(r"^\[(?!topics).*\]\n(.*)$", text, re.M)
    assert len(entries) == 171
    assert [line for line in entries if not line.startswith('source = "')] == []


def test_the_same_names_are_named(pack: Pack, translation: Translation) -> None:
    for place, english, translated in pairs(pack, translation):
        english_names, translated_names = (
            {SAME_NAMES.get(name, name) for name in NAMES.findall(text)}
            for text in (english, translated)
        )
        assert english_names == translated_names, place


def test_the_same_figures_are_given(pack: Pack, translation: Translation) -> None:
    for place, *both in pairs(pack, translation):
        english, translated = (
            re.sub(r"\b(\d+)\sp\.\s?m\.", lambda time: str(int(time[1]) + 12), text)
            for text in both
        )
        assert sorted(re.findall(r"\d+", english)) == sorted(re.findall(r"\d+", translated)), place


def test_a_choice_is_not_the_one_that_stands_out(translation: Translation) -> None:
    questions = [fields for _number, fields in translation.numbered("question")]
    longest = [
        question
        for question in questions
        if len(question["right"]) > max(map(len, question["wrong"]))
    ]
    assert len(longest) < len(questions) * 0.4


def test_it_is_set_as_its_language_is_set(translation: Translation) -> None:
    for wrong in MANNERS[translation.language].mis_set:
        assert [text for text in own_words(translation) if re.search(wrong, text)] == [], wrong


def test_sentences_end_as_sentences_do(translation: Translation) -> None:
    for kind, field, marks in (
        ("fact", "text", ".?"),
        ("fact", "false_version", ".?"),
        ("fact", "who", "?"),
        ("fact", "explanation", "."),
        ("question", "prompt", "?"),
        ("question", "explanation", "."),
        ("prompt", "text", "?"),
    ):
        for number, fields in translation.numbered(kind):
            assert fields.get(field, marks)[-1] in marks, (kind, number)


@pytest.mark.skipif(not ARTICLE.is_file(), reason="needs a copy of the article")
def test_what_stands_in_quotation_marks_was_said(pack: Pack) -> None:
    """Wrong choices are ours; whatever else is quoted, in any language, stands in the article."""
    article = re.sub(r"\W+", " ", ARTICLE.read_text("utf-8").replace("\u2019", "'")).casefold()
    count = 0
    for fields in (one for each in pack.translations for one in each.entries.values()):
        for text in texts({name: value for name, value in fields.items() if name != "wrong"}):
            for quoted in QUOTED.findall(text):
                words = re.sub(r"\W+", " ", quoted).strip().casefold()
                assert f" {words} " in article, quoted
                count += 1
    assert count > 3


def test_nothing_is_said_that_should_not_be_said(translation: Translation) -> None:
    _, untold, spoiling, _ = MANNERS[translation.language]
    assert [text for text in own_words(translation) if re.search(untold, text, re.I)] == []
    prompts = [fields["prompt"] for _n, fields in translation.numbered("question")]
    prompts += [fields.get("who", "") for _n, fields in translation.numbered("fact")]
    assert not [text for text in prompts if re.match(spoiling, text, re.I)]


def test_members_are_spoken_to_as_the_bot_speaks_to_them(translation: Translation) -> None:
    formal = re.compile(MANNERS[translation.language].formal, re.I)
    assert [
        n for n, fields in translation.numbered("prompt") if formal.search(fields["text"])
    ] == []
