"""What a language says is right: its fields, its marks, its typography. What is missing is English.

Whoever adds or removes a sentence needs no other language for it: completeness is told by
`uv run python -m tests.languages --report`, and demanded of nobody.
"""

import ast
import io
import re
import string
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import parse_mapping_cfg
from babel.util import pathmatch

from bot.text import Text, catalogue_for, plural, say
from tests.languages.catalogues import (
    ROOT,
    begin,
    compiled,
    completeness,
    is_translated,
    languages,
    po_path,
    read,
    template,
)

MAX_DESCRIPTION = 100
_LOOSE = re.compile(r"(?<![\u00a0\u202f:/\d])[;!?»](?!\d)|(?<=\w):(?=\s)|«(?!\u00a0)|'")
"""A sign of French without its space, or an apostrophe of typewriters."""


def _pairs(locale: str) -> Iterator[tuple[str, str]]:
    """Give each form of what is translated, in English and in a language."""
    for message in read(locale):
        if not message.id or not is_translated(message):
            continue
        if isinstance(message.id, tuple):
            one, many = message.id
            yield from ((many if n else one, form) for n, form in enumerate(message.string))
        else:
            yield str(message.id), str(message.string)


def _fields(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name}


def test_there_is_another_language() -> None:
    assert "fr" in languages()


@pytest.mark.parametrize("locale", languages())
def test_a_language_tells_how_complete_it_is(locale: str) -> None:
    report = completeness(read(locale), template())
    sys.stdout.write(f"{locale}: {report}\n")
    assert 0 <= report.translated <= report.total
    assert report.total > 300


def test_all_of_a_language_is_a_hundred_percent_and_nothing_less_is() -> None:
    source = Catalog()
    for n in range(1000):
        source.add(f"Sentence {n}")
    source.add(("1 quote", "{count} quotes"))
    catalogue = Catalog("fr")
    for n in range(1000):
        catalogue.add(f"Sentence {n}", f"Phrase {n}")
    catalogue.add(("1 quote", "{count} quotes"), ("1 citation", ""))
    assert str(completeness(catalogue, source)) == "99 %, 1000 of 1001 messages"
    catalogue[("1 quote", "{count} quotes")].string = ("1 citation", "{count} citations")
    catalogue.add("Sentence that was", "Phrase de naguère")
    told = "100 %, 1001 of 1001 messages; said no more: 1"
    assert str(completeness(catalogue, source)) == told


@pytest.mark.parametrize("locale", ["fr", "ja"])
def test_what_is_not_translated_is_english(locale: str) -> None:
    catalogue = Catalog(locale)
    catalogue.add("Back", "Retour")
    catalogue.add("Next", "")
    catalogue.add("Save", "Sauver", flags=["fuzzy"])
    catalogue.add(("1 quote", "{count} quotes"), ("",) * catalogue.num_plurals)
    spoken = GNUTranslations(io.BytesIO(compiled(catalogue)))
    english = ["Next", "Save", "Never heard of"]
    assert spoken.gettext("Back") == "Retour"
    assert [spoken.gettext(message) for message in english] == english
    numbers = [spoken.ngettext("1 quote", "{count} quotes", n) for n in (0, 1, 2)]
    assert numbers == ["{count} quotes", "1 quote", "{count} quotes"]


def test_a_language_that_was_begun_stays_when_it_is_begun_again() -> None:
    before = po_path("fr").read_bytes()
    begin("fr")
    assert po_path("fr").read_bytes() == before


def test_sentences_are_looked_for_where_there_are_files() -> None:
    """A file that was moved would take its sentences along, and `update` their translations."""
    with (ROOT / "babel.cfg").open("r", encoding="utf-8") as file:
        methods, _options = parse_mapping_cfg(file)
    paths = [
        path.relative_to(ROOT).as_posix()
        for folder in ("bot", "cogs")
        for path in Path(ROOT / folder).rglob("*.py")
    ]
    patterns = [pattern for pattern, _method in methods]
    assert len(patterns) > 3
    assert [one for one in patterns if not any(pathmatch(one, path) for path in paths)] == []


def test_no_sentence_stands_inside_of_a_formatted_string() -> None:
    """There it is not found by every Python, and so stays English for everybody."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("bot", "cogs")
        for path in Path(ROOT / folder).rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", "plural"}
        and all(isinstance(one, ast.Constant) for one in call.args[:1])
    ]
    assert hidden == []


@pytest.mark.parametrize("locale", languages())
def test_the_compiled_form_is_that_of_the_source(locale: str) -> None:
    assert po_path(locale).with_suffix(".mo").read_bytes() == compiled(read(locale))


@pytest.mark.parametrize("locale", languages())
def test_each_translation_has_the_fields_of_its_message(locale: str) -> None:
    differing = [
        english
        for english, said in _pairs(locale)
        if _fields(said) - {"count"} != _fields(english) - {"count"}
    ]
    assert differing == []


@pytest.mark.parametrize("locale", languages())
def test_marks_of_a_message_stay(locale: str) -> None:
    """Headings, small print, mentions of commands and times are the same in every language."""
    mark = re.compile(r"^(?:#{1,3} |-# |- )|<t:\{\w+\}:\w>|<[#@]&?\{\w+\}>|(?<![\w/])/[a-z]+", re.M)
    differing = [
        (english, said)
        for english, said in _pairs(locale)
        if sorted(mark.findall(english)) != sorted(mark.findall(said))
    ]
    assert differing == []


@pytest.mark.parametrize("locale", languages())
def test_descriptions_are_as_short_as_discord_wants_them(locale: str) -> None:
    described = {
        str(message.id)
        for message in template()
        if message.id and all(path.endswith("/_cog.py") for path, _line in message.locations)
    }
    assert len(described) > 40
    said = [said for english, said in _pairs(locale) if english in described]
    assert [text for text in said if len(text) > MAX_DESCRIPTION] == []


def test_french_has_its_spaces_and_apostrophes() -> None:
    # What is typed keeps the form in which it is typed.
    typed = re.compile(r"\b(?:time|zone|what): \S+")
    said = [typed.sub("", one) for _english, one in _pairs("fr")]
    assert [one for one in said if _LOOSE.search(one)] == []


def test_spanish_opens_what_it_closes_and_quotes_with_its_own_marks() -> None:
    said = [one for _english, one in _pairs("es")]
    for opening, closing in ("¿?", "¡!", "“”", "()"):
        assert [one for one in said if one.count(opening) != one.count(closing)] == []
    assert [one for one in said if re.search("['\"«»]", one)] == []


@pytest.mark.parametrize("locale", ["es-ES", "es-419"])
def test_spain_and_latin_america_read_one_spanish(locale: str) -> None:
    assert say(Text("Back", {}), locale) == "Volver"
    assert catalogue_for(locale).info()["language"] == "es"


def test_a_locale_reads_its_language_and_others_english() -> None:
    back = Text("Back", {})
    assert [say(back, locale) for locale in ("fr", "fr-CA", "en-GB", "ja", "nonsense", "")] == [
        "Retour",
        "Retour",
        *["Back"] * 4,
    ]


@pytest.mark.parametrize(("count", "said"), [(0, "0 entrée"), (1, "1 entrée"), (2, "2 entrées")])
def test_plurals_follow_the_language(count: int, said: str) -> None:
    text = plural("Here's everything: 1 entry.", "Here's everything: {count} entries.", count)
    assert said in say(text, "fr")
    assert ("1 entry" in say(text)) is (count == 1)


def test_catalogues_are_read_once() -> None:
    assert catalogue_for("fr") is catalogue_for("fr")
