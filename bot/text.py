"""Messages that are not yet in a language, and the one function that puts them into one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SOURCE_LOCALE: Final = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence of ours with its fields still apart.

    Code that knows no locale makes it; only what sends it says it. A field may be a `Text` itself.
    """

    message: str
    fields: Mapping[str, object]
    plural: str | None = None
    count: int = 1


def _(message: str, /, **fields: object) -> Text:
    """Make a sentence; fields stand in braces, as in `_("No quote has the number {number}.")`."""
    return Text(message, fields)


def plural(one: str, many: str, count: int, /, **fields: object) -> Text:
    """Make a sentence whose form depends on `count`, which is also its field `{count}`."""
    return Text(one, {"count": count, **fields}, many, count)


def say(text: Text, locale: str = SOURCE_LOCALE) -> str:
    """Put a sentence into a language."""
    chosen = text.message if text.plural is None or text.count == 1 else text.plural
    if not text.fields:
        return chosen
    return chosen.format_map(
        {
            name: say(value, locale) if isinstance(value, Text) else value
            for name, value in text.fields.items()
        }
    )
