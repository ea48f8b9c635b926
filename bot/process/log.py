"""One line an event: for a person on a terminal, JSON for whatever collects logs."""

import logging
import sys
from typing import Final

from pythonjsonlogger.json import JsonFormatter

_QUIET: Final = ("discord.gateway", "discord.client", "discord.shard", "discord.http", "aiosqlite")


def set_up(level: str, format_name: str, secret: str) -> None:
    """Log to standard error; `secret` (the token) never appears in any line."""
    is_text = format_name == "text" or (format_name == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler()
    handler.setFormatter(_text_formatter() if is_text else _json_formatter())
    handler.addFilter(_Redaction(secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        # At DEBUG these write what members typed.
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))


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


class _Redaction(logging.Filter):
    """Replaces the token wherever a library may have put it."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_text is None:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if self._secret:
            record.msg = record.getMessage().replace(self._secret, "[token]")
            record.args = None
            if record.exc_text:
                record.exc_text = record.exc_text.replace(self._secret, "[token]")
        return True
