"""Interviews and items in the languages that their packs were translated into."""

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

import aiosqlite

from bot.interview.library.rows import read_interview, read_translation
from bot.interview.model import CuratedQuestion, Fact, Interview, ItemKind, Prompt

Own = TypeVar("Own", bound=Fact | CuratedQuestion | Prompt)
"""An item in words of the pack's own."""
_Key = tuple[str, str, str, int]

_REMEMBERED: Final = 4096
_KINDS: Final = {
    Fact: ItemKind.FACT.value,
    CuratedQuestion: ItemKind.QUESTION.value,
    Prompt: ItemKind.PROMPT.value,
}
_DOCUMENTS: Final = (
    "SELECT slug, language, interview_language.document FROM interview_language"
    " JOIN interview ON interview.id = interview_language.interview"
)
_FIELDS: Final = (
    "SELECT number, fields FROM translation"
    " JOIN interview ON interview.id = translation.interview"
    " WHERE slug = ? AND language = ? AND kind = ?"
    " AND number IN (SELECT value FROM json_each(?))"
)


class Translations:
    """What packs say in other languages; quotes stay as they were said."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._languages: dict[str, dict[str, str | None]] = {}
        self._interviews: dict[tuple[str, str], Interview] = {}
        self._remembered: OrderedDict[_Key, Mapping[str, Any]] = OrderedDict()

    async def load(self) -> None:
        """Read what is always kept in memory: the interviews."""
        for slug, language, document in await self._connection.execute_fetchall(_DOCUMENTS):
            interview, _topics = read_interview(document)
            own = interview.language.casefold()
            languages = self._languages.setdefault(slug, {own: None, own.partition("-")[0]: None})
            languages[language.casefold()] = language
            self._interviews[slug, language] = interview

    def interview(self, original: Interview, locale: str) -> Interview:
        """Put an interview into a reader's language, as far as it is translated."""
        language = self._language(original.slug, locale)
        return original if language is None else self._interviews[original.slug, language]

    async def items(self, items: Sequence[Own], locale: str) -> Sequence[Own]:
        """Put items of one interview and kind into a reader's language, in their order.

        One that is not translated stays as it is, whole.
        """
        language = self._language(items[0].slug, locale) if items else None
        if language is None:
            return items
        first = items[0]
        keys = [(first.slug, language, _KINDS[type(first)], item.number) for item in items]
        found = {key: self._remembered[key] for key in keys if key in self._remembered}
        if missing := [key for key in keys if key not in found]:
            found |= await self._read(missing)
        return [replace(item, **found[key]) for item, key in zip(items, keys, strict=True)]

    async def _read(self, keys: Sequence[_Key]) -> dict[_Key, Mapping[str, Any]]:
        """Read what is translated of items of one interview, language and kind."""
        of, numbers = keys[0][:3], json.dumps([key[3] for key in keys])
        rows = await self._connection.execute_fetchall(_FIELDS, (*of, numbers))
        found: dict[_Key, Mapping[str, Any]] = {key: {} for key in keys}
        found |= {(*of, number): read_translation(text) for number, text in rows}
        self._remembered.update(found)
        while len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)
        return found

    def _language(self, slug: str, locale: str) -> str | None:
        """Choose the translation for a locale: its own, else that of the language at large.

        None where the pack has none, or is in that language itself.
        """
        languages = self._languages.get(slug, {})
        wanted = locale.casefold()
        return languages.get(wanted, languages.get(wanted.partition("-")[0]))
