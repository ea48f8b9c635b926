"""Which quotes fit a text: those that share the words that tell something in it."""

import asyncio
from collections.abc import Sequence
from typing import Final

from bot.interview.audience import Audience
from bot.interview.library.library import Library
from bot.interview.loading.tongue import fillers_of
from bot.interview.model import Interview, Quote

_TELLING: Final = 4
"""Letters from which also one of the words that everybody uses tells something."""


async def fitting_quotes(
    library: Library, interview: Interview, audience: Audience, words: Sequence[str], *, limit: int
) -> Sequence[Quote]:
    """Find quotes by the words that tell something, the best first; nothing that is hidden."""
    fillers = await _fillers(interview)
    telling_words = [word for word in words if word not in fillers]
    return await library.nearest(interview.slug, telling_words, audience, limit=limit)


async def loosely_fitting_quotes(
    library: Library, interview: Interview, audience: Audience, words: Sequence[str], *, limit: int
) -> Sequence[Quote]:
    """Find quotes by the longer of the words that everybody uses; nothing that is hidden."""
    fillers = await _fillers(interview)
    others = [word for word in words if word in fillers and len(word) >= _TELLING]
    return await library.nearest(interview.slug, others, audience, limit=limit)


async def _fillers(interview: Interview) -> frozenset[str]:
    # The first look reads the small words of all languages.
    return await asyncio.to_thread(fillers_of, interview.language.partition("-")[0])
