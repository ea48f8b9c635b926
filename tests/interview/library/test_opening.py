"""A library that is damaged is built again, or says what to do."""

import asyncio
import os
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.errors import ContentUnavailableError, OperatorError
from bot.interview.audience import SpoilerPolicy, audience
from bot.interview.library.build import ensure_content, rebuild_content
from bot.interview.library.opening import open_library
from bot.process.outages import Outages, Part
from tests.packs import write_pack

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)


def shorten(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def scribble(path: Path) -> None:
    path.write_bytes(b"no database at all" * 1000)


def scribble_within(path: Path) -> None:
    """Damage all but the first page and the schema, which a short look does not see."""
    with path.open("rb+") as file:
        (page_size,) = struct.unpack(">H", file.read(18)[16:])
        file.seek(page_size * 3)
        file.write(os.urandom(path.stat().st_size - page_size * 3))


def drop_an_index(path: Path) -> None:
    with closing(sqlite3.connect(path)) as content:
        ((name,), *_others) = content.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        content.execute(f"DROP INDEX {name}")


def make_another(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as content:
        content.execute("CREATE TABLE interview (id INTEGER PRIMARY KEY)")


def take_the_interviews(path: Path) -> None:
    with closing(sqlite3.connect(path)) as content, content:
        content.execute("UPDATE interview SET document = 'no JSON'")


def make_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


DAMAGES = [
    *(shorten, empty, scribble, scribble_within, drop_an_index, make_another),
    *(take_the_interviews, make_a_pipe),
]


@pytest.mark.parametrize("damage", DAMAGES)
async def test_damaged_content_is_built_again_at_a_start(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    write_pack(tmp_path / "data" / "boat")
    path = ensure_content(tmp_path / "var", tmp_path / "data")
    damage(path)
    rebuild = partial(asyncio.to_thread, rebuild_content, path, tmp_path / "data")
    assert ensure_content(tmp_path / "var", tmp_path / "data") == path
    async with open_library(path, rebuild) as library:
        assert await library.quote("boat", 1, SEES_ALL)
        assert (await library.find("boat", "morning", SEES_ALL, limit=1)).hits


async def test_content_that_is_damaged_while_it_is_read_is_built_again(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat")
    path = ensure_content(tmp_path / "var", tmp_path / "data")
    rebuild = partial(asyncio.to_thread, rebuild_content, path, tmp_path / "data")
    outages = Outages()
    async with open_library(path, rebuild, outages) as library:
        # Before anything of it was read, so that SQLite remembers nothing.
        shorten(path)
        with pytest.raises(ContentUnavailableError):
            await library.quote("boat", 1, SEES_ALL)
        assert Part.CONTENT in outages.reasons
        mending = library._content._mending
        assert mending is not None
        await mending
        assert outages.reasons == {}
        assert (await library.quote("boat", 1, SEES_ALL)).number == 1
        assert (await library.find("boat", "morning", SEES_ALL, limit=1)).hits


async def test_a_damaged_content_database_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "content-x.sqlite3"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(OperatorError, match="You can delete this file: the next start rebuilds it"):
        async with open_library(path):
            pass
