"""`load --preview` as a process: who may look, and how it ends."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.cli.checkout import ROOT
from tests.editing.talks import Talk

POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no Ctrl-C for a child; cannot be avoided"
)


@dataclass
class Preview:
    """A running command, with the address that it printed."""

    process: asyncio.subprocess.Process
    address: str

    async def end(self) -> tuple[int, str, str]:
        out, err = await asyncio.wait_for(self.process.communicate(), 30)
        return self.process.returncode or 0, out.decode(), err.decode()

    @property
    def origin(self) -> str:
        return "/".join(self.address.split("/")[:3])


async def start(talk: Talk, *words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "load", str(talk.file), "--preview", "--no-open", "--port", "0", *words),
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(talk.data_dir),
            "PACKS_DIR": str(talk.packs_dir),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def preview(talk: Talk, *words: str) -> AsyncIterator[Preview]:
    process = await start(talk, *words)
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


class Visitor:
    """A page without a browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def state(self) -> dict[str, Any]:
        while True:
            message = await self._socket.receive_json(timeout=20)
            if message.get("event") == "state":
                return message

    async def ask(self, what: str, **more: Any) -> dict[str, Any]:
        await self._socket.send_json({"id": what, "do": what, **more})
        while True:
            message = await self._socket.receive_json(timeout=20)
            if message.get("id") == what:
                return message


@asynccontextmanager
async def visit(preview: Preview) -> AsyncIterator[Visitor]:
    headers = {"Origin": preview.origin}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.ws_connect(f"{preview.address}socket") as socket,
    ):
        yield Visitor(socket)


async def test_what_is_used_is_written_and_the_command_ends_well(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    async with preview(talk, "--speaker", "BO=Robert Sample") as running:
        async with visit(running) as visitor:
            state = await visitor.state()
            names = [voice["name"] for voice in state["overview"]["voices"]]
            assert "Robert Sample" in names
            assert talk.written() == []
            answer = await visitor.ask("use", version=state["version"])
        code, out, err = await running.end()
        assert (code, err) == (0, "")
        folder = answer["result"]["folder"]
        assert f"Wrote {folder}." in out
        assert 'BO = "Robert Sample"' in Path(folder, "reading.toml").read_text("utf-8")


@POSIX
async def test_ctrl_c_ends_it_with_nothing_written(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    async with preview(talk) as running, visit(running) as visitor:
        await visitor.state()
        await visitor.ask("silence", labels=["THE BAND"])
        running.process.send_signal(signal.SIGINT)
        code, out, err = await running.end()
    assert (code, err) == (1, "")
    assert out.endswith("Nothing was changed.\n")
    assert talk.written() == []


async def test_only_who_knows_the_address_may_look(tmp_path: Path) -> None:
    async with preview(Talk(tmp_path)) as running, aiohttp.ClientSession() as session:
        for path in ("/", "/play/", "/play/wrong/", "/play/wrong/socket"):
            async with session.get(running.origin + path) as response:
                assert response.status == 403
        for headers in ({"Host": "example.org"}, {"Origin": "http://example.org"}):
            async with session.get(running.address, headers=headers) as response:
                assert response.status == 403
        for origin in ({}, {"Origin": "null"}, {"Origin": "http://example.org"}):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(f"{running.address}socket", headers=origin)
        for name in ("main.js", "..%2freview.py", "nothing"):
            async with session.get(running.address + name) as response:
                assert response.status in (403, 404)


async def test_nonsense_is_answered_with_a_sentence(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    async with preview(talk) as running, visit(running) as visitor:
        for what, more in (
            ("nothing", {}),
            ("lines", {"version": "1"}),
            ("lines", {"version": 1, "start": -1}),
            ("rename", {"labels": "BO", "name": "Bo"}),
            ("rename", {"labels": ["BO"], "name": 7}),
            ("rename", {"labels": ["BO"], "name": "x" * 101}),
            ("rename", {"labels": ["BO"], "name": "a\nb"}),
            ("rename", {"labels": ["DORA"], "name": "Dora"}),
            ("split", {"label": "x" * 1000}),
            ("use", {"version": 7}),
            ("use", {}),
        ):
            answer = await visitor.ask(what, **more)
            assert answer.get("error", "").endswith((".", "!")), (what, more, answer)
        assert talk.written() == []


@pytest.mark.parametrize("option", ["--dry-run", "--json", "--yes"])
async def test_it_goes_with_no_option_that_answers_for_somebody(
    tmp_path: Path, option: str
) -> None:
    process = await start(Talk(tmp_path), option)
    _out, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 78
    assert "--preview opens a page" in err.decode()


async def test_a_file_that_is_not_there_opens_no_page(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    talk.file.unlink()
    process = await start(talk)
    out, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 78
    assert out == b""
    assert err.startswith(b"talk.txt can't be read")
