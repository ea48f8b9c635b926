"""What a file says of itself before its text: YAML between lines of hyphens, or JSON."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

_FENCED: Final = re.compile(
    r"\A\s{0,20}---[ ]{0,20}\n(.{0,2000000}?)\n(?:---|\.\.\.)[ ]{0,20}\n", re.DOTALL
)
_About = Mapping[str, Sequence[str]]


def split_front_matter(text: str) -> tuple[object, str, int]:
    """Split it off; gives what it holds, the rest, and how many lines were before that."""
    if text.lstrip().startswith("{"):
        return _split_json(text)
    match = _FENCED.match(text)
    if match is None:
        return None, text, 0
    return _yaml(match[1]), text[match.end() :], match[0].count("\n")


def _split_json(text: str) -> tuple[object, str, int]:
    start = text.index("{")
    try:
        content, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, text, 0
    return content, text[end:], text.count("\n", 0, end)


def _yaml(block: str) -> object:
    # Only a file that has it pays for the import.
    import yaml

    try:
        # The one in C, where it was built, is ten times as fast.
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        return yaml.load(block, loader)
    except (yaml.YAMLError, RecursionError):
        return None


def fields_of(content: object) -> _About:
    """List what front matter says of the file, by its keys in small letters."""
    if not isinstance(content, dict):
        return {}
    fields = cast("dict[object, Any]", content)
    return {str(key).casefold(): _texts(value) for key, value in fields.items()}


def _texts(value: Any) -> list[str]:
    """List the texts in a value, those of what it holds included."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, dict):
        value = list(cast("dict[object, Any]", value).values())
    if not isinstance(value, list):
        return []
    return [text for text in cast("list[Any]", value) if isinstance(text, str)]
