"""What an interview is called, by the lines before its first voice."""

import re
from collections.abc import Sequence
from itertools import dropwhile
from typing import Final

from bot.interview.transcript.endings import ends_statement
from bot.interview.transcript.furniture import is_furniture
from bot.interview.transcript.grammar.phrases import HEADINGS
from bot.interview.transcript.imprints import byline_in
from bot.interview.transcript.roles import answers, asks
from bot.interview.transcript.sources.source_lines import Line, Style
from bot.interview.words import fold, word_set

_MAX_TITLE: Final = 200
_MOST_WORDS: Final = 18
# When it was written, and the way to other pages.
_BESIDE: Final = re.compile(
    r"\d{1,2}\.? \w+,? \d{4}|\w+ \d{1,2},? \d{4}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
    r"|(?:\w+ \| )+\w+|.*://.*"
)


_FIELD: Final = re.compile(r"(?P<key>[^:：]{1,60})[:：]\s+(?P<value>\S.*)")
_FIELDS: Final = word_set("call file project recording session outlet publication publisher site")
_FEWEST_WORDS: Final = 3
"""Before the colon of a title that fields such as "Call length: 31 minutes" follow."""


def title_in(opening: Sequence[Line]) -> str:
    """Find the title: a heading, else a line of its own that is no sentence; else ""."""
    headings = [line for line in opening if line.style is Style.HEADING]
    fields = [match for line in opening if (match := _field_in(line))]
    for match in fields:
        if fold(match["key"]) == "title" and not headings:
            return match["value"] if len(match["value"]) <= _MAX_TITLE else ""
    lone = len(fields) == 1
    first = [*dropwhile(lambda line: is_beside(line) or _is_field(line, is_lone=lone), opening)][:2]
    title = (headings or [line for line in first[:1] if _is_title(first)] or [None])[0]
    return title.text if title and len(title.text) <= _MAX_TITLE else ""


def _is_title(first: Sequence[Line]) -> bool:
    line, *following = first
    # What goes on, and is not the byline, is a paragraph that was wrapped.
    beside = [line for line in following if line.begins or is_beside(line) or _field_in(line)]
    goes_on = following and not beside
    is_short = len(line.text.split()) <= _MOST_WORDS and line.style is not Style.ITALIC
    return is_short and not goes_on and not ends_statement(line.text)


def _field_in(line: Line) -> re.Match[str] | None:
    return _FIELD.fullmatch(line.text) if len(line.text) <= _MAX_TITLE else None


def _is_field(line: Line, *, is_lone: bool) -> bool:
    """Say whether a line says something of the text, and is no title with a colon in it."""
    match = _field_in(line)
    if match is None:
        return False
    key = match["key"]
    words = fold(key).split()
    is_known = words[0] in HEADINGS | _FIELDS or asks(key) or answers(key)
    return is_known or not (is_lone or len(words) >= _FEWEST_WORDS)


def is_beside(line: Line) -> bool:
    """Say whether a line is the byline, a date or furniture: what a title may stand below."""
    is_byline = bool(byline_in(line.text))
    return is_byline or is_furniture(line) or _BESIDE.fullmatch(line.text) is not None
