"""A question and what was said to it, as cards: as many of them as it takes."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Final

import discord

from bot.interview.audience import Reader
from bot.interview.model import CUT, Answer, Exchange, Interview, Quote, Spoiler
from bot.interview.words import joined
from bot.letters import one_line, units
from bot.text import Text, _
from bot.ui.budget import FlexibleText, Line, TextBlock, pages
from bot.ui.cards import Card, Item, small
from bot.ui.markdown import plain, plain_cut
from bot.ui.quote_cards import more_of, small_print, source_of, summary_of, veiled_card

Passages = Sequence[Answer] | Sequence[Quote]
"""Whole answers where a transcript was loaded, else the quotations that there are."""
_BOTH: Final = 2
# Voices that alternate more often than this are a conversation, and stand as one paragraph.
_MOST_APART: Final = 8
# The signs that print in bold.
_BOLD: Final = 4


def exchange_card(
    exchange: Exchange,
    interview: Interview,
    reader: Reader,
    passages: Passages,
    *,
    marked: str = "",
    left: int = 0,
    rows: Sequence[Sequence[Item]] = (),
) -> Card:
    """Show a question and what was said to it; the passage `marked` stands in bold.

    `left` is how many more passages there are on other pages.
    """
    above, below = _frame(exchange, interview, reader, passages)
    more = [small(reader.say(more_of(left)))] if left else []
    spoken = _by_speaker(passages, _lines(interview, passages, marked))
    is_admitted = reader.audience.admits(exchange.spoiler, is_mature=False)
    levels = [quote.spoiler for quote in passages if isinstance(quote, Quote)]
    level = max([exchange.spoiler if is_admitted else Spoiler.NONE, *levels])
    hidden = _("Spoiler: these answers give away part of the story. Press to read them.")
    apart = [*spoken, TextBlock([*more, *below])]
    return veiled_card(above, level, hidden, reader, rows, apart=apart)


def pages_of_passages(
    exchange: Exchange,
    interview: Interview,
    reader: Reader,
    passages: Passages,
    marked: str = "",
) -> list[range]:
    """Lay out what was said to a question on as many cards as it takes."""
    above, below = _frame(exchange, interview, reader, passages)
    more = small(reader.say(more_of(len(passages))))
    return pages(_lines(interview, passages, marked), [*above, more, *below])


def page_with(passages: Passages, laid_out: Sequence[range], marked: str) -> int:
    """Give the page on which a passage stands, else the first."""
    place = next((n for n, each in enumerate(passages) if _holds(each, marked)), 0)
    return next((page for page, places in enumerate(laid_out) if place in places), 0)


def _frame(
    exchange: Exchange, interview: Interview, reader: Reader, passages: Passages
) -> tuple[list[Line], list[Line]]:
    """Write what stands above and below what was said to a question."""
    is_admitted = reader.audience.admits(exchange.spoiler, is_mature=False)
    question = _("Question {number}", number=exchange.number)
    title: Text | str = plain(exchange.title) if is_admitted else question
    if len({passage.speaker for passage in passages}) == _BOTH:
        title = _("Both on \u201c{title}\u201d", title=title)
    heading = title if isinstance(title, str) else reader.say(title)
    is_whole = bool(passages) and isinstance(passages[0], Answer)
    note = () if is_whole else (_("selected quotes; follow the link for the whole interview"),)
    footer = small_print([*source_of(interview, exchange), *note], reader)
    return [f"### {heading}", summary_of(exchange, reader)], [footer]


def _lines(interview: Interview, passages: Passages, marked: str) -> list[Line]:
    """Write what was said, a speaker's passages together."""
    lines: list[Line] = []
    marked = one_line(marked)
    speaker = ""
    for passage in passages:
        name = plain(interview.people_by_key[passage.speaker].name)
        before = "\n> " if passage.speaker == speaker else f"**{name}**\n> "
        speaker = passage.speaker
        if marked and _holds(passage, marked):
            write = partial(_with_mark, marked)
            lines.append(FlexibleText(_text(passage), before, is_first=True, write=write))
        else:
            lines.append(FlexibleText(_text(passage), before))
    return lines


def _by_speaker(passages: Passages, lines: Sequence[Line]) -> list[Item]:
    """Set what each speaker said apart from what the others did."""
    voices = [list(group) for _key, group in groupby(range(len(lines)), _speaker_of(passages))]
    if len(voices) > _MOST_APART:
        return [TextBlock(lines)]
    blocks = [TextBlock([lines[place] for place in places]) for places in voices]
    return [item for block in blocks for item in (discord.ui.Separator[Any](), block)]


def _speaker_of(passages: Passages) -> Callable[[int], str]:
    return lambda place: passages[place].speaker


def _holds(passage: Answer | Quote, marked: str) -> bool:
    return one_line(marked) in _text(passage)


def _text(passage: Answer | Quote) -> str:
    is_quote = isinstance(passage, Quote)
    return one_line(passage.text if is_quote else joined(passage.sentences))


def _with_mark(marked: str, text: str, limit: int) -> str:
    """Write a passage with a part of it in bold, which stays longest."""
    before, _marked, after = text.partition(marked)
    bold = f"**{plain_cut(marked, max(0, limit - _BOLD))}**"
    room = max(0, limit - units(bold))
    # Both sides give way alike, and what one does not need is the other's.
    tail = plain_cut(after, max(room // 2, room - units(plain(before))))
    return _end_of(before, room - units(tail)) + bold + tail


def _end_of(text: str, limit: int) -> str:
    """Write as much of the end of a text as fits."""
    if units(whole := plain(text)) <= limit:
        return whole
    room = limit - len(f"{CUT} ")
    end = text[-room:] if room > 0 else ""
    while (excess := units(plain(end)) - room) > 0 and end:
        end = end[(excess + 1) // 2 :]
    _part, _space, words = end.partition(" ")
    return f"{CUT} {plain(words or end)}" if end else ""
