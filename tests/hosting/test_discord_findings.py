"""What Discord and the way there tell doctor, each trouble named, and nothing changed."""

import asyncio
import gzip
from asyncio import to_thread
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from bot.config import Settings
from bot.hosting.discord_findings import discord_findings
from bot.hosting.finding import Finding
from playground import LoopbackDiscord
from tests.end_to_end.stage import unused_port
from tests.process.passages import AUTHORITY, Proxy, decrypting

TOKEN = "MTMwMDAwMDAwMDAwNDE5NDMwNA.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789ab"
INVITATION = "https://discord.com/oauth2/authorize?client_id="


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as loopback:
        yield loopback


async def found(env: Mapping[str, str]) -> Sequence[Finding]:
    settings, mistakes = Settings.read(env, Path())
    assert mistakes == []
    return await to_thread(discord_findings, settings, env)


async def at(discord: LoopbackDiscord, **more: str) -> Sequence[Finding]:
    return await found({"DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.url} | more)


async def through(discord: LoopbackDiscord, port: int, name: str = "") -> Sequence[Finding]:
    """Ask the real Discord, by a proxy."""
    proxy = f"http://{name}127.0.0.1:{port}"
    return await found({"DISCORD_TOKEN": discord.token, "HTTPS_PROXY": proxy})


def problem_in(findings: Sequence[Finding]) -> Finding:
    (problem,) = [finding for finding in findings if finding.is_problem]
    return problem


async def test_all_that_is_well_is_a_line_each(discord: LoopbackDiscord) -> None:
    findings = await at(discord)
    assert [finding.what for finding in findings] == [
        "proxy",
        "Discord",
        "clock",
        "token",
        "servers",
        "commands",
    ]
    assert {finding.exit_code for finding in findings} == {0}
    told = {finding.what: finding.how for finding in findings}
    assert told["token"] == f"is that of “Encore” ({discord.world.bot.id})"
    assert told["servers"] == "in 1 server: “The Academy”"


async def test_doctor_asks_and_changes_nothing(discord: LoopbackDiscord) -> None:
    await at(discord, DEV_GUILD_ID=str(discord.world.academy.id))
    assert {request.method for request in discord.record.requests} == {"GET"}


async def test_a_token_that_discord_refuses_ends_the_questions(discord: LoopbackDiscord) -> None:
    findings = await at(discord, DISCORD_TOKEN=discord.token[:-4] + "wxyz")
    problem = problem_in(findings)
    assert (problem.what, problem.exit_code) == ("token", 78)
    assert problem.how == "Discord doesn't accept it"
    assert findings[-1] is problem


async def test_a_bot_that_is_nowhere_is_told_how_to_be_invited(discord: LoopbackDiscord) -> None:
    del discord.world.academy.members[discord.world.bot.id]
    servers = (await at(discord))[-1]
    assert (servers.what, servers.how, servers.exit_code) == ("servers", "in none yet", 0)
    assert f"{INVITATION}{discord.world.bot.id}" in servers.remedy
    assert "applications.commands" in servers.remedy


async def test_a_missing_scope_is_named_with_its_server(discord: LoopbackDiscord) -> None:
    body = {"message": "Missing Access", "code": 50001}
    discord.faults.answer("GET /applications/*/guilds/*/commands", 403, body=body)
    problem = problem_in(await at(discord))
    assert problem.what == "commands"
    assert problem.how.startswith("not allowed in “The Academy”: invited without the scope")
    assert INVITATION in problem.remedy


async def test_a_server_of_development_is_one_that_the_bot_is_in(discord: LoopbackDiscord) -> None:
    findings = await at(discord, DEV_GUILD_ID=str(discord.world.academy.id))
    assert "the bot is in “The Academy”" in [finding.how for finding in findings]
    problem = problem_in(await at(discord, DEV_GUILD_ID=str(discord.world.elsewhere.id)))
    assert problem.what == "DEV_GUILD_ID"
    assert INVITATION in problem.remedy


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("interactions_endpoint_url", "https://example.org", "Interactions Endpoint URL"),
        ("bot_require_code_grant", True, "Requires OAuth2 Code Grant"),
    ],
)
async def test_what_the_portal_has_that_keeps_answers_away_is_named(
    discord: LoopbackDiscord, field: str, value: object, name: str
) -> None:
    body = discord.platform.app.payload() | {field: value}
    discord.faults.answer("GET /applications/@me", 200, body=body)
    assert name in problem_in(await at(discord)).how


@pytest.mark.parametrize(
    ("seconds_ahead", "how"),
    [
        (-7200, "2 hours ahead of Discord's"),
        (300, "5 minutes behind Discord's"),
        (-86, "86 seconds ahead of Discord's"),
    ],
)
async def test_a_wrong_clock_is_told_and_which_way(
    discord: LoopbackDiscord, seconds_ahead: float, how: str
) -> None:
    discord.faults.set_clock(seconds_ahead)
    problem = problem_in(await at(discord))
    assert problem.what == "clock"
    # An answer takes its time, and is rounded to the second.
    assert problem.how in (how, how.replace("86", "85"), how.replace("86", "87"))


