"""A row gives back what was written, and is found by its place."""

import sqlite3
from pathlib import Path

import pytest

from bot.interview.audience import SpoilerPolicy, audience
from bot.interview.library import build
from bot.interview.library.rows import FACTS, QUESTIONS, QUOTES, slots_statement
from bot.interview.pack.pack import read_pack
from tests.interview.conftest import OpenPack
from tests.packs import fact, question, quote

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)


@pytest.mark.parametrize("count", [1, 4, 60])
def test_items_are_read_by_their_place_without_looking_through_the_others(count: int) -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(Path(build.__file__).with_name("schema.sql").read_text("utf-8"))
    for table in (QUOTES, FACTS, QUESTIONS):
        plan = database.execute(
            f"EXPLAIN QUERY PLAN {slots_statement(table, count)}", [1] * 2 * count
        ).fetchall()
        steps = [row[3] for row in plan]
        assert "SEARCH slot USING PRIMARY KEY (facet=? AND place=?)" in steps
        assert "SEARCH item USING INTEGER PRIMARY KEY (rowid=?)" in steps
    database.close()


async def test_every_field_of_an_item_comes_back_as_the_pack_has_it(
    open_pack: OpenPack, tmp_path: Path
) -> None:
    library = await open_pack(
        quotes=[quote(1, spoiler="mild", mature=True, topics=["bread", "boats"])],
        facts=[fact(1, topics=["salt"], spoiler="major")],
        questions=[question(2, about=1)],
        prompts=[{"number": 3, "text": "Bread or boats?"}],
    )
    pack = read_pack(tmp_path / "data" / "boat")
    assert pack is not None
    assert await library.quote("boat", 1, SEES_ALL) == next(pack.quotes())
    assert await library.fact("boat", 1, SEES_ALL) == pack.facts[0]
    facet = library.facet("boat", "curated", audience=SEES_ALL)
    assert facet is not None
    assert await library.questions(facet, [0]) == pack.questions
    assert await library.prompt_of_day("boat", 7) == pack.prompts[0]
