"""Who has not read the interview and knows grammar gets hardly more than by chance."""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.interview.audience import Reader, SpoilerPolicy, audience
from bot.interview.model import CUT, MAX_CHOICE, Difficulty, Quote
from bot.trivia.kinds import Question, Source
from tests.packs import write_pack
from tests.trivia.conftest import ROOT, Room, room_of
from tests.trivia.grammar_reader import Sheet, Usage, chance, shares, sheet_of
from tests.trivia.invented_talks import LANGUAGES, talk

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)
ALLOWED = 0.1
TIMES = 5
TALKS = ["shipped", *LANGUAGES]


@asynccontextmanager
async def room_with(name: str, folder: Path) -> AsyncIterator[Room]:
    packs_dir = ROOT / "data"
    if name in LANGUAGES:
        interview, quotes = talk(name, 150, seed=5)
        packs_dir = write_pack(folder / "data" / "boat", interview=interview, quotes=quotes).parent
    async with room_of(packs_dir, folder / "var") as room:
        yield room


async def quotes_of(room: Room) -> Sequence[Quote]:
    facet = room.library.facet(room.interview.slug, "quote", audience=SEES_ALL)
    assert facet is not None
    return await room.library.quotes(facet, range(facet.size))


async def questions(room: Room, source: Source) -> list[Question]:
    """Make every question there is, several times."""
    facet = room.maker.facets(room.interview, SEES_ALL)[source]
    items = await room.maker.items(source, facet, range(facet.size))
    made = [
        await room.maker.make(source, item, facet, Reader(SEES_ALL))
        for item in items
        for _n in range(TIMES)
    ]
    return [question for question in made if question is not None]


async def sheets_of(room: Room, source: Source) -> list[Sheet]:
    usage = Usage(quote.text for quote in await quotes_of(room))
    return [sheet_of(question, usage) for question in await questions(room, source)]


def check(sheets: Sequence[Sheet]) -> None:
    limit = chance(sheets) + ALLOWED
    too_good = {name: share for name, share in shares(sheets).items() if share > limit}
    assert too_good == {}


@pytest.mark.parametrize("name", TALKS)
@pytest.mark.parametrize("source", [Source.LINE, Source.COMPARE, Source.ASKED])
async def test_no_way_of_choosing_by_grammar_pays(
    name: str, source: Source, tmp_path: Path
) -> None:
    async with room_with(name, tmp_path) as room:
        sheets = await sheets_of(room, source)
    assert len({(sheet.before, sheet.after, *sheet.choices) for sheet in sheets}) >= 20
    check(sheets)


async def test_a_word_whose_ending_shows_its_use_stands_among_others_of_that_ending(
    tmp_path: Path,
) -> None:
    endings = ("ing", "ed", "ly")
    async with room_with("shipped", tmp_path) as room:
        asked = [question.choices for question in await questions(room, Source.LINE)]
    mixed = [
        choices
        for choices in asked
        for ending in endings
        if 0 < sum(choice.endswith(ending) for choice in choices) < 3
    ]
    assert mixed == []
    by_chance = [choices for choices in asked if all(one.endswith("ght") for one in choices)]
    assert by_chance == [], "night, right and brought are of three kinds"


@pytest.mark.parametrize("name", TALKS)
async def test_none_pays_over_all_that_is_made_of_quotes(name: str, tmp_path: Path) -> None:
    sources = (Source.LINE, Source.COMPARE, Source.ASKED, Source.SAID)
    async with room_with(name, tmp_path) as room:
        by_source = [await sheets_of(room, source) for source in sources]
    assert all(by_source), "each kind is asked"
    check([sheet for sheets in by_source for sheet in sheets])


def endings_at_random(quotes: Sequence[Quote], rng: random.Random) -> list[Question]:
    """Ask how lines went on among the endings of any others, as was done once."""
    halves = [(quote, *half) for quote in quotes if (half := _split(quote.text))]
    made: list[Question] = []
    for quote, start, ending in halves:
        endings = [other for _quote, _start, other in halves if other not in quote.text]
        choices = [ending, *rng.sample(endings, 3)]
        rng.shuffle(choices)
        right = choices.index(ending)
        question = Question(
            quote.slug,
            Source.LINE,
            quote.number,
            Difficulty.HARD,
            "How did this go on?",
            f"{start} …",
            tuple(choices),
            right,
            quote.text,
            quote.exchange,
        )
        made.append(question)
    return made


def _split(text: str) -> tuple[str, str] | None:
    words = text.split()
    at = len(words)
    while at > 0 and len(" ".join(words[at - 1 :])) <= MAX_CHOICE:
        at -= 1
    at = max(at, 5)
    if len(words) - at < 2 or CUT in words[at - 1 :]:
        return None
    return " ".join(words[:at]), " ".join(words[at:])


async def test_it_would_pay_with_endings_of_any_other_lines(tmp_path: Path) -> None:
    async with room_with("en", tmp_path) as room:
        quotes = await quotes_of(room)
    rng, usage = random.Random(1), Usage(quote.text for quote in quotes)
    sheets = [
        sheet_of(question, usage)
        for _n in range(TIMES)
        for question in endings_at_random(quotes, rng)
    ]
    with pytest.raises(AssertionError, match="all rules"):
        check(sheets)
