"""Single values as people write them; ValueError carries the sentence that says what is allowed."""

import ipaddress
import os
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Final

# Discord's own limit is far below.
_MOST_SHARDS: Final = 16_384
# Of most file systems, in bytes.
_LONGEST_NAME: Final = 255
_LONGEST_PATH: Final = 4000
_LONGEST_VALUE: Final = 80
"""Characters of a value that a sentence repeats."""
TOKEN_SHAPE: Final = re.compile(r"[\w-]{18,}\.[\w-]{4,}\.[\w-]{20,}", re.ASCII)
HEALTH_TOKEN_SHAPE: Final = re.compile(r"[!-~]{16,512}")
"""What a line of HTTP carries as it is."""
_API_PATH: Final = re.compile(r"(/api(/v\d+)?)?/*\Z")
_PREFIX: Final = re.compile(r"\Abot\s+", re.IGNORECASE)
_CREDENTIALS: Final = re.compile(r"\A([\w+.-]*://)?.*@", re.DOTALL)
_EDGE: Final = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
"""What is copied along with a value, and cannot be seen."""
_QUOTES: Final = ('""', "''", "“”", "„“", "‘’", "‚‘", "«»", "””", "’’", "``")


def bare(value: str) -> str:
    """Take off what is around a value: spaces, what cannot be seen, one pair of quotes."""
    value = value.strip().strip(_EDGE).strip()
    if len(value) > 1 and value[0] + value[-1] in _QUOTES:
        return value[1:-1].strip()
    return value


def bare_token(value: str) -> str:
    """Take off what is around a token, and what stands before it in a request's header."""
    return _PREFIX.sub("", bare(value))


def excerpt(value: str) -> str:
    """Write a value for a sentence: in a line, cut, without what is secret."""
    public = _CREDENTIALS.sub(r"\1…@", TOKEN_SHAPE.sub("[token]", value))
    return repr(public if len(public) <= _LONGEST_VALUE else f"{public[:_LONGEST_VALUE]}…")


def _number(value: str, least: int, most: int) -> int | None:
    """Read a number of ASCII digits; None where it is none, or outside of the bounds."""
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(most))):
        return None
    return number if least <= (number := int(value)) <= most else None


def path(value: str) -> Path:
    if not value.isprintable():
        raise ValueError(
            "It must be a path of printable characters; between double quotes a backslash means "
            "something else, so leave the quotes out."
        )
    try:
        parsed = Path(value).expanduser()
    except RuntimeError as error:
        raise ValueError("There is no such home folder; write the whole path.") from error
    longest = max((len(os.fsencode(part)) for part in parsed.parts), default=0)
    if longest > _LONGEST_NAME or len(os.fsencode(parsed)) > _LONGEST_PATH:
        raise ValueError("It is longer than a path can be.")
    return parsed


def snowflake(value: str) -> int:
    # The database keeps 63 bits, and Discord will need them in the year 2084.
    if (number := _number(value, 10**14, 2**63 - 1)) is None:
        raise ValueError("It must be a server's id: in Discord, Copy Server ID on the server.")
    return number


def shard_count(value: str) -> int:
    if (number := _number(value, 1, _MOST_SHARDS)) is None:
        raise ValueError("It must be a number from 1 to 16384; leave it out and Discord decides.")
    return number


def process_count(value: str) -> int:
    if (number := _number(value, 1, _MOST_SHARDS)) is None:
        raise ValueError("It must be how many processes share the servers, from 1 to 16384.")
    return number


def port(value: str) -> int:
    if (number := _number(value, 1, 65_535)) is None:
        raise ValueError("It must be a port: a number from 1 to 65535.")
    return number


def shard_ids(value: str) -> tuple[int, ...]:
    numbers = {_number(part.strip(), 0, _MOST_SHARDS - 1) for part in value.split(",")}
    if None in numbers:
        raise ValueError("It must be numbers with commas between, such as 0,1,2.")
    return tuple(sorted(number for number in numbers if number is not None))


def loopback_url(value: str) -> str:
    """Read an address of this machine: whatever stands here receives the token."""
    # Few set it, and the commands that work on files start without.
    from yarl import URL

    try:
        url = URL(value)
        host = url.host or ""
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
        is_plain = url.scheme in ("http", "https") and url.port != 0
        is_bare = url.user is url.password is None and not (url.query_string or url.fragment)
    except ValueError:
        is_loopback = is_plain = is_bare = False
    if not (is_loopback and is_plain and is_bare):
        raise ValueError("It must be an address of this machine, such as http://127.0.0.1:8787.")
    # Programs print it with the path of the API.
    return _API_PATH.sub("", value)


def is_direct(host: str, exceptions: str) -> bool:
    """Say whether a host is among the exceptions of NO_PROXY."""
    # The library's types leave it out.
    bypass: Callable[[str, dict[str, str]], bool] = getattr(  # noqa: B009
        urllib.request, "proxy_bypass_environment"
    )
    return bypass(host, {"no": exceptions})


def proxy_url(value: str) -> str:
    from yarl import URL

    try:
        url = URL(value if "://" in value else f"http://{value}")
        user = url.user or ""
        # How it is sent.
        f"{user}{url.password}".encode("latin-1")
        is_plain = url.scheme in ("http", "https") and bool(url.host and url.port)
    except ValueError:
        user, is_plain, url = "", False, URL()
    if not is_plain or ":" in user:
        raise ValueError(
            "It must be the address of an HTTP proxy, as http://host:port or "
            "http://name:password@host:port; with NO_PROXY=discord.com none is used."
        )
    return str(url)
