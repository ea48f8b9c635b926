"""Variables of an environment, each read and held against what it may be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from bot.reading.bounded import FileError
from bot.reading.database_address import database_url
from bot.reading.decoding import read_text
from bot.reading.values import (
    HEALTH_TOKEN_SHAPE,
    TOKEN_SHAPE,
    bare,
    bare_token,
    excerpt,
    is_direct,
    path,
    proxy_url,
)
from bot.text import ENCORE, Text, _, say

MOST_BYTES: Final = 64 << 10
PLAYGROUND: Final = _("To try Encore without a token, run: {encore} playground", encore=ENCORE)
_T = TypeVar("_T")


@dataclass(slots=True)
class Variables:
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
                "{name} is {value}. Set it to one of {allowed}, or leave it out.",
                name=name,
                value=excerpt(value),
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
                _("{name} is {value}. {why}", name=name, value=excerpt(value), why=str(error))
            )
            return None

    def token(self, root: Path) -> str:
        token, path = self.env.get("DISCORD_TOKEN"), self.env.get("DISCORD_TOKEN_FILE")
        if token and path:
            self.mistakes.append(
                _("DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set. Keep one of them.")
            )
        elif path:
            token = self._token_from(path, root)
        elif not token:
            self.mistakes.append(
                _(
                    "DISCORD_TOKEN is missing. Paste the bot's token after DISCORD_TOKEN= in .env,"
                    " a copy of .env.example (discord.com/developers, your application, Bot,"
                    " Reset Token). {playground}",
                    playground=PLAYGROUND,
                )
            )
        token = bare_token(token or "")
        if token and not TOKEN_SHAPE.fullmatch(token):
            self.mistakes.append(
                _(
                    "The token doesn't look like a bot token (three parts joined by dots)."
                    " Copy it again with Reset Token on the Bot page of your application."
                    " {playground}",
                    playground=PLAYGROUND,
                )
            )
        return token

    def _token_from(self, name: str, root: Path) -> str | None:
        try:
            token = bare(read_text(root / path(name), MOST_BYTES))
        except (FileError, ValueError) as error:
            why = say(error.text) if isinstance(error, FileError) else str(error)
            self.mistakes.append(
                _(
                    "DISCORD_TOKEN_FILE names {path}, which can't be read: {why} Check the path "
                    "and that the bot's user may read the file.",
                    path=excerpt(name),
                    why=TOKEN_SHAPE.sub("[token]", why),
                )
            )
            return None
        if not token:
            self.mistakes.append(
                _(
                    "DISCORD_TOKEN_FILE names {path}, which is empty. Put the token in it.",
                    path=excerpt(name),
                )
            )
        return token

    def proxy(self) -> str | None:
        """Give the proxy on the way to Discord; one on this machine needs none."""
        name = "https_proxy" if "https_proxy" in self.env else "HTTPS_PROXY"
        exceptions = self.env.get("no_proxy") or self.env.get("NO_PROXY", "")
        if "DISCORD_API_URL" in self.env or is_direct("discord.com", exceptions):
            return None
        return self.parsed(name, proxy_url)

    def database(self) -> str | None:
        value = self.env.get("DATABASE_URL")
        try:
            return value and database_url(value)
        except ValueError as error:
            # Of the value nothing is told: a part of the password may be anywhere in it.
            self.mistakes.append(_("DATABASE_URL can't be used. {why}", why=str(error)))
            return None

    def health_token(self) -> str | None:
        value = self.env.get("HEALTH_TOKEN")
        # Of a value that is no token nothing is told either: it may be most of one.
        if value and not HEALTH_TOKEN_SHAPE.fullmatch(value):
            self.mistakes.append(
                _(
                    "HEALTH_TOKEN can't be used. Set it to 16 to 512 letters, digits or symbols"
                    " that nobody can guess, without accents or spaces, or leave it out."
                )
            )
            return None
        if value and "HEALTH_PORT" not in self.env:
            self.mistakes.append(
                _(
                    "HEALTH_TOKEN is set, but HEALTH_PORT isn't. Set HEALTH_PORT to the port you"
                    " want to look at, or leave out both."
                )
            )
        return value
