"""Searching finds what members mean, and does bounded work whatever they type."""

import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.interview.audience import EVERYONE, Audience, SpoilerPolicy, audience
from bot.interview.library.build import ensure_content
from bot.interview.library.library import Library
from bot.interview.library.opening import open_library
from bot.interview.words import words_of
from tests.interview.conftest import OpenPack
from tests.packs import quote, write_lines, write_pack

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)


QUOTES = [
    quote(1, text="The oven arrived on a Tuesday."),
    quote(2, text="It's the café on the quay that taught me bread."),
    quote(3, text="Bread is patience; bread is salt, and bread is water."),
    quote(4, text="A Tuesday without bread is no Tuesday, she told the whole crew on deck."),
    quote(5, text="The storm took the oven.", spoiler="major"),
    quote(6, text="That damn oven.", mature=True),
    quote(7, text="שלום לכולם על הסירה"),
    quote(8, text="我们在船上烤面包"),
]


async def numbers(library: Library, typed: str, reader: Audience = SEES_ALL, **names: str):
    matches = await library.find("boat", typed, reader, limit=25, **names)
    return [hit.number for hit in matches.hits]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("oven", [6, 5, 1]),
        ("OVEN!!", [6, 5, 1]),
        ("cafe", [2]),
        ("its", [2]),
        ("it's", [2]),
        ("tues", [1, 4]),
        ("bread tuesday", [4]),
        ("tuesday bread", [4]),
        ("bread is", [3, 4]),
        ("שלום", [7]),
        ("面包", [8]),
        ("zeppelin", []),
        ("zeppelin oven", [6, 5, 1]),
        ("", []),
        ('" OR * ) NEAR(', []),
    ],
)
async def test_words_find_quotes(open_pack: OpenPack, typed: str, expected: list[int]) -> None:
    library = await open_pack(quotes=QUOTES)
    assert await numbers(library, typed) == expected


async def test_words_that_never_meet_find_what_holds_the_rarest(open_pack: OpenPack) -> None:
    library = await open_pack(quotes=QUOTES)
    assert await numbers(library, "bread storm") == [5]


async def test_an_audience_finds_only_what_it_may_see(open_pack: OpenPack) -> None:
    library = await open_pack(quotes=QUOTES)
    assert await numbers(library, "oven", EVERYONE) == [1]
    assert await numbers(library, "oven", Audience()) == [5, 1]


async def test_a_search_keeps_to_speaker_and_topic(open_pack: OpenPack) -> None:
    library = await open_pack(quotes=QUOTES)
    assert await numbers(library, "oven", speaker="ada-example") == [6]
    assert await numbers(library, "oven", topic="bread") == [5, 1]


