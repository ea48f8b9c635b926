"""What a day shows stays as it is, whatever is added to the pack."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.daily.content import DayContent, DayContents
from bot.interview.library.build import ensure_content
from bot.interview.library.library import Library
from bot.interview.library.opening import open_library
from bot.state.questions import Questions
from bot.state.sqlite.engine import open_database
from bot.text import _, say
from tests.packs import (
    INTERVIEW,
    fact,
    question,
    quote,
    translated_fact,
    translated_question,
    write_pack,
)

FIRST = date(2026, 11, 24)
DAYS = 40
Rows = list[dict[str, Any]]


@asynccontextmanager
async def open_days(folder: Path) -> AsyncIterator[tuple[Library, DayContents]]:
    """Open what the packs below a folder show on each day."""
    async with (
        open_library(ensure_content(folder / "var", folder / "data")) as library,
        open_database(folder / "state.sqlite3") as database,
    ):
        yield library, DayContents(library, Questions(database, time))


async def days(folder: Path, **entries: Sequence[Mapping[str, Any]]) -> list[DayContent]:
    """Give what a pack shows on the days before and after `FIRST`."""
    write_pack(folder / "data" / "boat", **entries)
    first = (FIRST - date(1970, 1, 1)).days - DAYS // 2
    async with open_days(folder) as (library, contents):
        interview = library.interviews["boat"]
        shown = [await contents.of(interview, day) for day in range(first, first + DAYS)]
    # "Fact 3 of 8" counts along.
    return [replace(day, fact=day.fact and replace(day.fact, total=0)) for day in shown]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    added=st.lists(st.tuples(st.sampled_from([quote, fact, question]), st.integers(1, 9))),
    level=st.sampled_from(["none", "mild", "major"]),
)
async def test_an_added_entry_changes_no_day_before_its_own(
    tmp_path: Path, added: list[tuple[Any, int]], level: str
) -> None:
    make = {"quotes": quote, "facts": fact, "questions": question}
    packs: list[dict[str, Rows]] = [
        {kind: [entry(n) for n in range(1, 8)] for kind, entry in make.items()}
    ]
    pack = {kind: list(rows) for kind, rows in packs[0].items()}
    for n, (entry, later) in enumerate(added, 100):
        kind = next(kind for kind, one in make.items() if one is entry)
        # In front of the others: the day decides, not the place in the file.
        pack[kind].insert(0, entry(n, since=FIRST + timedelta(days=later), spoiler=level))
    before = await days(tmp_path, **packs[0])
    after = await days(tmp_path, **pack)
    assert after[: DAYS // 2 + 1] == before[: DAYS // 2 + 1]


async def test_an_added_entry_comes_in_its_turn(tmp_path: Path) -> None:
    rows = [*map(quote, range(1, 8)), quote(100, since=FIRST)]
    shown = [one.quote.number for one in await days(tmp_path, quotes=rows) if one.quote]
    assert 100 not in shown[: DAYS // 2]
    assert 100 in shown[DAYS // 2 :]


TITLES = {
    str(one["number"]): {"title": f"Titre {one['number']}", "summary": "Bref."}
    for one in INTERVIEW["exchanges"]
}
MEANING = {
    **dict(zip(question(1)["wrong"], translated_question(1)["wrong"], strict=True)),
    question(1)["right"]: translated_question(1)["right"],
    **{one["title"]: TITLES[str(one["number"])]["title"] for one in INTERVIEW["exchanges"]},
    **{one: say(_(one), "fr") for one in ("Both of them", "Neither of them", "True", "False")},
}


def without(row: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != field}


NUMBERS = range(1, 8)
MADE_OF: list[tuple[dict[str, Rows], dict[str, Any]]] = [
    (
        {"questions": [question(n) for n in NUMBERS]},
        {"question": {str(n): translated_question(n) for n in NUMBERS}},
    ),
    (
        {"facts": [fact(n) for n in NUMBERS]},
        {"fact": {str(n): translated_fact(n) for n in NUMBERS}},
    ),
    (
        {"facts": [without(fact(n), "who") for n in NUMBERS], "quotes": []},
        {"fact": {str(n): without(translated_fact(n), "who") for n in NUMBERS}},
    ),
    (
        {
            "quotes": [
                quote(n, text=f"Ada sang {n} songs to Ben.", exchange=1 + n % 2) for n in NUMBERS
            ]
        },
        {"exchange": TITLES},
    ),
]


@pytest.mark.parametrize(("entries", "french"), MADE_OF)
async def test_a_days_question_has_the_same_choices_in_the_same_order_in_every_language(
    tmp_path: Path, entries: dict[str, Rows], french: dict[str, Any]
) -> None:
    talk = {**INTERVIEW, "exchanges": [without(one, "spoiler") for one in INTERVIEW["exchanges"]]}
    write_pack(tmp_path / "data" / "boat", interview=talk, **entries, languages={"fr": french})
    async with open_days(tmp_path) as (library, daily):
        interview = library.interviews["boat"]
        for day in range(20_000, 20_000 + DAYS):
            stored = (await daily.of(interview, day)).question
            assert stored is not None
            french_question = await daily.translated_question(stored, day, "fr")
            assert french_question != stored
            assert french_question.right == stored.right
            assert french_question.choices == tuple(
                MEANING.get(choice, choice) for choice in stored.choices
            )
            assert replace(
                french_question, prompt="", passage="", choices=(), explanation=""
            ) == replace(stored, prompt="", passage="", choices=(), explanation="")
            for locale in ("en", "en-GB", "de"):
                assert await daily.translated_question(stored, day, locale) == stored


async def test_a_days_question_that_was_edited_stays_as_it_was_asked(tmp_path: Path) -> None:
    french = {"question": {str(n): translated_question(n) for n in NUMBERS}}
    folder = write_pack(
        tmp_path / "data" / "boat",
        questions=[question(n) for n in NUMBERS],
        languages={"fr": french},
    )
    async with open_days(tmp_path) as (library, daily):
        stored = (await daily.of(library.interviews["boat"], 20_000)).question
        assert stored is not None
    path = folder / "trivia.toml"
    path.write_text(path.read_text("utf-8").replace("stood there", "was there"), "utf-8")
    async with open_days(tmp_path) as (library, daily):
        assert await daily.translated_question(stored, 20_000, "fr") == stored
        gone = replace(stored, slug="gone")
        assert await daily.translated_question(gone, 20_000, "fr") == gone


async def test_a_day_is_told_in_the_readers_language(tmp_path: Path) -> None:
    french = {
        "fact": {"1": translated_fact(1)},
        "question": {"1": translated_question(1)},
        "prompt": {"1": {"text": "Pain ou bateaux ?"}},
    }
    write_pack(
        tmp_path / "data" / "boat",
        facts=[fact(1)],
        questions=[question(1)],
        prompts=[{"number": 1, "text": "Bread or boats?"}],
        languages={"fr": french},
    )
    async with open_days(tmp_path) as (library, daily):
        today = await daily.of(library.interviews["boat"], 20_000)
        assert await daily.translated(today, 20_000, "de") == today
        assert await daily.translated(DayContent(), 20_000, "fr") == DayContent()
        french_day = await daily.translated(today, 20_000, "fr")
        assert french_day.fact is not None
        assert french_day.question is not None
        assert french_day.prompt is not None
        assert french_day.quote == today.quote
        assert french_day.fact.text == translated_fact(1)["text"]
        assert french_day.question.explanation == translated_question(1)["explanation"]
        assert french_day.prompt.text == "Pain ou bateaux ?"
