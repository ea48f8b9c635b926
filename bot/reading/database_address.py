"""The address of a PostgreSQL as people write it: what is wrong with it is said without it."""

import os
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from bot.reading.values import port

_HOST: Final = re.compile(r"(?:\[[\da-f:.]+\]|[^][:@\s]+)(?::(\d+))?", re.ASCII | re.IGNORECASE)
_FILES: Final = ("sslrootcert", "sslcert", "sslkey", "sslcrl")
# Shorter ones stand in too many words of a log.
_LEAST_SECRET: Final = 8
_SHAPES: Final = (
    "It must name a host and a database, as postgresql://name:password@host:5432/database, or a"
    " socket's folder, as postgresql://name@/database?host=/run/postgresql."
)


def database_url(value: str) -> str:
    """Read where a PostgreSQL is; ValueError says what is wrong without a word of it."""
    if not unquote(value).isprintable():
        raise ValueError("It must be in one line, and printable.")
    if not value.casefold().startswith(("postgresql://", "postgres://")):
        raise ValueError("It must begin with postgresql://.")
    # Otherwise a part of the password is taken for the host, and told by whoever can't find it.
    if "#" in value or "@" in value.partition("@")[2] or re.search(r"//[^@]*[/?][^@]*@", value):
        raise ValueError("Write @ / ? # in a name or password as %40 %2F %3F %23.")
    if not _is_complete(value):
        raise ValueError(_SHAPES)
    for name in _FILES:
        # The driver says only that there is no file, as it does of a server that is away.
        if (file := _query(urlsplit(value)).get(name)) and not _is_readable(file):
            raise ValueError(f"{name} must be a file that the bot's user can read.")
    return value


def _is_readable(file: str) -> bool:
    return os.path.isfile(file) and os.access(file, os.R_OK)


def secrets_of(address: str) -> tuple[str, ...]:
    """List what nobody may read of an address: all of it, and the password in it."""
    parts = urlsplit(address)
    query = _query(parts)
    user = parts.netloc.rpartition("@")[0]
    passwords = (user.partition(":")[2], query.get("password", ""), query.get("sslpassword", ""))
    secrets = {word: None for password in passwords for word in (password, unquote(password))}
    # One that is also the name of something is no secret.
    return address, *(
        word for word in secrets if len(word) >= _LEAST_SECRET and address.count(word) < 2
    )


def _query(parts: SplitResult) -> Mapping[str, str]:
    return dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))


def _is_complete(address: str) -> bool:
    """Say whether there are a database, and hosts or sockets with ports that can be."""
    try:
        parts = urlsplit(address)
        query = _query(parts)
        places = parts.netloc.rpartition("@")[2] or query.get("host", "")
        hosts = [_HOST.fullmatch(place) for place in places.split(",")]
        ports = [host[1] for host in hosts if host] + query.get("port", "").split(",")
        for number in filter(None, ports):
            port(number)
    except ValueError:
        return False
    database = parts.path.strip("/") or query.get("dbname") or query.get("database")
    return bool(database and all(hosts))
