"""One line an event: for a person on a terminal, JSON for whatever collects logs."""

import logging
import re
import sys
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from pythonjsonlogger.json import JsonFormatter

_OURS: Final = ("bot", "cogs", "__main__")
"""Names that the loggers of this bot begin with."""
_SLASH: Final = r"(?:/|%2F)"
# A quotation mark, also as JSON writes it within a text, and an address.
_QUOTE: Final = r"(?:\\*[\"']|%22)"
_IS: Final = rf"{_QUOTE}?\s*(?:[:=]|%3A|%3D)\s*"
# What ends with a quotation mark instead is a whole line of JSON, which has to stay one.
_VALUE: Final = r"(?!\s*[,:}\]])"
_NAMES: Final = "token|secret|password"
_SECRETS: Final = (
    # The token of any bot, which may have been encoded for an address.
    r"()\b[\w-]{18,100}(?:\.|%2E)[\w-]{4,40}(?:\.|%2E)[\w-]{20,100}",
    # Of an interaction, by how they all begin: "interaction:", in base 64.
    r"()\baW50ZXJhY3Rpb246[\w+/=%-]+",
    rf"((?:webhooks|interactions){_SLASH}\d+{_SLASH})(?:(?!%2F|%3F)[^\s/\"'\\?])+",
    # Who a proxy or a server is told one is, in an address.
    r"(://)[^\s/\"'\\]*(?=@)",
    r"(%3A%2F%2F)(?:(?!%40|%2F)[^\s/\"'\\&])*(?=%40)",
    rf"((?:{_NAMES}){_IS}b?{_QUOTE}){_VALUE}(?:(?!%22)[^\"'\\])+",
    rf"((?:{_NAMES})(?:=|%3D))[^\s\"'\\&;,]+",
    rf"(authorization{_IS}b?{_QUOTE}?{_VALUE}(?:\w+ +)?)[^\s\"'\\,;]+",
    r"(\b(?:bearer|basic|bot) +)[\w+/=.~-]{20,}",
)
"""What is secret, after a group that tells it and is kept."""
_PATTERNS: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _SECRETS)
_REDACTED: Final = "[secret]"


def set_up(level: str, format_name: str, *secrets: str) -> None:
    """Log to standard error; `secrets` (such as the token) and what is like them appear nowhere."""
    is_text = format_name == "text" or (format_name == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler()
    handler.setFormatter(_Redaction(_text_formatter() if is_text else _json_formatter(), secrets))
    handler.addFilter(_is_for_hosts)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # A line that cannot be written would be told of with all that it was to hold.
    logging.raiseExceptions = False


def redact(text: str) -> str:
    """Take out of a text what lets somebody act as the bot, or as whoever hosts it."""
    for pattern in _PATTERNS:
        text = pattern.sub(rf"\1{_REDACTED}", text)
    return text


def _is_for_hosts(record: logging.LogRecord) -> bool:
    # At DEBUG libraries write what members typed, and all that Discord sends.
    return record.levelno >= logging.INFO or record.name.partition(".")[0] in _OURS


def _text_formatter() -> logging.Formatter:
    return logging.Formatter("{asctime} {levelname:<7} {name}: {message}", "%H:%M:%S", style="{")


def _json_formatter() -> logging.Formatter:
    return JsonFormatter(
        ["levelname", "name", "message"],
        style="%",
        rename_fields={"levelname": "level", "name": "logger", "exc_info": "trace"},
        timestamp=True,
        json_ensure_ascii=False,
    )


def _however_written(secret: str) -> str:
    """Give a pattern for a secret of which letters may have been encoded for an address or JSON."""
    return "".join(
        rf"(?:\\*{re.escape(letter)}|{quote(letter, safe='')}|%{ord(letter):02X})"
        for letter in secret
    )


class _Redaction(logging.Formatter):
    """Redacts whole lines: it does not matter by which way something came into one."""

    def __init__(self, formatter: logging.Formatter, secrets: Sequence[str]) -> None:
        super().__init__()
        self._formatter = formatter
        # The longest first: another may be a part of it.
        longest_first = sorted(filter(None, secrets), key=len, reverse=True)
        self._secret = re.compile("|".join(map(_however_written, longest_first)) or r"(?!)", re.I)

    def format(self, record: logging.LogRecord) -> str:
        return redact(self._secret.sub(_REDACTED, self._formatter.format(record)))
