"""What a day shows stays as it is, whatever is added to the pack."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.interview.library.build import ensure_content
from bot.interview.library.reader import open_library
from bot.trivia.daily import Daily, Today
from tests.packs import fact, question, quote, write_pack

FIRST = date(2026, 11, 24)
DAYS = 40
Rows = list[dict[str, Any]]


async def days(folder: Path, **entries: Sequence[Mapping[str, Any]]) -> list[Today]:
    """Give what a pack shows on the days before and after `FIRST`."""
    write_pack(folder / "data" / "boat", **entries)
    first = (FIRST - date(1970, 1, 1)).days - DAYS // 2
    path = ensure_content(folder / "var", folder / "data")
    async with open_library(path) as library:
        daily, interview = Daily(library), library.interviews["boat"]
        found = [await daily.of(interview, day) for day in range(first, first + DAYS)]
    # "Fact 3 of 8" counts along.
    return [replace(one, fact=one.fact and replace(one.fact, of=0)) for one in found]


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
