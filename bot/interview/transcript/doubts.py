"""What was not certain in a reading, and how sure all of it is."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from bot.interview.transcript.asking import Askers
from bot.interview.transcript.decisions import Decisions
from bot.interview.transcript.endings import ends_sentence
from bot.interview.transcript.headlines import is_beside
from bot.interview.transcript.sources.source_lines import Line, SourceFile
from bot.interview.transcript.structure import Unsure
from bot.interview.transcript.turns import Spoken, Turn
from bot.interview.transcript.voices import Voices
from bot.interview.words import fold
from bot.letters import cut

_MANY_WORDS: Final = 25
_MOST_QUOTED: Final = 60
_MOST_TOLD: Final = 6
"""Voices that speak only once and are told of one by one."""
_SELDOM: Final = 5
_MOST_DOUBTED: Final = 0.5
_WITHOUT_ASKER: Final = 0.75
"""How sure a reading can be at most of which it is not known who asks."""


def left_out(source: SourceFile, spoken: Spoken, title: str) -> Iterator[Unsure]:
    """Tell of each stretch of sentences that is nobody's; title, byline and date are of use."""
    owned = zip(source.lines, spoken.owners, strict=True)
    for is_nobodys, group in groupby(owned, key=lambda pair: pair[1] is None):
        lines = [line for line, _owner in group if is_nobodys and not _is_used(line, title)]
        words = sum(len(line.text.split()) for line in lines)
        if words >= _MANY_WORDS and any(ends_sentence(line.text) for line in lines):
            yield Unsure(lines[0].number, f"{words} words from here on belong to nobody; left out.")


def _is_used(line: Line, title: str) -> bool:
    return line.text == title or is_beside(line)


def leading(source: SourceFile, spoken: Spoken, voices: Voices) -> Iterator[Unsure]:
    """Tell of each line of somebody's that may be a page's way to another one."""
    for place in spoken.doubtful:
        line, owner = source.lines[place], spoken.owners[place]
        who = (voices.of(owner) if owner else "") or "the question"
        text = cut(line.text, _MOST_QUOTED)
        yield Unsure(line.number, f"“{text}” counts as {who}'s, and may be the page's.")


def speaking_once(turns: Sequence[Turn], voices: Voices, *, is_named: bool) -> Iterator[Unsure]:
    """Tell of each voice that has one turn: its label may be none.

    Where the format names them and all speak once, that says nothing.
    """
    by_name: dict[str, list[Turn]] = {}
    for turn in turns:
        if turn.label:
            by_name.setdefault(voices.name(turn.label), []).append(turn)
    lines = {name: own[0].line for name, own in by_name.items() if len(own) == 1}
    if is_named and len(lines) == len(by_name):
        return
    if len(lines) <= _MOST_TOLD:
        yield from (Unsure(line, f"{name} speaks only here.") for name, line in lines.items())
        return
    first = next(iter(lines))
    others = len(lines) - 1
    yield Unsure(lines[first], f"{first} speaks only here, as {others} other voices do elsewhere.")


def trailing(turns: Sequence[Turn], voices: Voices) -> Iterator[Unsure]:
    """Tell that the last voice may not say all that is left, where no other has paragraphs."""
    *others, last = turns
    long = sum(turn.paragraphs > 1 for turn in others)
    if last.paragraphs > 1 and long * _SELDOM < len(others):
        who = voices.of(last) or "the question"
        yield Unsure(last.line, f"Everything from here to the end counts as {who}'s words.")


def strays(decisions: Decisions, voices: Voices, line: int) -> Iterator[Unsure]:
    """Tell of each label that was given a name, and that the file does not have."""
    labels = {*voices.names, *map(fold, voices.names.values()), "a", "q"}
    for label in decisions.names:
        if fold(label) not in labels:
            names = ", ".join(list(dict.fromkeys(voices.names.values()))[:_MOST_TOLD])
            yield Unsure(line, f"Nobody is called {label} in the file; there are {names}.")


def confidence_in(
    share: float, turns: Sequence[Turn], unsure: Sequence[Unsure], askers: Askers
) -> float:
    """Judge by the share that is somebody's, by how many turns are doubtful, and by who asks."""
    doubted = min(_MOST_DOUBTED, len(unsure) / len(turns))
    return round(share * (1 - doubted) * (_WITHOUT_ASKER if askers.doubt else 1), 2)


def share_spoken(source: SourceFile, spoken: Spoken, title: str) -> float:
    """Give the share of a file's text that is somebody's; what is known to be no speech aside."""
    letters = others = 0
    for place, line in enumerate(source.lines):
        if spoken.owners[place] is not None:
            letters += len(line.text)
        elif place not in spoken.aside and not _is_used(line, title):
            others += len(line.text)
    return letters / ((letters + others) or 1)