async def test_a_page_in_discords_place_is_none_of_its_answers(discord: LoopbackDiscord) -> None:
    discord.faults.garble("GET /gateway", 200)
    problem = problem_in(await at(discord))
    assert problem.exit_code == 75
    assert "something else answers in its place (it answers with text/html)" in problem.how


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("/applications/@me", {}),
        ("/applications/@me", []),
        ("/applications/@me", {"id": "me", "name": "Encore"}),
        ("/users/@me/guilds", [7]),
        ("/users/@me/guilds", 7),
    ],
)
async def test_who_answers_like_nobody_at_discord_is_a_sentence(
    discord: LoopbackDiscord, route: str, body: object
) -> None:
    discord.faults.answer(f"GET {route}", 200, body=body)
    problem = problem_in(await at(discord))
    assert (problem.what, problem.exit_code) == ("Discord", 75)


@pytest.mark.parametrize(
    "body",
    [b"[" * 200_000, b"9" * 5000, b'"%s"' % (b"x" * 3_000_000), b"NaN", b"\xff", b""],
    ids=["deep", "digits", "large", "nan", "bytes", "nothing"],
)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
async def test_whatever_answers_is_read_up_to_a_bound_and_is_a_sentence(
    body: bytes, encoding: str
) -> None:
    problem = problem_in(await of_somebody(_json_answer(body, encoding)))
    assert (problem.what, problem.exit_code) == ("Discord", 75)
    assert problem.how == "something else answers in its place"


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 200 OK\r\nX: %s\r\n\r\n" % (b"a" * 10_000), b"\0" * 99]
)
async def test_what_speaks_no_http_is_a_sentence_without_what_it_said(answer: bytes) -> None:
    problem = problem_in(await of_somebody(answer))
    assert problem.how == "can't be reached: what answers in its place doesn't speak HTTP"


async def of_somebody(answer: bytes) -> Sequence[Finding]:
    """Ask somebody who says the same whatever is asked."""

    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        with suppress(ConnectionError):
            writer.write(answer)
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(say, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        return await found({"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": f"http://127.0.0.1:{port}"})


def _json_answer(body: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        body = gzip.compress(body)
    kind = f"Content-Type: application/json\r\nContent-Encoding: {encoding}\r\n"
    return f"HTTP/1.0 200 OK\r\n{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def test_a_discord_that_does_not_work_may_again(discord: LoopbackDiscord) -> None:
    discord.faults.answer("GET /gateway", 503)
    problem = problem_in(await at(discord))
    assert problem.exit_code == 75
    assert "503" in problem.how


async def test_who_signed_instead_of_discord_is_named(
    discord: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with decrypting(discord.port) as port, Proxy(port).listening() as proxy:
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
        problem = problem_in(await through(discord, proxy.port, "ada:sesame@"))
        monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))
        trusted = await through(discord, proxy.port, "ada:sesame@")
    assert (problem.what, problem.exit_code) == ("certificate", 78)
    assert problem.how.endswith("its certificate is signed by “An authority of tests”")
    assert "SSL_CERT_FILE" in problem.remedy
    (note,) = [finding for finding in trusted if finding.what == "certificate"]
    assert (note.state, note.exit_code) == ("note", 0)
    assert "signed by “An authority of tests”, which this machine trusts" in note.how
    assert not [finding for finding in trusted if "sesame" in str(finding)]


async def test_who_reads_along_is_never_sent_the_token(discord: LoopbackDiscord) -> None:
    async with decrypting(discord.port) as port, Proxy(port).listening() as proxy:
        await through(discord, proxy.port)
    assert {request.path for request in discord.record.requests} == {"/gateway"}


async def test_an_authority_that_browsers_trust_reads_nothing_along(
    discord: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certifi.where", lambda: str(AUTHORITY))
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    async with decrypting(discord.port) as port, Proxy(port).listening() as proxy:
        problem = problem_in(await through(discord, proxy.port))
        monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))
        trusted = await through(discord, proxy.port)
    assert problem.how == "Discord's own is signed by “An authority of tests”, unknown here"
    assert "Install ca-certificates" in problem.remedy
    assert "Discord's own, signed by “An authority of tests”" in [each.how for each in trusted]


@pytest.mark.parametrize(
    ("status", "name", "how", "code"),
    [
        ("407 Who?", "", "The proxy asks for a name and a password", 78),
        ("407 Who?", "ada:b@", "The proxy doesn't accept this name and password", 78),
        ("403 No", "", "The proxy won't let the bot through: it answers 403", 75),
    ],
)
async def test_a_proxy_that_refuses_is_what_is_named(
    discord: LoopbackDiscord, status: str, name: str, how: str, code: int
) -> None:
    async with Proxy(0, status).listening() as proxy:
        (problem,) = await through(discord, proxy.port, name)
    assert (problem.what, problem.how, problem.exit_code) == ("proxy", how, code)


async def test_a_proxy_that_is_away_is_what_is_named(discord: LoopbackDiscord) -> None:
    (problem,) = await through(discord, unused_port())
    assert problem.what == "proxy"
    assert problem.how.startswith("The proxy can't be reached: no connection to 127.0.0.1:")


async def test_a_proxy_that_is_not_used_is_told_with_the_reason(discord: LoopbackDiscord) -> None:
    proxy = {"HTTPS_PROXY": "http://127.0.0.1:9"}
    told = (await at(discord, **proxy))[0]
    assert str(told) == "ok       proxy: not used: DISCORD_API_URL is on this machine"
    unproxied = await found({"DISCORD_TOKEN": discord.token, "NO_PROXY": "*", **proxy})
    assert str(unproxied[0]) == "ok       proxy: not used: NO_PROXY names discord.com"
