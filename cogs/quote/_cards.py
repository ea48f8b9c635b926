"""The matches of a search, as a card."""

import re
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Final

from bot.interview.audience import Reader
from bot.interview.library.search import Matches
from bot.interview.model import CUT, Interview, Quote
from bot.interview.words import words_of
from bot.letters import one_line, units
from bot.text import _
from bot.ui.budget import FlexibleText, Line
from bot.ui.cards import Card, Item, box, row_of, small
from bot.ui.markdown import plain, plain_cut

_WORD: Final = re.compile(r"[\w'\u2019\u02bc]+")
# Of each match three lines of a phone, beginning shortly before the first hit.
_SHOWN: Final = 240
_LEAD: Final = 60


def matches_card(
    matches: Matches,
    page: int,
    interview: Interview,
    reader: Reader,
    buttons: Sequence[Item],
    *,
    is_cut: bool = False,
) -> Card:
    """List a page of the best matches, each with the number under which it can be had.

    `is_cut` says that there are more, and no button that could lead to them.
    """
    # What was typed is nobody else's matter: only words of the interview are said in public.
    names = " ".join(matches.found_words)
    heading = _("Quotes with {words}", words=names) if names else _("Quotes found")
    lines = [_hit(quote, matches.words, interview, reader) for quote in matches.hits]
    hint = _("Type a number as find to see that quote.")
    if page or matches.has_more:
        hint = _("Page {page}. {hint}", page=page + 1, hint=hint)
    if is_cut:
        hint = _("There are more: search for fewer words. {hint}", hint=hint)
    container = box([f"### {reader.say(heading)}", *lines, small(reader.say(hint))])
    return Card(reader.locale, container, *row_of(buttons))


def _hit(quote: Quote, words: frozenset[str], interview: Interview, reader: Reader) -> Line:
    if reader.audience.veils(quote.spoiler):
        return reader.say(_("**#{number}** · spoiler", number=quote.number))
    name = interview.people_by_key[quote.speaker].name
    before = f"**#{quote.number}** {plain(name)}: "
    return FlexibleText(one_line(quote.text), before, write=partial(_excerpt, words))


def _excerpt(words: frozenset[str], text: str, limit: int) -> str:
    marked = highlighted(text, words)
    return marked if units(marked) <= limit else plain_cut(text, limit)


@lru_cache(maxsize=4096)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(words_of(word))


def highlighted(text: str, words: frozenset[str]) -> str:
    """Write the part of a text around the first of the words, each of them in bold."""
    spans = [m.span() for m in _WORD.finditer(text) if not words.isdisjoint(_folded(m[0]))]
    start = _start(text, spans[0][0]) if spans else 0
    end = min(len(text), start + _SHOWN)
    parts: list[str] = [f"{CUT} "] if start else []
    for first, last in spans:
        if first >= start and last <= end:
            parts += [plain(text[start:first]), f"**{plain(text[first:last])}**"]
            start = last
    marked = "".join(parts) + plain_cut(text[start:], max(40, 2 * (end - start)))
    return marked if units(marked) <= 4 * _SHOWN else plain_cut(text, _SHOWN)


def _start(text: str, first: int) -> int:
    """Begin at a word shortly before the first that was found, where it stands far in."""
    return 0 if first < _SHOWN // 2 else text.rfind(" ", 0, first - _LEAD) + 1