async def test_a_search_stays_in_its_interview(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat", quotes=[quote(1, text="The same words here.")])
    write_pack(tmp_path / "data" / "ship", quotes=[quote(9, text="The same words there.")])
    async with open_library(ensure_content(tmp_path / "var", tmp_path / "data")) as library:
        assert [
            hit.number for hit in (await library.find("boat", "same", SEES_ALL, limit=5)).hits
        ] == [1]
        assert [
            hit.number for hit in (await library.find("ship", "same", SEES_ALL, limit=5)).hits
        ] == [9]


async def test_pages_follow_each_other_without_gap_or_repeat(open_pack: OpenPack) -> None:
    library = await open_pack(quotes=[quote(n) for n in range(1, 24)])
    pages = [
        await library.find("boat", "loaf", SEES_ALL, limit=10, offset=offset)
        for offset in (0, 10, 20)
    ]
    assert sorted(hit.number for page in pages for hit in page.hits) == list(range(1, 24))
    assert [page.has_more for page in pages] == [True, True, False]


async def test_a_search_counts_what_is_on_all_its_pages(open_pack: OpenPack) -> None:
    library = await open_pack(quotes=[quote(n) for n in range(1, 24)])
    for offset in (0, 20):
        page = await library.find("boat", "loaf", SEES_ALL, limit=10, offset=offset)
        assert (page.total, page.is_uncounted) == (23, False)
    library = await open_pack(quotes=[quote(n) for n in range(1, 120)])
    for offset in (0, 110):
        page = await library.find("boat", "loaf", SEES_ALL, limit=5, offset=offset)
        assert page.is_uncounted
        assert len(page.hits) == 5


async def test_only_words_that_were_searched_for_are_named(open_pack: OpenPack) -> None:
    library = await open_pack(quotes=QUOTES)
    matches = await library.find("boat", "bread storm", SEES_ALL, limit=5)
    assert matches.found_words == ("storm",), "no quote has both"


async def test_what_shares_the_rarest_words_is_nearest(open_pack: OpenPack) -> None:
    library = await open_pack(quotes=QUOTES)

    async def nearest(text: str, reader: Audience = SEES_ALL) -> list[int]:
        quotes = await library.nearest("boat", words_of(text), reader, limit=3)
        return [each.number for each in quotes]

    assert (await nearest("Every Tuesday the crew has bread"))[0] == 4
    assert (await nearest("so patient, such breads"))[0] == 3, "other forms of a word count"
    assert (await nearest("storms"))[:1] == [5]
    assert await nearest("storms", EVERYONE) == [], "nothing hidden is offered"
    assert await nearest("zeppelin") == []
    assert await nearest("") == []
    assert len(await nearest("the oven " * 2000)) == 3


QUERIES = ["common", "often", "common often", "a b c d e f g h i j", "left right", "w", "we", "wo"]


@pytest.fixture(scope="module")
def big_content(tmp_path_factory: pytest.TempPathFactory, is_thorough: bool) -> Path:
    """Build a pack in which words are common, rare, and never meet."""
    count = 300_000 if is_thorough else 30_000
    folder = tmp_path_factory.mktemp("big")
    write_pack(folder / "data" / "boat", quotes=[])
    write_lines(
        folder / "data" / "boat" / "quotes.jsonl",
        (
            quote(
                n,
                text=f"common {'left' if n % 2 else 'right'} w{n} {'often' if n % 100 else ''}"
                " a b c d e f g h i j",
            )
            for n in range(1, count + 1)
        ),
    )
    return ensure_content(folder / "var", folder / "data")


async def test_a_search_takes_few_steps_whatever_is_typed(big_content: Path) -> None:
    steps = 0

    def count(statement: str) -> None:
        nonlocal steps
        steps += statement.startswith("SELECT")

    async with open_library(big_content) as library:
        await library._content._connections[1].set_trace_callback(count)
        for typed in QUERIES:
            steps = 0
            await library.find("boat", typed, SEES_ALL, limit=25)
            assert steps <= 100, typed


async def test_a_step_of_a_search_reads_a_bounded_part_of_the_index(big_content: Path) -> None:
    """Counts what SQLite does, which a busy machine does not change."""
    async with open_library(big_content) as library:
        budget = 2_000_000
        ticks = 0

        def tick() -> None:
            nonlocal ticks
            ticks += 1000

        await library._content._connections[1].set_progress_handler(tick, 1000)
        for typed in QUERIES:
            ticks = 0
            await library.find("boat", typed, SEES_ALL, limit=25)
            assert ticks < budget, typed


@given(typed=st.text(max_size=200))
@settings(max_examples=60)
def test_nothing_typed_breaks_the_index(big_content: Path, typed: str) -> None:
    query = " AND ".join(f'"{word}"' for word in words_of(typed)[:8])
    with sqlite3.connect(big_content) as database:
        rows = database.execute("SELECT count(*) FROM word WHERE word MATCH ?", (query or '"x"',))
        assert rows.fetchone()[0] >= 0


async def test_what_is_remembered_does_not_grow_with_what_is_typed(
    open_pack: OpenPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.interview.library.search._MATCHES_BYTES", 200_000)
    library = await open_pack(quotes=QUOTES)
    search = library._search
    letters = random.Random(5)
    alphabet = [chr(point) for point in range(0x10400, 0x10450)]
    for _n in range(300):
        typed = " ".join("".join(letters.choices(alphabet, k=60)) for _word in range(100))
        assert await numbers(library, typed) == []
        assert await numbers(library, f"oven {typed}") == [6, 5, 1]
        assert await library.similar("boat", typed, SEES_ALL, limit=3) == []
    assert search._vocabulary._groups.size < 10_000, "no word that occurs nowhere"
    assert 100_000 < search._results.size <= 200_000


async def test_of_a_long_text_the_first_words_are_looked_for(open_pack: OpenPack) -> None:
    library = await open_pack(quotes=QUOTES)
    assert await numbers(library, "oven " * 1200) == [6, 5, 1]
    assert await numbers(library, "zeppelin " * 20 + "oven") == []
