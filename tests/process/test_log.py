"""No line of a log holds what lets somebody act as the bot, or what members typed."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings
from bot.process.log import redact, set_up
from bot.reading.database_address import secrets_of
from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.test_hostile import COMPLETED, TEXT_OPTIONS

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.AbCdEf.abcdefghijklmnopqrstuvwxyz"
WEBHOOK = "aW50ZXJhY3Rpb246MTIz-OjQ1Ng_x"
PASSWORDS = ("s%C3%A9same%2F'\"open", "sésame/'\"open", "s%C3%A9same/%27%22open")
URL = f"postgresql://ada:{PASSWORDS[0]}@db.example/encore?sslpassword=another-one"
SECRETS = (TOKEN, "kept-from-all", "aW50ZXJhY3Rpb246MTIzNDU2Nzg5OnRva2Vu")
"""The bot's token, something of no known shape, and an interaction's token."""
IN_LINES = (
    "https://discord.com/api/v10/webhooks/1300000000000000001/{}/messages/@original",
    "https://discord.com/api/v10/interactions/1300000000000000001/{}/callback?with_response=1",
    "%2Fwebhooks%2F1300000000000000001%2F{}%2Fmessages",
    '{{"token": "{}", "type": 2}}',
    "{{'token': '{}', 'type': 2}}",
    "%7B%22token%22%3A%22{}%22%7D",
    "{{'Authorization': 'Bot {}'}}",
    "Authorization: Bot {}",
    "Proxy-Authorization: Basic {}",
    "http://ada:{}@proxy.example:3128 does not answer",
    "http%3A%2F%2Fada%3A{}%40proxy.example",
    "https://example.org/?access_token={}&x=1",
    "Settings(token='{}')",
)


@pytest.fixture(params=["text", "json"])
def written(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[io.StringIO]:
    """Give what is logged at DEBUG; afterwards logging is as it was."""
    root = logging.getLogger()
    handlers, level, raises = root.handlers[:], root.level, logging.raiseExceptions
    root.handlers.clear()
    monkeypatch.setattr("sys.stderr", stream := io.StringIO())
    set_up("DEBUG", request.param, TOKEN, *secrets_of(URL))
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.raiseExceptions = raises


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("line", IN_LINES)
def test_a_secret_is_in_no_line_by_whatever_way_it_came(
    written: io.StringIO, secret: str, line: str
) -> None:
    log = logging.getLogger("discord.somewhere.new")
    text = line.format(secret)
    middle = len(text) - len(secret) // 2 - len(line) // 3
    log.warning(text)
    log.warning("%s%s", text[:middle], text[middle:])
    log.warning({"text": text})
    log.warning("more", extra={"text": text}, stack_info=True)
    log.error("so it failed", exc_info=ValueError(text))
    try:
        raise ValueError(text)
    except ValueError:
        log.exception("it failed")
    log.warning("this is no format: %d", text)
    assert written.getvalue().count("\n") > 4
    assert secret not in written.getvalue()


def test_the_token_is_known_however_it_is_encoded(written: io.StringIO) -> None:
    log = logging.getLogger("bot")
    log.info("as it is: %s, lower: %s", TOKEN, TOKEN.lower())
    log.info("for an address: %s", "".join(f"%{ord(letter):02x}" for letter in TOKEN))
    log.info("in part: %s", quote(TOKEN, safe="").replace(".", "%2E"))
    told = written.getvalue().lower()
    assert told.count("[secret]") == 4
    assert "abcdefghij" not in told
    assert "%61%62" not in told


def test_libraries_say_nothing_below_info_whenever_their_loggers_were_made(
    written: io.StringIO,
) -> None:
    for name in ("discord.http", "discord.late", "aiohttp.client", "asyncio", "a.new.one", "root"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.debug("sesame")
    logging.getLogger("bot.ours").debug("open")
    logging.getLogger("cogs.ours").debug("open")
    assert "sesame" not in written.getvalue()
    assert written.getvalue().count("open") == 2


@pytest.mark.parametrize(
    "line",
    [
        "invalid DSN: {url!r}",
        "asyncpg.connect({url})",
        "[Errno -2] Name or service not known: {password}@db.example",
        "invalid literal for int() with base 10: {password!r}",
        "password=another-one",
    ],
)
def test_the_password_of_a_database_is_known_however_it_is_written(
    written: io.StringIO, line: str
) -> None:
    for password in PASSWORDS:
        logging.getLogger("asyncpg").warning(line.format(url=URL, password=password))
    told = written.getvalue()
    assert told.count("[secret]") >= len(PASSWORDS)
    assert [word for word in ("same", "open", "another") if word in told] == []


def test_a_password_that_is_also_a_name_hides_nothing_else() -> None:
    url = "postgresql://postgres:postgres@db/encore"
    settings = Settings.from_env({"DISCORD_TOKEN": TOKEN, "DATABASE_URL": url}, Path.cwd())
    assert settings.secrets == (TOKEN, url)


SPEECH = st.lists(
    st.sampled_from(
        [
            *"\"'\\/ :=,{}@%\n",
            "token",
            "password",
            "authorization",
            "://",
            "webhooks/1/",
            "Bot ",
            "%22",
        ]
    )
    | st.text(max_size=5)
).map("".join)


@given(SPEECH)
def test_a_line_of_json_stays_one(text: str) -> None:
    line = json.dumps({"message": text, "timestamp": "now"}, ensure_ascii=False)
    assert json.loads(redact(line))["timestamp"] == "now"


@pytest.mark.parametrize(
    "line",
    [
        "logging in using static token",
        "Discord doesn't accept the token. Set DISCORD_TOKEN to the one that Reset Token shows.",
        "invite the bot: https://discord.com/oauth2/authorize?client_id=1&scope=bot+applications.x",
        "ready as Encore#1234, in 3 servers",
    ],
)
def test_what_is_no_secret_is_left(line: str) -> None:
    assert redact(line) == line


@pytest.mark.parametrize("log_format", ["text", "json"])
async def test_a_whole_bot_at_debug_tells_no_token_and_nothing_that_was_typed(
    tmp_path: Path, log_format: str
) -> None:
    async with LoopbackDiscord() as discord:
        bot = BotProcess(discord, tmp_path, extra={"LOG_LEVEL": "DEBUG", "LOG_FORMAT": log_format})
        await bot.start()
        await _use_everything(discord)
        # The same while Discord fails, which is when libraries talk.
        for route, status in (("*/callback", 500), ("*/callback", 429), ("*/callback", 404)):
            discord.faults.answer(route, status, times=2)
            await _use_everything(discord)
        tokens = [token for token, _of in discord.platform.interactions.by_token.items()]
        await bot.stop()
    told = "\n".join(bot.log)
    assert len(tokens) > 20
    assert [token for token in (discord.token, *tokens) if token in told] == []
    assert WORD not in told


WORD = "xylosesame"


async def _use_everything(discord: LoopbackDiscord) -> None:
    user, channel = discord.world.mika, discord.world.general
    for command, names in TEXT_OPTIONS.items():
        options = {name: f"{WORD} {name}" for name in names}
        outcome = await discord.members.use_command(user, channel, command, options)
        if command == "quote" and outcome.message is not None:
            await discord.members.press(user, outcome.message, outcome.message.custom_ids[0])
    for command, name in COMPLETED:
        await discord.members.autocomplete(user, channel, command, name, WORD, {})
