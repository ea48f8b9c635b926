"""Text from a pack made safe to stand in a message."""

import re
from functools import lru_cache
from typing import Final

from discord.utils import escape_markdown

ELLIPSIS: Final = "…"
# What escape_markdown leaves alone but Discord would still act on: mentions, timestamps, list and
# heading marks at a line's start.
_TAGS: Final = re.compile(r"<(?=[@#/:ta]|id:)", re.IGNORECASE)
_LINE_MARKS: Final = re.compile(r"^(\s*)([-+#]|\d+\.)(?=\s)", re.MULTILINE)

_DISTURBING: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\u202a-\u202e\u2066-\u2069]")

_REMEMBERED_LETTERS: Final = 400

_SPACES: Final = re.compile(r"[^\S\u00a0\u202f]+")


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


def cut(text: str, limit: int) -> str:
    """Cut a text to at most `limit` characters, at a word where there is one."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at = head.rfind(" ")
    return (head[:at] if at > limit // 2 else head).rstrip() + ELLIPSIS


def plain_cut(text: str, limit: int) -> str:
    """Escape a text and keep the result within `limit` characters."""
    room = limit
    while len(escaped := plain(cut(text, room))) > limit:
        room -= max(1, len(escaped) - limit)
    return escaped


def one_line(text: str) -> str:
    """Join lines, and leave out the signs that would only disturb what stands around them.

    Spaces that must not be broken stay, such as those before a French question mark.
    """
    return _SPACES.sub(" ", _DISTURBING.sub("", text)).strip()


def link(label: str, url: str) -> str:
    """Write a link; without an address just the label."""
    return f"[{plain(label)}](<{url}>)" if url else plain(label)
