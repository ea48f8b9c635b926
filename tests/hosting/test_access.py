"""Who may look at the health port: this machine, and from elsewhere whoever has the token."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web

from bot.hosting import access
from bot.hosting.pages import serve_pages
from tests.end_to_end.stage import unused_port

TOKEN = "correct-horse-battery-staple"
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@dataclass
class Port:
    """A port with a page, and whoever asks there."""

    number: int
    session: aiohttp.ClientSession

    async def get(
        self, headers: dict[str, str] | None = None, path: str = "/stats"
    ) -> tuple[int, str]:
        url = f"http://127.0.0.1:{self.number}{path}"
        async with self.session.get(url, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def sign_in(self, token: str) -> aiohttp.ClientResponse:
        url = f"http://127.0.0.1:{self.number}/sign-in"
        data = urlencode({"token": token})
        headers = {"Content-Type": "application/x-www-form-urlencoded", **BROWSER}
        answer = await self.session.post(url, data=data, headers=headers, allow_redirects=False)
        await answer.read()
        return answer


async def _page(_request: web.Request) -> web.Response:
    return web.Response(text="how it is")


@asynccontextmanager
async def serving(token: str | None) -> AsyncIterator[Port]:
    number = unused_port()
    jar = aiohttp.DummyCookieJar()
    async with (
        serve_pages({"/stats": _page, "/health": _page}, number, token),
        aiohttp.ClientSession(cookie_jar=jar) as session,
    ):
        yield Port(number, session)


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Port]:
    monkeypatch.setattr(access, "_PAUSE_SECONDS", 1.5)
    async with serving(TOKEN) as port:
        yield port


async def test_who_only_holds_connections_keeps_nobody_out(port: Port) -> None:
    held = [await asyncio.open_connection("127.0.0.1", port.number) for _one in range(300)]
    for _reader, writer in held:
        writer.write(b"GET /stats HTTP/1.1\r\nHo")
    assert await port.get(path="/health") == (200, "how it is")
    # Each that stays is an open file of the bot's.
    gone = [asyncio.create_task(reader.read()) for reader, _writer in held[:200]]
    async with asyncio.timeout(30):
        assert await asyncio.gather(*gone) == [b""] * 200
    for _reader, writer in held:
        writer.close()


@pytest.mark.parametrize(
    "rubbish",
    [
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere\r\n\r\n",
    ],
)
async def test_what_is_no_http_fills_no_log(
    port: Port, rubbish: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port.number)
    writer.write(rubbish)
    assert b" 400 " in await reader.readline()
    writer.close()
    assert caplog.records == []


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_a_supervisor_on_this_machine_needs_no_token(port: Port) -> None:
    for headers in ({}, {"Host": "localhost"}, bearer("a wrong one")):
        assert await port.get(headers, "/health") == (200, "how it is")
    assert (await port.get({"Host": "encore.example.org"}, "/health"))[0] == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "encore.example.org"},
        {"Host": "["},
        bearer(TOKEN[:-1]),
        bearer(""),
        bearer("\udcff\udcfe"),
        {"Authorization": TOKEN},
        {"Authorization": f"Basic {TOKEN}"},
        {"Cookie": "encore="},
        {"Cookie": "encore=99999999999."},
        {"Cookie": f"encore=99999999999.{'0' * 64}"},
        {"Cookie": f"encore={TOKEN}"},
    ],
)
async def test_who_has_no_token_sees_nothing(port: Port, headers: dict[str, str]) -> None:
    for path in ("/stats", "/", "/nowhere"):
        status, text = await port.get(headers, path)
        assert status in (400, 401), path
        assert "how it is" not in text
        assert TOKEN not in text


@pytest.mark.skipif(
    sys.platform != "linux", reason="no other system has more loopback addresses; cannot be avoided"
)
async def test_another_address_is_another_machine(port: Port) -> None:
    connector = aiohttp.TCPConnector(local_addr=("127.0.0.2", 0))
    url = f"http://127.0.0.1:{port.number}/stats"
    async with aiohttp.ClientSession(connector=connector) as session:
        for page in (url, url.replace("stats", "health")):
            async with session.get(page) as answer:
                assert answer.status == 401
        async with session.get(url, headers={"Authorization": f"Bearer {TOKEN}"}) as answer:
            assert answer.status == 200


async def test_a_program_sends_the_token(port: Port) -> None:
    assert await port.get(bearer(TOKEN)) == (200, "how it is")
    assert await port.get({"Authorization": f"bearer {TOKEN}"}) == (200, "how it is")


async def test_a_browser_is_asked_for_it_once(port: Port) -> None:
    # Who loads the page again after a wrong one is asked again.
    for path in ("/stats", "/sign-in"):
        status, form = await port.get(BROWSER, path)
        assert status == 401
        assert re.search(r'<label for="token">.*type="password"', form)
    answer = await port.sign_in(f" {TOKEN} ")
    assert (answer.status, answer.headers["Location"]) == (303, "/stats")
    morsel = answer.cookies["encore"]
    assert morsel["httponly"]
    assert (morsel["samesite"], morsel["path"]) == ("Strict", "/")
    assert TOKEN not in morsel.value
    assert await port.get({"Cookie": f"encore={morsel.value}", **BROWSER}) == (200, "how it is")


async def test_what_a_browser_remembers_ends_after_a_month_and_with_the_token(
    port: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = (await port.sign_in(TOKEN)).cookies["encore"].value
    until, _dot, mark = cookie.partition(".")
    later = {"Cookie": f"encore={int(until) + 1}.{mark}"}
    assert (await port.get(later))[0] == 401, "nobody gives themselves another month"
    async with serving("another-token-of-the-host") as other:
        assert (await other.get({"Cookie": f"encore={cookie}"}))[0] == 401
    monkeypatch.setattr(access, "time", lambda: int(until) + 1)
    assert (await port.get({"Cookie": f"encore={cookie}"}))[0] == 401


async def test_whoever_guesses_has_to_wait_however_many_guesses_come_at_once(port: Port) -> None:
    assert (await port.sign_in("a guess of sixteen")).status == 401
    guesses = [port.get(bearer(TOKEN)) for _n in range(5)]
    assert {status for status, _text in await asyncio.gather(*guesses)} == {401}
    assert (await port.sign_in(TOKEN)).status == 401
    assert (await port.get(path="/health"))[0] == 200, "others go on"
    for _n in range(600):
        if (await port.get(bearer(TOKEN)))[0] == 200:
            return
        await asyncio.sleep(0.05)
    raise AssertionError


@pytest.mark.parametrize("body", [b"", b"token", b"\xff" * 99, b"token=" + b"x" * 20_000])
async def test_rubbish_is_no_token(port: Port, body: bytes) -> None:
    url = f"http://127.0.0.1:{port.number}/sign-in"
    headers = {"Content-Type": "application/x-www-form-urlencoded", **BROWSER}
    async with port.session.post(url, data=body, headers=headers) as answer:
        assert answer.status in (400, 401, 413)
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain; charset=odd"):
        headers = {"Content-Type": kind, **BROWSER}
        async with port.session.post(url, data=body[:99], headers=headers) as answer:
            assert answer.status == 401


async def test_without_a_token_only_this_machine_is_answered_and_nobody_signs_in() -> None:
    async with serving(None) as port:
        assert await port.get() == (200, "how it is")
        assert (await port.get({"Host": "encore.example.org"}))[0] == 421
        assert (await port.sign_in("")).status == 404


async def test_every_answer_keeps_to_itself(port: Port) -> None:
    url = f"http://127.0.0.1:{port.number}"
    for path, headers in (("/stats", {}), ("/stats", BROWSER), ("/nowhere", {})):
        async with port.session.get(url + path, headers=headers) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'")
            assert "unsafe" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"


async def test_who_sends_half_a_form_keeps_no_process_from_ending() -> None:
    half = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ntoken"
    async with asyncio.timeout(20), serving(TOKEN) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port.number)
        writer.write(half)
        assert (await port.get(path="/health"))[0] == 200
    assert await reader.read() == b"", "nobody waits for the other half"
    writer.close()


def test_neighbours_of_the_newer_addresses_are_one() -> None:
    assert access._neighbourhood("2001:db8::1") == access._neighbourhood("2001:db8::ffff:1")
    assert access._neighbourhood("2001:db8::1") != access._neighbourhood("2001:db8:0:1::1")
    assert access._neighbourhood("203.0.113.7") != access._neighbourhood("203.0.113.8")
