"""The French of the shipped interview: whole, as true as the English, set as French is set."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.editing.check import hints_at
from bot.interview.pack.packs import Pack, read_pack
from bot.interview.pack.translatable import Place
from bot.interview.pack.translation import Translation

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "tiny-pretty-things"
ARTICLE = ROOT.parent / "shared" / "interview.txt"

NAMES = re.compile(
    r"Kylie|Casimere|Jollette|Jefferson|Anna|Maiche|Cassie|Neveah|Bette|Ruth Kinane|Charaipotra"
    r"|Clayton|Giraud|Portman|Saldana|Peck|Netflix|Black Swan|Flashdance|Chicago|Toronto|New York"
    r"|L\.A\.|Los Angeles|Vancouver|Boston|Joffrey|Supermarket|Entertainment Weekly|Tiny Pretty"
)
AS_THE_ENGLISH = {"L.A.": "Los Angeles"}
ENGLISH = re.compile("«\u202f(.*?)\u202f»")
UNTOLD = re.compile(
    r"\b(bless|sommeil|dorm|poids|salair|loges?\b|week-end|argent|(?<!seconde )famille)", re.I
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    pack = read_pack(FOLDER)
    assert pack is not None
    return pack


@pytest.fixture(scope="module")
def french(pack: Pack) -> Translation:
    (translation,) = pack.translations
    assert translation.language == "fr"
    return translation


def texts(fields: Any) -> Iterator[str]:
    for value in fields.values():
        yield from [value] if isinstance(value, str) else value


def pairs(pack: Pack, french: Translation) -> Iterator[tuple[Place, str, str]]:
    """Give each entry with all its English and all its French."""
    for place, fields in french.entries.items():
        # A part is a name, and stays.
        english = {name: pack.originals[place].fields[name] for name in fields}
        yield place, " / ".join(texts(english)), " / ".join(texts(fields))


def own_words(french: Translation) -> Iterator[str]:
    """List each French text without the English words that are quoted in it."""
    for fields in [*french.entries.values(), french.topics]:
        yield from (ENGLISH.sub("«\u202fwords\u202f»", text) for text in texts(fields))


def test_all_of_it_is_translated_and_nothing_is_behind(pack: Pack, french: Translation) -> None:
    hints = [hint.as_hint() for hint in hints_at([FOLDER]) if hint.path.name == "fr.toml"]
    assert [hint for hint in hints if "the right answer" not in hint] == []
    places = {place for place, original in pack.originals.items() if not original.is_withdrawn}
    assert french.entries.keys() == places
    assert len(places) == 1 + 3 + 10 + 72 + 67 + 18


def test_every_entry_is_marked_with_what_it_translates() -> None:
    entries = re.findall(r"^\[(?!topics).*\]\n(.*)$", (FOLDER / "fr.toml").read_text("utf-8"), re.M)
    assert len(entries) == 171
    assert [line for line in entries if not line.startswith('source = "')] == []


def test_the_same_names_are_named(pack: Pack, french: Translation) -> None:
    for place, english, translation in pairs(pack, french):
        english_names, french_names = (
            {AS_THE_ENGLISH.get(name, name) for name in NAMES.findall(text)}
            for text in (english, translation)
        )
        assert english_names == french_names, place


def test_the_same_figures_are_given(pack: Pack, french: Translation) -> None:
    for place, english, translation in pairs(pack, french):
        hours = re.sub(r"\b(\d+) p\.m\.", lambda time: str(int(time[1]) + 12), english)
        assert sorted(re.findall(r"\d+", hours)) == sorted(re.findall(r"\d+", translation)), place


def test_a_choice_is_not_the_one_that_stands_out(french: Translation) -> None:
    questions = [fields for _number, fields in french.numbered("question")]
    longest = [
        question
        for question in questions
        if len(question["right"]) > max(map(len, question["wrong"]))
    ]
    assert len(longest) < len(questions) * 0.4


@pytest.mark.parametrize(
    "wrong",
    [
        "['\"]",
        "(?<!\u202f)[;!?»]",
        "(?<!\u00a0):",
        "«(?!\u202f)",
        "(?<!«)[\u202f\u00a0](?![;!?»:]|h\\b|heures|épisodes)",
        r"  |^\s|\s$|\.\.\.| [,.]",
        r"\d (h|heures|épisodes)\b",
    ],
)
def test_it_is_set_as_french_is_set(french: Translation, wrong: str) -> None:
    assert [text for text in own_words(french) if re.search(wrong, text)] == []


def test_sentences_end_as_sentences_do(french: Translation) -> None:
    for kind, field, marks in (
        ("fact", "text", ".?"),
        ("fact", "false_version", ".?"),
        ("fact", "who", "?"),
        ("fact", "explanation", "."),
        ("question", "prompt", "?"),
        ("question", "explanation", "."),
        ("prompt", "text", "?"),
    ):
        for number, fields in french.numbered(kind):
            assert fields.get(field, marks)[-1] in marks, (kind, number)


@pytest.mark.skipif(not ARTICLE.is_file(), reason="needs a copy of the article")
def test_english_words_are_quoted_as_they_were_said(pack: Pack, french: Translation) -> None:
    """Wrong choices are ours; whatever else stands in quotation marks stands in the article."""
    article = re.sub(r"\W+", " ", ARTICLE.read_text("utf-8").replace("\u2019", "'")).casefold()
    count = 0
    for fields in french.entries.values():
        for text in texts({name: value for name, value in fields.items() if name != "wrong"}):
            for quoted in ENGLISH.findall(text):
                words = re.sub(r"\W+", " ", quoted).strip().casefold()
                assert f" {words} " in article, quoted
                count += 1
    assert count > 3


def test_nothing_is_said_that_should_not_be_said(french: Translation) -> None:
    assert [text for text in own_words(french) if UNTOLD.search(text)] == []
    prompts = [fields["prompt"] for _n, fields in french.numbered("question")]
    prompts += [fields.get("who", "") for _n, fields in french.numbered("fact")]
    assert not [text for text in prompts if re.match(r"qui (a poussé|l\u2019a fait)", text, re.I)]


def test_members_are_spoken_to_as_the_bot_speaks_to_them(french: Translation) -> None:
    formal = re.compile(r"\b(vous|votre|vos)\b|\w+ez\b", re.I)
    assert [n for n, fields in french.numbered("prompt") if formal.search(fields["text"])] == []
