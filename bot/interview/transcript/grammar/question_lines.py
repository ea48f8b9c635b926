"""Questions without a label: told by how they stand out, or by where they stand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from bot.interview.transcript.endings import line_asks
from bot.interview.transcript.grammar.label_marks import Mark
from bot.interview.transcript.sources.source_lines import Line, Style

# "Then there was that scene on the roof—" asks, too, where others do.
_OPEN: Final = ("—", "–", ":", "…", "...")
_STYLES: Final = (Style.TERM, Style.BOLD, Style.ITALIC, Style.HEADING)
_FEWEST: Final = 2
_SHARE: Final = 0.6


def styled_questions(lines: Sequence[Line], marks: Mapping[int, Mark]) -> frozenset[int]:
    """Find the lines that ask by their style: a term, bold, italic, a heading; else none."""
    for style in _STYLES:
        places = [n for n, line in enumerate(lines) if line.style is style and n not in marks]
        if questions := _questions(_of_one_level(lines, places), lines, marks):
            return questions
    return frozenset()


def _of_one_level(lines: Sequence[Line], places: Sequence[int]) -> list[int]:
    """Keep the headings of the level on which most ask; what is no heading has none."""
    levels = Counter(lines[n].level for n in places if line_asks(lines[n].text))
    best = max(levels, key=lambda level: levels[level], default=0)
    return [n for n in places if lines[n].level == best]


def _questions(
    places: Sequence[int], lines: Sequence[Line], marks: Mapping[int, Mark]
) -> frozenset[int]:
    """Take lines that stand out for questions where most ask, or each is right before an answer."""
    asks = _asking(lines) if places else ()
    asking = [n for n in places if asks[n]]
    if not asking:
        return frozenset()
    answered = [n for n in places if n + 1 in marks]
    # What stands out behind the last question is something else.
    within = [n for n in places if n <= asking[-1]]
    is_most = len(asking) >= max(_FEWEST, _SHARE * len(within))
    if is_most or len(places) == len(answered) >= _FEWEST:
        last = max([asking[-1], *answered])
        return frozenset(n for n in places if asking[0] <= n <= last)
    return frozenset()


def quoted_answers(lines: Sequence[Line]) -> frozenset[int]:
    """Find the lines that ask because what stands between them is quoted."""
    plain = [n for n, line in enumerate(lines) if line.style is Style.PLAIN]
    quoted = {n for n, line in enumerate(lines) if line.style is Style.QUOTED}
    before = [n for n in plain if n + 1 in quoted]
    asking = [n for n in before if line_asks(lines[n].text)]
    if len(asking) < max(_FEWEST, _SHARE * len(before)):
        return frozenset()
    return frozenset(n for n in plain if asking[0] <= n <= before[-1])


def unlabelled_questions(lines: Sequence[Line], marks: Mapping[int, Mark]) -> frozenset[int]:
    """Find the paragraphs that ask, each right before a label, between answers that have one."""
    first, *places = sorted(marks)
    before = [place - 1 for place in places if place - 1 not in marks]
    asking = [place for place in before if line_asks(lines[place].text)]
    # Whose label stands before the first question alone asks the others without it.
    only_once = sum(mark.key == marks[first].key for mark in marks.values()) == 1
    fewest = 1 if only_once and line_asks(marks[first].rest(lines[first])) else _FEWEST
    if len(asking) < max(fewest, _SHARE * len(before)):
        return frozenset()
    texts = {place: lines[place].text for place in before}
    return frozenset(n for n, text in texts.items() if line_asks(text) or text.endswith(_OPEN))


def _asking(lines: Sequence[Line]) -> list[bool]:
    """Say of each line whether it asks, or the last of those that go on with it does."""
    verdicts: list[bool] = []
    following: Line | None = None
    for line in reversed(lines):
        goes_on = following and not following.begins and following.style is line.style
        verdicts.append(verdicts[-1] if goes_on else line_asks(line.text))
        following = line
    return verdicts[::-1]
