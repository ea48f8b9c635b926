"""`new-pack --preview` and `edit` as processes: from a transcript to quotes in a file."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import tomli

from bot.cli.checkout import ROOT
from tests.editing.talks import LONG_TALK
from tests.editing.test_transcript_preview import POSIX, Preview, Visitor, visit

FIELDS = {"topics": [], "spoiler": "none", "mature": False, "drawn": True}


async def start(*words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *words, "--no-open", "--port", "0"),
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def page_of(*words: str) -> AsyncIterator[Preview]:
    process = await start(*words)
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
        match = re.fullmatch(r"The page: (http://127\.0\.0\.1:\d+/play/[\w-]{20,}/)\s*", line)
        assert match is not None, line
        yield Preview(process, match[1])
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def next_page(visitor: Visitor) -> None:
    while (await visitor._socket.receive_json(timeout=20)).get("event") != "next":
        pass


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(LONG_TALK, "utf-8")
    return path


async def add(running: Preview, place: int) -> int:
    async with visit(running) as visitor:
        answer = await visitor.ask("add", version=1, answer=0, places=[place], **FIELDS)
    return answer["result"]["number"]


@POSIX
async def test_from_a_transcript_to_a_quote_and_back_to_it_later(
    tmp_path: Path, talk: Path
) -> None:
    folder = tmp_path / "oven"
    async with page_of("new-pack", str(folder), "--from", str(talk), "--preview") as running:
        async with visit(running) as visitor:
            await visitor.ask("rename", labels=["BEN SAMPLE", "BEN"], name="Benjamin Sample")
            version = (await visitor.state())["version"]
            while "error" in await visitor.ask("use", version=version):
                version = (await visitor.state())["version"]
            await next_page(visitor)
        # The same address is the other page by now.
        async with aiohttp.ClientSession() as session, session.get(running.address) as response:
            assert "picking.js" in await response.text()
        assert await add(running, 0) == 1
        running.process.send_signal(signal.SIGINT)
        code, out, err = await running.end()
    assert (code, err) == (0, "")
    assert f"Wrote {folder}." in out
    assert f"encore check {folder}\n" in out
    assert 'name = "Benjamin Sample"' in (folder / "interview.toml").read_text("utf-8")
    assert "Benjamin Sample" in (folder / "reading.toml").read_text("utf-8")
    async with page_of("edit", str(folder)) as running:
        assert await add(running, 1) == 2
        running.process.send_signal(signal.SIGINT)
        assert (await running.end())[0] == 0
    quotes = tomli.loads((folder / "quotes.toml").read_text("utf-8"))["quotes"]
    assert [quote["number"] for quote in quotes] == [1, 2]


@POSIX
async def test_who_stops_before_has_nothing_written(tmp_path: Path, talk: Path) -> None:
    folder = tmp_path / "oven"
    async with page_of("new-pack", str(folder), "--from", str(talk), "--preview") as running:
        running.process.send_signal(signal.SIGINT)
        code, out, err = await running.end()
    assert (code, err) == (1, "")
    assert out.endswith("Nothing was written.\n")
    assert not folder.exists()


async def test_only_who_knows_the_address_may_pick(tmp_path: Path, talk: Path) -> None:
    folder = tmp_path / "oven"
    await (await start("new-pack", str(folder), "--from", str(talk))).wait()
    async with page_of("edit", str(folder)) as running, aiohttp.ClientSession() as session:
        for path in ("/", "/play/", "/play/wrong/", "/play/wrong/socket"):
            async with session.get(running.origin + path) as response:
                assert response.status == 403
        async with session.get(running.address, headers={"Host": "example.org"}) as response:
            assert response.status == 403
        for origin in ({}, {"Origin": "null"}, {"Origin": "http://example.org"}):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(f"{running.address}socket", headers=origin)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["new-pack", "oven", "--preview"], "Which transcript?"),
        (["new-pack", "My Oven", "--from", "talk.txt", "--preview"], "doesn't fit on a button"),
        (["new-pack", ".", "--from", "talk.txt", "--preview"], "isn't empty"),
        (["new-pack", "oven", "--from", "gone.txt", "--preview"], "gone.txt can't be read"),
        (["edit", "oven"], "There's no interview in"),
    ],
)
async def test_what_cannot_be_is_a_sentence_and_opens_no_page(
    tmp_path: Path, words: list[str], sentence: str
) -> None:
    place = tmp_path / "mine"
    place.mkdir()
    (place / "talk.txt").write_text(LONG_TALK, "utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *words, "--no-open", "--port", "0"),
        cwd=place,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert (process.returncode, out) == (78, b"")
    assert sentence in err.decode()
