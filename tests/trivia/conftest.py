"""A library and a state to ask questions from."""

import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.interview.library.build import ensure_content
from bot.interview.library.library import Library
from bot.interview.library.opening import open_library
from bot.interview.model import Interview
from bot.state.bags import Bags
from bot.state.database import Database
from bot.trivia.question_draw import QuestionDraw
from bot.trivia.question_maker import QuestionMaker
from tests.packs import TOPICS, fact, question, quote, write_pack
from tests.state_places import Place, SqlitePlace

ROOT = Path(__file__).parents[2]


@dataclass
class Room:
    library: Library
    database: Database
    place: Place
    maker: QuestionMaker
    bags: Bags
    draw: QuestionDraw

    @property
    def interview(self) -> Interview:
        return next(iter(self.library.interviews.values()))


async def _open(stack: AsyncExitStack, packs_dir: Path, var: Path, place: Place) -> Room:
    library = await stack.enter_async_context(open_library(ensure_content(var, packs_dir)))
    database = await stack.enter_async_context(place.open())
    rng = random.Random(3)
    maker = QuestionMaker(library, rng)
    bags = Bags(database)
    stack.push_async_callback(bags.close)
    return Room(library, database, place, maker, bags, QuestionDraw(maker, bags, rng))


@asynccontextmanager
async def room_of(packs_dir: Path, var: Path, place: Place | None = None) -> AsyncIterator[Room]:
    """Open a library of some packs, and a state: beside it, or where a test wants it."""
    place = place or SqlitePlace(var / "state.sqlite3")
    async with AsyncExitStack() as stack:
        yield await _open(stack, packs_dir, var, place)


@pytest.fixture
async def room(tmp_path: Path, place: Place) -> AsyncIterator[Room]:
    """Give a small interview of which every kind of question can be made."""
    write_pack(
        tmp_path / "data" / "boat",
        quotes=[quote(n, topics=TOPICS) for n in range(1, 13)],
        facts=[fact(n) for n in range(1, 5)],
        questions=[question(n, about=n) for n in range(1, 5)],
    )
    async with room_of(tmp_path / "data", tmp_path / "var", place) as room:
        yield room


@pytest.fixture
async def shipped_room(tmp_path: Path) -> AsyncIterator[Room]:
    async with room_of(ROOT / "data", tmp_path / "var") as room:
        yield room
