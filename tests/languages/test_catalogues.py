"""Each language says all there is to say, with the same fields, and as its typography wants it."""

import re
import string
from collections.abc import Iterator

import pytest

from bot.text import Text, catalogue_for, plural, say
from tests.languages.catalogues import compiled, languages, po_path, read, template

MAX_DESCRIPTION = 100
_LOOSE = re.compile(r"(?<![\u00a0\u202f:/\d])[;!?»](?!\d)|(?<=\w):(?=\s)|«(?!\u00a0)|'")
"""A sign of French without its space, or an apostrophe of typewriters."""


def _pairs(locale: str) -> Iterator[tuple[str, str]]:
    """Give each form of each message, in English and in a language."""
    for message in read(locale):
        if isinstance(message.id, tuple):
            one, many = message.id
            yield from ((many if n else one, form) for n, form in enumerate(message.string))
        elif message.id:
            yield str(message.id), str(message.string)


def _fields(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name}


def test_there_is_another_language() -> None:
    assert "fr" in languages()


@pytest.mark.parametrize("locale", languages())
def test_nothing_is_missing_and_nothing_unused(locale: str) -> None:
    wanted = {message.id for message in template() if message.id}
    catalogue = read(locale)
    assert {message.id for message in catalogue if message.id} == wanted
    assert not catalogue.obsolete
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert [english for english, said in _pairs(locale) if not said] == []


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
    long = [said for english, said in _pairs(locale) if english in described]
    assert len(long) > 40
    assert [said for said in long if len(said) > MAX_DESCRIPTION] == []


def test_french_has_its_spaces_and_apostrophes() -> None:
    # What is typed keeps the form in which it is typed.
    typed = re.compile(r"\b(?:time|zone|what): \S+")
    said = [typed.sub("", one) for _english, one in _pairs("fr")]
    assert [one for one in said if _LOOSE.search(one)] == []


def test_a_locale_reads_its_language_and_others_english() -> None:
    back = Text("Back", {})
    assert [say(back, locale) for locale in ("fr", "fr-CA", "en-GB", "ja", "nonsense", "")] == [
        "Retour",
        "Retour",
        *["Back"] * 4,
    ]


@pytest.mark.parametrize(("count", "said"), [(0, "0 entrée"), (1, "1 entrée"), (2, "2 entrées")])
def test_plurals_follow_the_language(count: int, said: str) -> None:
    text = plural("This is all: 1 entry.", "This is all: {count} entries.", count)
    assert said in say(text, "fr")
    assert ("1 entry" in say(text)) is (count == 1)


def test_catalogues_are_read_once() -> None:
    assert catalogue_for("fr") is catalogue_for("fr")
