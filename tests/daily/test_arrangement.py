"""The quote and the fact of a day leave its question open."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.daily.content import DayContent
from bot.interview.words import words_of
from bot.trivia.kinds import Source
from tests.daily.test_content import open_days
from tests.packs import fact, question, quote, write_pack

SHIPPED = Path(__file__).parents[2] / "data" / "tiny-pretty-things"
FIRST = 20_000
LEVELS = ["none", "mild", "major"]


async def days(folder: Path, count: int) -> list[DayContent]:
    async with open_days(folder) as (library, contents):
        (interview,) = library.interviews.values()
        return [await contents.of(interview, day) for day in range(FIRST, FIRST + count)]


def shipped_up_to(level: str, folder: Path) -> None:
    """Copy the shipped interview as it is for whoever minds no spoiler up to a level."""
    pack = shutil.copytree(SHIPPED, folder / "data" / SHIPPED.name)
    for path in pack.glob("*.toml"):
        text = path.read_text("utf-8")
        for lower in LEVELS[: LEVELS.index(level) + 1]:
            text = text.replace(f'spoiler = "{lower}"', 'spoiler = "none"')
        path.write_text(text, "utf-8")


@pytest.mark.parametrize("level", LEVELS)
async def test_neither_quote_nor_fact_of_a_day_answers_its_question(
    level: str, tmp_path: Path
) -> None:
    shipped_up_to(level, tmp_path)
    for day in await days(tmp_path, 300):
        assert day.quote
        assert day.fact
        assert day.question
        exchanges = {day.quote.exchange, day.fact.exchange, day.question.exchange}
        assert len(exchanges) == 3
        assert day.question.source is Source.CURATED
        right = f" {' '.join(words_of(day.question.choices[day.question.right]))} "
        for text in (day.quote.text, day.fact.text):
            assert right not in f" {' '.join(words_of(text))} "


async def test_a_day_stays_as_it_is(tmp_path: Path) -> None:
    shipped_up_to("none", tmp_path)
    assert await days(tmp_path, 60) == await days(tmp_path, 60)


async def test_all_are_still_shown_in_turn(tmp_path: Path) -> None:
    shipped_up_to("none", tmp_path)
    shown = await days(tmp_path, 300)
    for part in ("quote", "fact"):
        numbers = [getattr(day, part).number for day in shown]
        counts = [numbers.count(number) for number in set(numbers)]
        assert len(counts) == {"quote": 29, "fact": 60}[part]
        assert max(counts) <= 2 * len(numbers) / len(counts)


Places = st.lists(st.sampled_from([1, 2, 5]), min_size=1, max_size=9)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(quotes=Places, facts=Places, questions=Places)
async def test_they_come_from_elsewhere_wherever_there_is_an_elsewhere(
    tmp_path: Path, quotes: Sequence[int], facts: Sequence[int], questions: Sequence[int]
) -> None:
    write_pack(
        tmp_path / "data" / "boat",
        quotes=[quote(n, exchange=place) for n, place in enumerate(quotes, 1)],
        facts=[fact(n, exchange=place) for n, place in enumerate(facts, 1)],
        questions=[question(n, exchange=place) for n, place in enumerate(questions, 1)],
    )
    for day in await days(tmp_path, 30):
        assert day.quote
        assert day.fact
        assert day.question
        asked = day.question.exchange
        assert day.quote.exchange != asked or set(quotes) == {asked}
        assert day.fact.exchange != asked or set(facts) == {asked}
