"""What an interview is called, by the lines before its first voice."""

import re
from collections.abc import Sequence
from itertools import dropwhile
from typing import Final

from bot.interview.transcript.endings import ends_statement
from bot.interview.transcript.furniture import is_furniture
from bot.interview.transcript.imprints import byline_in
from bot.interview.transcript.sources.source_lines import Line, Style

_MAX_TITLE: Final = 200
_MOST_WORDS: Final = 18
# When it was written, and the way to other pages.
_BESIDE: Final = re.compile(
    r"\d{1,2}\.? \w+,? \d{4}|\w+ \d{1,2},? \d{4}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
    r"|(?:\w+ \| )+\w+|.*://.*"
)


def title_in(opening: Sequence[Line]) -> str:
    """Find the title: a heading, else a line of its own that is no sentence; else ""."""
    headings = [line for line in opening if line.style is Style.HEADING]
    first = [*dropwhile(_is_beside, opening)][:2]
    title = (headings or [line for line in first[:1] if _is_title(first)] or [None])[0]
    return title.text if title and len(title.text) <= _MAX_TITLE else ""


def _is_title(first: Sequence[Line]) -> bool:
    line, *following = first
    # What goes on, and is not the byline, is a paragraph that was wrapped.
    goes_on = following and not following[0].begins and not _is_beside(following[0])
    is_short = len(line.text.split()) <= _MOST_WORDS and line.style is not Style.ITALIC
    return is_short and not goes_on and not ends_statement(line.text)


def _is_beside(line: Line) -> bool:
    is_byline = bool(byline_in(line.text))
    return is_byline or is_furniture(line) or _BESIDE.fullmatch(line.text) is not None
