"""Questions without a label: told by how they stand out, or by where they stand."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from bot.interview.transcript.grammar.marks import Mark
from bot.interview.transcript.sources.lines import Line, Style

_ASKING: Final = re.compile(r"[?？؟;][\"'”’»)\]*_]*$")
_STYLES: Final = (Style.TERM, Style.BOLD, Style.ITALIC, Style.HEADING)
_FEWEST: Final = 2
_SHARE: Final = 0.6


def styled_questions(lines: Sequence[Line], marks: Mapping[int, Mark]) -> frozenset[int]:
    """Find the lines that ask by their style: bold, italic, a heading, a term; else none."""
    for style in _STYLES:
        places = [n for n, line in enumerate(lines) if line.style is style and n not in marks]
        asking = [n for n in places if _asks(lines, n, style)]
        if style is Style.HEADING and asking:
            level = Counter(lines[n].level for n in asking).most_common(1)[0][0]
            places = [n for n in places if lines[n].level == level]
            asking = [n for n in asking if lines[n].level == level]
        places = [n for n in places if asking and n <= asking[-1]]
        if len(asking) >= _FEWEST and (style is Style.TERM or len(asking) >= _SHARE * len(places)):
            start = asking[0]
            return frozenset(n for n in places if n >= start)
    return frozenset()


def quoted_answers(lines: Sequence[Line]) -> frozenset[int]:
    """Find the lines that ask because what stands between them is quoted."""
    plain = [n for n, line in enumerate(lines) if line.style is Style.PLAIN]
    quoted = [n for n, line in enumerate(lines) if line.style is Style.QUOTED]
    before = [n for n in plain if n + 1 in set(quoted)]
    asking = [n for n in before if _ASKING.search(lines[n].text)]
    if len(asking) < _FEWEST or len(asking) < _SHARE * len(before):
        return frozenset()
    return frozenset(n for n in plain if asking[0] <= n <= before[-1])


def unlabelled_questions(lines: Sequence[Line], marks: Mapping[int, Mark]) -> frozenset[int]:
    """Find the paragraphs that ask, each right before a label, between answers that have one."""
    places = sorted(marks)
    before = {place - 1 for place in places if place - 1 not in marks and place > places[0]}
    asking = {place for place in before if _ASKING.search(lines[place].text)}
    if len(asking) < _FEWEST or len(asking) < _SHARE * len(before):
        return frozenset()
    return frozenset(asking)


def _asks(lines: Sequence[Line], place: int, style: Style) -> bool:
    """Say whether a line asks, or the last of those that go on with it does."""
    for following in range(place + 1, len(lines)):
        if lines[following].style is not style or lines[following].begins:
            break
        place = following
    return bool(_ASKING.search(lines[place].text))
