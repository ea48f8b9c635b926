"""A name that is typed is found where it is one person's, and asked about where it is several's."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interview.model import Interview, Person
from bot.interview.names import (
    UnknownNameError,
    find_interview,
    find_labelled,
    find_person,
    find_speaker,
    find_topic,
    interview_names,
)

PEOPLE = (
    Person("kylie-jefferson", "Kylie Jefferson", ("Kylie",), part="Neveah", is_speaker=True),
    Person("casimere-jollette", "Casimere Jollette", part="Bette", is_speaker=True),
    Person("anna-maiche", "Anna Maiche", part="Cassie"),
    Person("rose-may", "Rosé-May O'Neil", ("田中太郎",)),
    Person("ruby-rose", "Ruby Rose", ("Al",)),
    Person("alan-short", "Alan Short"),
)
BALLET = Interview(
    slug="ballet",
    title="Two dancers talk",
    work="Tiny Pretty Things",
    outlet="The Post",
    byline="",
    link="",
    language="en",
    rights="",
    people=PEOPLE,
    exchanges=(),
    topic_names=(("hair", "Cheveux"), ("friendship", "Amitié")),
)


def nearest(typed: str) -> list[str]:
    with pytest.raises(UnknownNameError) as caught:
        find_person(BALLET, typed)
    return list(caught.value.nearest)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("casi", "casimere-jollette"),
        ("kyl", "kylie-jefferson"),
        ("KYLIE", "kylie-jefferson"),
        ("k", "kylie-jefferson"),
        ("jef", "kylie-jefferson"),
        ("jefferson kylie", "kylie-jefferson"),
        ("k jeff", "kylie-jefferson"),
        ("Ｋｙｌｉｅ", "kylie-jefferson"),
        ("bet", "casimere-jollette"),
        ("cassi", "anna-maiche"),
        ("imere", "casimere-jollette"),
        ("Casimir", "casimere-jollette"),
        ("Kilie", "kylie-jefferson"),
        ("neveha", "kylie-jefferson"),
        ("oneil", "rose-may"),
        ("rosé may", "rose-may"),
        ("rose-may", "rose-may"),
        ("may", "rose-may"),
        ("太郎", "rose-may"),
        ("al", "ruby-rose"),
        ("ala", "alan-short"),
    ],
)
def test_the_beginning_of_a_word_is_before_what_is_like_it(typed: str, key: str) -> None:
    assert find_person(BALLET, typed).key == key


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("cas", {"casimere-jollette", "anna-maiche"}),
        ("rose", {"rose-may", "ruby-rose"}),
        ("ro", {"rose-may", "ruby-rose"}),
        ("a", {"anna-maiche", "ruby-rose", "alan-short"}),
    ],
)
def test_what_fits_several_is_asked(typed: str, keys: set[str]) -> None:
    assert set(nearest(typed)) == keys


@pytest.mark.parametrize("typed", ["ida", "kxl", "nobody", "", "?!", "\u0000", "x" * 6000])
def test_what_fits_nobody_is_not_guessed(typed: str) -> None:
    assert len(nearest(typed)) <= 3


def test_two_that_are_equally_alike_are_asked() -> None:
    twins = replace(BALLET, people=(Person("a", "Marina"), Person("b", "Marino")))
    with pytest.raises(UnknownNameError) as caught:
        find_person(twins, "Marinu")
    assert caught.value.nearest == {"a": "Marina", "b": "Marino"}


def test_of_those_who_speak_a_beginning_may_be_clear() -> None:
    assert find_speaker(BALLET, "cas").key == "casimere-jollette"


def test_what_a_transcript_labels_is_not_completed() -> None:
    assert find_labelled(BALLET, "KYLIE").key == "kylie-jefferson"
    assert find_labelled(BALLET, "Jollete").key == "casimere-jollette"
    with pytest.raises(UnknownNameError):
        find_labelled(BALLET, "Ann")


@pytest.mark.parametrize(
    ("typed", "topic"),
    [("hair", "hair"), ("chev", "hair"), ("amitie", "friendship"), ("frendship", "friendship")],
)
def test_a_topic_is_found_in_either_language(typed: str, topic: str) -> None:
    topics = ["hair", "friendship"]
    assert find_topic(BALLET, topics, typed, topics) == topic


def test_a_topic_that_is_hidden_is_neither_completed_nor_told() -> None:
    topics, offered = ["hair", "friendship", "hidden ending"], ["hair", "friendship"]
    for typed in ("hidden", "hid", "ending", "hiden ending"):
        with pytest.raises(UnknownNameError) as caught:
            find_topic(BALLET, topics, typed, offered)
        assert "hidden ending" not in caught.value.nearest
    assert find_topic(BALLET, topics, "hidden ending", offered) == "hidden ending"


def test_an_interview_is_found_by_the_beginning_of_a_word() -> None:
    boat = replace(BALLET, slug="boat", title="Two bakers on a boat", work="The Floating Oven")
    interviews = {"ballet": BALLET, "boat": boat}
    assert find_interview(interviews, "prett") is BALLET
    assert find_interview(interviews, "oven") is boat
    assert find_interview(interviews, "floting oven") is boat
    with pytest.raises(UnknownNameError) as caught:
        find_interview(interviews, "two")
    assert set(caught.value.nearest) == {"ballet", "boat"}


@given(st.text())
def test_anything_typed_is_somebody_or_a_sentence(typed: str) -> None:
    try:
        found = find_person(BALLET, typed)
    except UnknownNameError as error:
        found = None
        offered = error.nearest
    assert found in BALLET.people or len(offered) <= 5


@given(st.sampled_from(PEOPLE))
def test_everybody_is_found_by_each_name(person: Person) -> None:
    for name in (person.name, person.key, *person.aliases, *([person.part] if person.part else [])):
        assert find_person(BALLET, name) == person


def test_interviews_about_the_same_work_are_told_apart() -> None:
    others = {"again": replace(BALLET, slug="again"), "tides": replace(BALLET, work="Tides")}
    interviews = {"ballet": BALLET, **others}
    assert interview_names(interviews) == {
        "ballet": "Tiny Pretty Things \u00b7 ballet",
        "again": "Tiny Pretty Things \u00b7 again",
        "tides": "Tides",
    }
    with pytest.raises(UnknownNameError) as caught:
        find_interview(interviews, "Tiny Pretty Things")
    assert len(set(caught.value.nearest.values())) == 2


def test_interviews_whose_long_names_begin_alike_are_told_apart() -> None:
    works = {"a" * 32: "long " * 40 + "a", "b" * 32: "long " * 40 + "b"}
    names = interview_names({slug: replace(BALLET, work=work) for slug, work in works.items()})
    assert len(set(names.values())) == 2
    assert all(len(name) <= 100 for name in names.values())
