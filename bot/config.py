"""The settings of whoever hosts the bot."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from bot.errors import OperatorError
from bot.text import Text, _

LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS: Final = ("auto", "text", "json")
_T = TypeVar("_T")
_TOKEN_SHAPE: Final = re.compile(r"[\w-]{18,}\.[\w-]{4,}\.[\w-]{20,}")
_PLAYGROUND: Final = _("To try Encore without a token, run: python -m bot playground")


class SettingsError(OperatorError):
    """Settings that cannot be used: every mistake at once, a line each."""

    def __init__(self, mistakes: list[Text]) -> None:
        lines = "\n".join(f"{{line{n}}}" for n in range(len(mistakes)))
        super().__init__(Text(lines, {f"line{n}": text for n, text in enumerate(mistakes)}))
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a start needs to know; folders are absolute."""

    token: str = field(repr=False)
    data_dir: Path
    packs_dir: Path
    dev_guild_id: int | None
    log_level: str
    log_format: str
    shard_count: int | None
    shard_ids: tuple[int, ...] | None
    api_url: str | None
    health_port: int | None

    def is_ours(self, guild_id: int) -> bool:
        """Say whether this process looks after a server, or what is outside of servers (0)."""
        if not self.shard_ids:
            return True
        # How Discord spreads servers over shards; SHARD_IDS comes with SHARD_COUNT only.
        return (guild_id >> 22) % (self.shard_count or 1) in self.shard_ids

    @classmethod
    def from_env(
        cls, env: Mapping[str, str], root: Path, *, needs_token: bool = True
    ) -> "Settings":
        """Read the settings; relative paths are relative to `root`.

        Raises SettingsError with every mistake, each a sentence that names the variable. What works
        on files only does without a token.
        """
        reader = _Variables({name: value.strip() for name, value in env.items() if value.strip()})
        settings = cls(
            token=reader.token(root) if needs_token else "",
            data_dir=root / reader.get("DATA_DIR", "var"),
            packs_dir=root / reader.get("PACKS_DIR", "data"),
            dev_guild_id=reader.parsed("DEV_GUILD_ID", _snowflake),
            log_level=reader.one_of("LOG_LEVEL", "INFO", LOG_LEVELS),
            log_format=reader.one_of("LOG_FORMAT", "auto", LOG_FORMATS),
            shard_count=reader.parsed("SHARD_COUNT", _shard_count),
            shard_ids=reader.parsed("SHARD_IDS", _shard_ids),
            api_url=reader.parsed("DISCORD_API_URL", _loopback_url),
            health_port=reader.parsed("HEALTH_PORT", _port),
        )
        reader.check_shards(settings)
        if reader.mistakes:
            raise SettingsError(reader.mistakes)
        return settings


@dataclass(slots=True)
class _Variables:
    """Reads one variable after the other and remembers what was wrong with them."""

    env: Mapping[str, str]
    mistakes: list[Text] = field(default_factory=list[Text])

    def get(self, name: str, default: str) -> str:
        return self.env.get(name, default)

    def one_of(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.get(name, default)
        for choice in allowed:
            if choice.casefold() == value.casefold():
                return choice
        self.mistakes.append(
            _(
                "{name} is {value!r}, which is none of: {allowed}. Set it to one of them or "
                "leave it out.",
                name=name,
                value=value,
                allowed=", ".join(allowed),
            )
        )
        return default

    def parsed(self, name: str, parse: Callable[[str], _T]) -> _T | None:
        """Parse an optional value; the parser's ValueError carries the rest of the sentence."""
        value = self.env.get(name)
        if value is None:
            return None
        try:
            return parse(value)
        except ValueError as error:
            self.mistakes.append(
                _("{name} is {value!r}. {why}", name=name, value=value, why=str(error))
            )
            return None

    def token(self, root: Path) -> str:
        token, path = self.env.get("DISCORD_TOKEN"), self.env.get("DISCORD_TOKEN_FILE")
        if token and path:
            self.mistakes.append(
                _("DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set. Keep one of them.")
            )
        elif path:
            token = self._token_from(root / path)
        elif not token:
            self.mistakes.append(
                _(
                    "DISCORD_TOKEN is missing. Copy .env.example to .env and paste the bot's token "
                    "after DISCORD_TOKEN= (discord.com/developers, your application, Bot, "
                    "Reset Token). {playground}",
                    playground=_PLAYGROUND,
                )
            )
        if token and not _TOKEN_SHAPE.fullmatch(token):
            self.mistakes.append(
                _(
                    "The token does not look like a bot's token, which is three parts joined by "
                    "dots. Copy it again with Reset Token on the Bot page of your application. "
                    "{playground}",
                    playground=_PLAYGROUND,
                )
            )
        return token or ""

    def _token_from(self, path: Path) -> str | None:
        try:
            token = path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self.mistakes.append(
                _(
                    "DISCORD_TOKEN_FILE names {path}, which cannot be read. Check the path and "
                    "that the bot's user may read the file.",
                    path=path,
                )
            )
            return None
        if not token:
            self.mistakes.append(
                _(
                    "DISCORD_TOKEN_FILE names {path}, which is empty. Put the token in it.",
                    path=path,
                )
            )
        return token

    def check_shards(self, settings: Settings) -> None:
        if settings.shard_ids is None:
            return
        if settings.shard_count is None and "SHARD_COUNT" not in self.env:
            self.mistakes.append(
                _("SHARD_IDS needs SHARD_COUNT as well: how many shards there are in all.")
            )
        elif settings.shard_count and max(settings.shard_ids) >= settings.shard_count:
            self.mistakes.append(
                _(
                    "SHARD_IDS names shard {highest}, but with SHARD_COUNT={count} they go from 0 "
                    "to {last}.",
                    highest=max(settings.shard_ids),
                    count=settings.shard_count,
                    last=settings.shard_count - 1,
                )
            )


def _snowflake(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 15 <= len(value) <= 20):
        raise ValueError("It must be a server's id: in Discord, Copy Server ID on the server.")
    return int(value)


def _shard_count(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 16_384):
        raise ValueError("It must be a number from 1 on; leave it out and Discord decides.")
    return int(value)


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 65_535):
        raise ValueError("It must be a port: a number from 1 to 65535.")
    return int(value)


def _shard_ids(value: str) -> tuple[int, ...]:
    parts = [part.strip() for part in value.split(",")]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError("It must be numbers with commas between, such as 0,1,2.")
    return tuple(sorted({int(part) for part in parts}))


def _loopback_url(value: str) -> str:
    # Whatever stands here receives the token, so it must be this machine.
    try:
        url = urlsplit(value)
        is_loopback = (
            url.hostname == "localhost" or ipaddress.ip_address(url.hostname or "").is_loopback
        )
        is_plain = url.scheme in ("http", "https") and url.port != 0
    except ValueError:
        is_loopback = is_plain = False
    if not (is_loopback and is_plain):
        raise ValueError("It must be an address of this machine, such as http://127.0.0.1:8787.")
    return value.rstrip("/")
