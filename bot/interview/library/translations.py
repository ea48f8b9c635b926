"""Interviews and items in the languages that their packs were translated into."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from bot.interview.library.content_file import Content
from bot.interview.library.rows import read_interview, read_translation
from bot.interview.model import CuratedQuestion, Fact, Interview, ItemKind, Prompt
from bot.process.byte_cache import ByteCache

Translatable = TypeVar("Translatable", bound=Fact | CuratedQuestion | Prompt)
"""An item in words of the pack's own, which may stand in other languages."""
_Key = tuple[str, str, str, int]

_CACHED_BYTES: Final = 8_000_000
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

    def __init__(self, content: Content) -> None:
        self._content = content
        self._languages: dict[str, dict[str, str | None]] = {}
        self._interviews: dict[tuple[str, str], Interview] = {}
        self._words: ByteCache[_Key, Mapping[str, Any]] = ByteCache(_CACHED_BYTES)

    async def load(self) -> None:
        """Read what is always kept in memory: the interviews."""
        for slug, language, document in await self._content.items(_DOCUMENTS):
            interview, _topics = read_interview(document)
            pack_language = interview.language.casefold()
            languages = self._languages.setdefault(
                slug, {pack_language: None, pack_language.partition("-")[0]: None}
            )
            languages[language.casefold()] = language
            self._interviews[slug, language] = interview

    def interview(self, original: Interview, locale: str) -> Interview:
        """Put an interview into a reader's language, as far as it is translated."""
        language = self._language(original.slug, locale)
        return original if language is None else self._interviews[original.slug, language]

    async def items(self, items: Sequence[Translatable], locale: str) -> Sequence[Translatable]:
        """Put items of one interview and kind into a reader's language, in their order.

        One that is not translated stays as it is, whole.
        """
        language = self._language(items[0].slug, locale) if items else None
        if language is None:
            return items
        first = items[0]
        keys = [(first.slug, language, _KINDS[type(first)], item.number) for item in items]
        words = {key: fields for key in keys if (fields := self._words.get(key)) is not None}
        if unread := [key for key in keys if key not in words]:
            words |= await self._read(unread)
        return [replace(item, **words[key]) for item, key in zip(items, keys, strict=True)]

    async def _read(self, keys: Sequence[_Key]) -> dict[_Key, Mapping[str, Any]]:
        """Read what is translated of items of one interview, language and kind."""
        kind, numbers = keys[0][:3], json.dumps([key[3] for key in keys])
        rows = await self._content.items(_FIELDS, *kind, numbers)
        words: dict[_Key, Mapping[str, Any]] = {key: {} for key in keys}
        words |= {(*kind, number): read_translation(text) for number, text in rows}
        for key, fields in words.items():
            self._words.put(key, fields)
        return words

    def _language(self, slug: str, locale: str) -> str | None:
        """Choose the translation for a locale: its own, else that of the language at large.

        None where the pack has none, or is in that language itself.
        """
        languages = self._languages.get(slug, {})
        locale = locale.casefold()
        return languages.get(locale, languages.get(locale.partition("-")[0]))
