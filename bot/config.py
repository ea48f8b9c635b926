"""The settings of whoever hosts the bot."""

import io
import os.path
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dotenv import load_dotenv
from dotenv.parser import parse_stream

from bot.errors import OperatorError
from bot.reading.bounded import FileError, is_there
from bot.reading.database_address import secrets_of
from bot.reading.decoding import read_text
from bot.reading.shares import mistakes_about_shards
from bot.reading.values import (
    bare,
    excerpt,
    loopback_url,
    path,
    port,
    process_count,
    shard_count,
    shard_ids,
    snowflake,
)
from bot.reading.variables import MOST_BYTES, Variables
from bot.text import Text, _

LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS: Final = ("auto", "text", "json")


class SettingsError(OperatorError):
    """Settings that cannot be used: every mistake at once, a line each."""

    def __init__(self, mistakes: list[Text]) -> None:
        lines = "\n".join(f"{{line{n}}}" for n in range(len(mistakes)))
        super().__init__(Text(lines, {f"line{n}": text for n, text in enumerate(mistakes)}))
        self.mistakes = tuple(mistakes)


def load_env_file(file: Path) -> None:
    """Put what stands in an `.env` into the environment, below what is there; it may be missing.

    Raises SettingsError with every line that is no setting, when the others are in effect, and
    where it cannot be read.
    """
    if not is_there(file):
        return
    try:
        text = read_text(file, MOST_BYTES)
    except FileError as error:
        sentence = _("{why} Copy .env.example to .env again and fill it in.", why=error.text)
        raise SettingsError([sentence]) from error
    settings, lines = _settings_in(text)
    load_dotenv(stream=io.StringIO(settings))
    if lines:
        raise SettingsError([_no_setting(file, line) for line in lines])


def check_authorities(env: MutableMapping[str, str]) -> None:
    """Take SSL_CERT_FILE out where it is no file, and raise SettingsError."""
    if mistakes := take_out_authorities(env):
        raise SettingsError(mistakes)


def take_out_authorities(env: MutableMapping[str, str]) -> list[Text]:
    """Take SSL_CERT_FILE out where it is no file; gives the sentence that says so.

    Libraries read it as soon as they are imported, and whoever reads a pipe may wait for ever.
    """
    name = env.get("SSL_CERT_FILE")
    if name and os.path.exists(name) and not os.path.isfile(name):
        del env["SSL_CERT_FILE"]
        sentence = _(
            "SSL_CERT_FILE names {path}, which isn't a file. Set it to a file of CA"
            " certificates, or leave it out.",
            path=excerpt(name),
        )
        return [sentence]
    return []


def _settings_in(text: str) -> tuple[str, list[int]]:
    """Give what an environment takes, and the lines that hold no setting, or none of that kind."""
    settings, lines = "", list[int]()
    for binding in parse_stream(io.StringIO(text)):
        source = binding.original.string
        if binding.error or "\0" in source or "=" in (binding.key or ""):
            blank = source[: len(source) - len(source.lstrip())]
            lines.append(binding.original.line + blank.count("\n"))
        else:
            settings += source
    return settings, lines


def _no_setting(file: Path, line: int) -> Text:
    # What stands there is not told: it may be the token.
    return _("Line {line} of {path} isn't a setting. Write it as NAME=value.", line=line, path=file)


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
    processes: int | None
    """How many share the servers; each takes a place, and with it shards, that nobody has."""
    database_url: str | None = field(repr=False)
    """Of a PostgreSQL, with the password that it may want; None for SQLite in `data_dir`."""
    api_url: str | None
    health_port: int | None
    health_token: str | None = field(repr=False)
    """What lets others than this machine look at that port; None where nobody else does."""
    proxy: str | None = field(repr=False)
    """Its URL, with the name and password that it may want."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """List what is to be in no line of a log."""
        return (
            self.token,
            *([self.health_token] if self.health_token else []),
            *(secrets_of(self.database_url) if self.database_url else ()),
        )

    @property
    def shares_state(self) -> bool:
        """Say whether other processes serve other shards of the same bot."""
        return self.processes is not None or self.shard_ids is not None

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
        settings, mistakes = cls.read(env, root, needs_token=needs_token)
        if mistakes:
            raise SettingsError(mistakes)
        return settings

    @classmethod
    def read(
        cls, env: Mapping[str, str], root: Path, *, needs_token: bool = True
    ) -> "tuple[Settings, list[Text]]":
        """Read the settings, with the default where there is a mistake, and list the mistakes."""
        values = {name: bare(value) for name, value in env.items()}
        reader = Variables({name: value for name, value in values.items() if value})
        settings = cls(
            token=reader.token(root) if needs_token else "",
            data_dir=root / (reader.parsed("DATA_DIR", path) or "var"),
            packs_dir=root / (reader.parsed("PACKS_DIR", path) or "data"),
            dev_guild_id=reader.parsed("DEV_GUILD_ID", snowflake),
            log_level=reader.one_of("LOG_LEVEL", "INFO", LOG_LEVELS),
            log_format=reader.one_of("LOG_FORMAT", "auto", LOG_FORMATS),
            shard_count=reader.parsed("SHARD_COUNT", shard_count),
            shard_ids=reader.parsed("SHARD_IDS", shard_ids),
            processes=reader.parsed("PROCESSES", process_count),
            database_url=reader.database(),
            api_url=reader.parsed("DISCORD_API_URL", loopback_url),
            health_port=reader.parsed("HEALTH_PORT", port),
            health_token=reader.health_token(),
            proxy=reader.proxy() if needs_token else None,
        )
        shards = (settings.shard_count, settings.shard_ids, settings.processes)
        # What was set and could not be read is a mistake already.
        if settings.shard_count is not None or "SHARD_COUNT" not in reader.env:
            reader.mistakes += mistakes_about_shards(*shards)
        return settings, reader.mistakes
