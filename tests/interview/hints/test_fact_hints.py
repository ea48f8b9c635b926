"""Facts that begin alike, and those that nobody finds under whom they name, are hints."""

from pathlib import Path
from typing import Any

import pytest

from tests.interview.hints.conftest import hints_in
from tests.packs import INTERVIEW, fact, write_pack

ALIKE = "begin some with when, where or what happened: read in a row they are a list"
OPENINGS = ["On the quay", "Nobody", "Before dawn", "Two winters ago", "Rye", "Every loaf"]


def told(number: int, text: str, **fields: Any) -> dict[str, Any]:
    """Make a fact that is never asked for."""
    return {"number": number, "people": [], "exchange": 1, "text": text, **fields}


def _varied(count: int, first: int = 1) -> list[dict[str, Any]]:
    return [
        told(n, f"{OPENINGS[n % len(OPENINGS)]} saw loaf {n}.") for n in range(first, first + count)
    ]


@pytest.mark.parametrize(
    ("text", "people", "key"),
    [
        ("The oven was lit by Ada Example.", [], "ada-example"),
        ("The oven came first, says Benny.", [], "ben-sample"),
        ("Sample's oven weighs a ton.", [], "ben-sample"),
        ("What Ada lit, Ben put out.", ["ada-example"], "ben-sample"),
    ],
)
def test_a_fact_that_names_somebody_who_is_not_listed_is_a_hint(
    tmp_path: Path, text: str, people: list[str], key: str
) -> None:
    folder = write_pack(tmp_path / "boat", facts=[told(1, text, people=people)])
    (hint,) = hints_in(folder)
    assert hint.startswith("facts.toml:3: the fact names ")
    assert f"is not found there; add {key} to its people" in hint


@pytest.mark.parametrize(
    "row",
    [
        told(1, "The oven was lit by Ada.", people=["ada-example"]),
        told(1, "The adage of the oven is a sample."),
        told(1, "The oven weighs a ton.", people=["ada-example"]),
        fact(1, text="Ada lit what Ben put out.", people=["ada-example"]),
    ],
    ids=["listed", "no name", "listed unnamed", "asked for"],
)
def test_a_fact_that_is_found_under_whom_it_tells_of_is_none(
    tmp_path: Path, row: dict[str, Any]
) -> None:
    assert hints_in(write_pack(tmp_path / "boat", facts=[row])) == []


def test_a_word_that_is_also_a_name_names_nobody(tmp_path: Path) -> None:
    people = [*INTERVIEW["people"], {"name": "Will Ada Young"}]
    folder = write_pack(
        tmp_path / "boat",
        interview={**INTERVIEW, "people": people},
        facts=[told(1, "Will the oven sink? Ada knew.")],
    )
    assert hints_in(folder) == []


def test_facts_of_which_many_begin_with_one_word_are_a_hint(tmp_path: Path) -> None:
    facts = [*_varied(8), *(told(n, f"The oven has {n} doors.") for n in range(9, 15))]
    folder = write_pack(tmp_path / "boat", facts=facts)
    (hint,) = hints_in(folder)
    assert hint.endswith(f"6 of 14 facts begin with 'the oven'; {ALIKE}")


def test_facts_of_which_most_begin_with_a_name_are_a_hint(tmp_path: Path) -> None:
    people = [person["name"] for person in INTERVIEW["people"]]
    keys = ["ada-example", "ben-sample", "dan-absent"]
    facts = [told(n, f"{people[n % 3]} lit oven {n}.", people=[keys[n % 3]]) for n in range(1, 10)]
    folder = write_pack(tmp_path / "boat", facts=[*facts, *_varied(5, first=10)])
    assert hints_in(folder) == [f"facts.toml:7: 9 of 14 facts begin with a name; {ALIKE}"]


def test_facts_that_begin_in_several_ways_are_none(tmp_path: Path) -> None:
    facts = [*_varied(11), *(told(n, f"The door {n} is open.") for n in range(12, 15))]
    assert hints_in(write_pack(tmp_path / "boat", facts=facts)) == []


def test_a_few_facts_may_begin_alike(tmp_path: Path) -> None:
    facts = [told(n, f"The oven has {n} doors.") for n in range(1, 9)]
    assert hints_in(write_pack(tmp_path / "boat", facts=facts)) == []
