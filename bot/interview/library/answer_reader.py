"""What was said, read out of a loaded transcript with what an audience may not see cut out."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from bot.interview.audience import Audience
from bot.interview.library.content_file import Content
from bot.interview.library.rows import Row
from bot.interview.model import CUT, Answer, Spoiler
from bot.interview.words import QuotedWords

_SENTENCES: Final = (
    "SELECT turn, speaker, text, spoiler, is_mature FROM sentence"
    " WHERE interview = ? AND exchange = ? ORDER BY position"
)
_LEFT_OUT: Final = (
    "SELECT text FROM quote WHERE interview = ? AND exchange = ?"
    " AND number IN (SELECT value FROM json_each(?))"
)


class AnswerReader:
    """Reads answers; `ids` are those of the interviews, by slug."""

    def __init__(self, content: Content, ids: Mapping[str, int]) -> None:
        self._content = content
        self._ids = ids

    async def said_to(self, slug: str, exchange: int, audience: Audience) -> list[Answer]:
        """Read what was said to a question; nothing where no transcript was loaded."""
        rows = await self._content.items(_SENTENCES, self._ids[slug], exchange)
        if not rows:
            return []
        left_out = await self._left_out(slug, exchange, audience)
        return [
            Answer(slug, exchange, speaker, _visible_texts(sentences, audience, left_out))
            for (_turn, speaker), sentences in groupby(rows, key=lambda row: row[:2])
        ]

    async def _left_out(self, slug: str, exchange: int, audience: Audience) -> QuotedWords:
        """Collect the words in an exchange that a server does not want to see."""
        numbers = audience.numbers_left_out(slug)
        rows = await self._content.items(_LEFT_OUT, self._ids[slug], exchange, numbers)
        return QuotedWords(text for (text,) in rows)


def _visible_texts(
    sentences: Iterable[Row], audience: Audience, left_out: QuotedWords
) -> tuple[str, ...]:
    texts = (
        text
        if audience.admits(Spoiler(spoiler), bool(is_mature)) and not left_out.holds(text)
        else CUT
        for _turn, _speaker, text, spoiler, is_mature in sentences
    )
    # Several cuts in a row are one.
    return tuple(text for text, _run in groupby(texts))
