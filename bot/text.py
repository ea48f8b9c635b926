"""Messages that are not yet in a language, and the one function that puts them into one."""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Final

SOURCE_LOCALE: Final = "en"
LOCALES: Final = Path(__file__).with_name("locales")
DOMAIN: Final = "encore"
ENCORE: Final = "uv run encore" if "UV" in os.environ else "encore"
"""What to type before the name of a command; `uv run` says of itself that it is there."""

_NUMBER: Final = re.compile(r"\[(Errno|WinError) -?\d+\] ")


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


def plural(singular: str, many: str, count: int, /, **fields: object) -> Text:
    """Make a sentence whose form depends on `count`, which is also its field `{count}`."""
    return Text(singular, {"count": count, **fields}, many, count)


def say(text: Text, locale: str = SOURCE_LOCALE) -> str:
    """Put a sentence into a language, in English where there is no catalogue for it."""
    catalogue = catalogue_for(locale)
    if text.plural is None:
        words = catalogue.gettext(text.message)
    else:
        words = catalogue.ngettext(text.message, text.plural, text.count)
    if not text.fields:
        return words
    return words.format_map(
        {
            name: say(value, locale) if isinstance(value, Text) else spoken(value)
            for name, value in text.fields.items()
        }
    )


def spoken(value: object) -> object:
    """Give what stands in a sentence: of a failure of the machine, without its number."""
    if isinstance(value, OSError):
        return _NUMBER.sub("", str(value))
    return value


def printable(text: str) -> str:
    """Write what a terminal would obey, and what no encoding has, as its number."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


@lru_cache(maxsize=64)
def catalogue_for(locale: str) -> NullTranslations:
    """Give what a locale of Discord's reads: its own catalogue, else that of its language."""
    languages = [locale.replace("-", "_"), locale.partition("-")[0]]
    return translation(DOMAIN, LOCALES, languages, fallback=True)


def catalogues_digest() -> str:
    """Give what is another one whenever a translation is."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(LOCALES.rglob("*.mo")):
        digest.update(f"{path.relative_to(LOCALES).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
