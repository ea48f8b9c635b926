"""Text from a pack made safe to stand in a message."""

import re
from functools import lru_cache
from typing import Final

from discord.utils import escape_markdown

from bot.letters import cut, units

# What escape_markdown leaves alone but Discord would still act on: mentions, timestamps, list and
# heading marks at a line's start.
_TAGS: Final = re.compile(r"<(?=[@#/:ta]|id:)", re.IGNORECASE)
_LINE_MARKS: Final = re.compile(r"^(\s*)([-+#]|\d+\.)(?=\s)", re.MULTILINE)

_REMEMBERED_LETTERS: Final = 400


def plain(text: str) -> str:
    """Escape a text so that it shows as it is, whatever it holds."""
    return _short_plain(text) if len(text) <= _REMEMBERED_LETTERS else _plain(text)


# The same names and quotes come often; a long text would take the room of many.
@lru_cache(maxsize=2048)
def _short_plain(text: str) -> str:
    return _plain(text)


def _plain(text: str) -> str:
    escaped = _LINE_MARKS.sub(r"\1\\\2", escape_markdown(text))
    return _TAGS.sub(r"\\<", escaped)


def plain_cut(text: str, limit: int) -> str:
    """Escape a text and keep the result within `limit` units."""
    room = limit
    while (excess := units(escaped := plain(cut(text, room))) - limit) > 0:
        # Each letter less takes a backslash with it at most.
        room -= (excess + 1) // 2
    return escaped


def link(label: str, url: str) -> str:
    """Write a link; without an address just the label."""
    return f"[{plain(label)}](<{url}>)" if url else plain(label)
