"""Whatever stands between the bot and Discord is passed, or named in a sentence."""

import base64
from pathlib import Path

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess, answers, unused_port
from tests.process.passages import AUTHORITY, Proxy, decrypting

PASSWORD = "open%2Fsesame"
"""As it stands in an address; who sends it decodes it."""


def behind(discord: LoopbackDiscord, data_dir: Path, port: int, **more: str) -> BotProcess:
    """Give a bot that is sent to the real Discord, by a proxy."""
    extra = {
        "DISCORD_API_URL": "",
        "HTTPS_PROXY": f"http://ada:{PASSWORD}@127.0.0.1:{port}",
        "SSL_CERT_FILE": str(AUTHORITY),
        "LOG_LEVEL": "DEBUG",
    }
    return BotProcess(discord, data_dir, extra=extra | more)


async def test_requests_and_gateway_go_through_the_proxy_and_its_password_is_in_no_log(
    tmp_path: Path,
) -> None:
    async with (
        LoopbackDiscord() as discord,
        decrypting(discord.port) as port,
        Proxy(port).listening() as proxy,
    ):
        discord.platform.gateway.url = "wss://gateway.discord.gg/gateway"
        bot = behind(discord, tmp_path, proxy.port)
        await bot.start()
        assert await answers(discord)
        assert await bot.stop() == 0
    assert {"discord.com:443", "gateway.discord.gg:443"} <= set(proxy.hosts)
    credentials = base64.b64encode(b"ada:open/sesame").decode()
    assert proxy.credentials == {credentials}
    assert await bot.logged(
        f"reaching Discord through the proxy http://[secret]@127.0.0.1:{proxy.port}"
    )
    log = "\n".join(bot.log)
    assert not [secret for secret in (PASSWORD, "open/sesame", credentials) if secret in log]
    assert bot.errors() == []


async def test_an_authority_that_nobody_trusts_is_told_apart_from_the_network(
    tmp_path: Path,
) -> None:
    async with (
        LoopbackDiscord() as discord,
        decrypting(discord.port) as port,
        Proxy(port).listening() as proxy,
    ):
        bot = behind(discord, tmp_path, proxy.port, SSL_CERT_FILE="")
        await bot.launch()
        assert await bot.logged("The certificate of discord.com isn't trusted")
        assert await bot.logged("SSL_CERT_FILE")
        await bot.kill()
    assert "Traceback" not in "\n".join(bot.log)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("407 Proxy Authentication Required", "The proxy doesn't accept this name and password"),
        ("403 Forbidden", "The proxy won't let the bot through: it answers 403"),
    ],
)
async def test_a_proxy_that_refuses_is_named(tmp_path: Path, status: str, sentence: str) -> None:
    async with LoopbackDiscord() as discord, Proxy(0, status).listening() as proxy:
        bot = behind(discord, tmp_path, proxy.port)
        await bot.launch()
        assert await bot.logged(sentence)
        await bot.kill()
    log = "\n".join(bot.log)
    assert "Traceback" not in log
    assert PASSWORD not in log


async def test_a_proxy_that_wants_a_password_is_told_from_one_that_refuses_it(
    tmp_path: Path,
) -> None:
    async with LoopbackDiscord() as discord, Proxy(0, "407 Who are you?").listening() as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        bot = behind(discord, tmp_path, proxy.port, HTTPS_PROXY=address)
        await bot.launch()
        assert await bot.logged("The proxy asks for a name and a password")
        await bot.kill()


async def test_a_proxy_that_no_network_knows_is_told_from_discord(tmp_path: Path) -> None:
    async with LoopbackDiscord() as discord:
        bot = behind(discord, tmp_path, 0, HTTPS_PROXY="http://proxy.invalid:3128")
        await bot.launch()
        assert await bot.logged("this network can't find proxy.invalid")
        await bot.kill()


async def test_a_proxy_that_is_not_there_is_named(tmp_path: Path) -> None:
    async with LoopbackDiscord() as discord:
        bot = behind(discord, tmp_path, unused_port())
        await bot.launch()
        assert await bot.logged("The proxy can't be reached: no connection to 127.0.0.1:")
        await bot.kill()
    assert PASSWORD not in "\n".join(bot.log)


async def test_no_proxy_leads_to_a_discord_on_this_machine(tmp_path: Path) -> None:
    async with LoopbackDiscord() as discord, Proxy(0).listening() as proxy:
        bot = behind(discord, tmp_path, proxy.port, DISCORD_API_URL=discord.url)
        await bot.start()
        assert await bot.stop() == 0
    assert proxy.hosts == []
