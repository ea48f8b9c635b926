"""Questions without a label: told by how they stand out, or by where they stand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from bot.interview.transcript.endings import ends_sentence, line_asks
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
            return questions | _in_another_style(lines, marks)
    return frozenset()


def _in_another_style(lines: Sequence[Line], marks: Mapping[int, Mark]) -> frozenset[int]:
    """Find what asks in any style right before a label: not every editor keeps to one."""
    before = (place - 1 for place in marks if place and place - 1 not in marks)
    return frozenset(n for n in before if lines[n].style in _STYLES and line_asks(lines[n].text))


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
        # "Tell me about it." asks, too, right before what answers it; a title is no sentence.
        telling = [n for n in answered if ends_sentence(lines[n].text)]
        first, last = min([asking[0], *telling]), max([asking[-1], *answered])
        return frozenset(n for n in places if first <= n <= last)
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
    if first and line_asks(lines[first - 1].text):
        before = [first - 1, *before]
    asking = [place for place in before if line_asks(lines[place].text)]
    # Whose label stands before the first question alone asks the others without it.
    only_once = sum(mark.key == marks[first].key for mark in marks.values()) == 1
    fewest = 1 if only_once and line_asks(marks[first].rest(lines[first])) else _FEWEST
    if len(asking) < max(fewest, _SHARE * len(before)):
        return frozenset()
    texts = {place: lines[place].text for place in before}
    ends = [n for n, text in texts.items() if line_asks(text) or text.endswith(_OPEN)]
    return frozenset(n for end in ends for n in paragraph_before(end + 1, lines, marks))


def paragraph_before(place: int, lines: Sequence[Line], marks: Mapping[int, Mark]) -> range:
    """Give the lines of the paragraph before a line; the last alone where a voice begins in it."""
    start = place - 1
    while start and not lines[start].begins and start not in marks:
        start -= 1
    return range(place - 1 if start in marks else start, place)


def _asking(lines: Sequence[Line]) -> list[bool]:
    """Say of each line whether it asks, or the last of those that go on with it does."""
    verdicts: list[bool] = []
    following: Line | None = None
    for line in reversed(lines):
        goes_on = following and not following.begins and following.style is line.style
        verdicts.append(verdicts[-1] if goes_on else line_asks(line.text))
        following = line
    return verdicts[::-1]
