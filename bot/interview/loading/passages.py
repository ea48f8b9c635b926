"""An answer divided into passages that can be found, and drawn where they have the right length."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.interview.names import fold

MIN_WORDS: Final = 8
MAX_WORDS: Final = 45
_CUT: Final = re.compile(r"\[…\]")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that follow each other; drawn at random only where it is neither short nor long."""

    text: str

    @property
    def is_drawn(self) -> bool:
        return MIN_WORDS <= len(self.text.split()) <= MAX_WORDS


def passages(sentences: Sequence[str], quoted: "QuotedWords") -> list[Passage]:
    """Divide what is not quoted yet; a short sentence joins one beside it."""
    found: list[str] = []
    run: list[str] = []
    for sentence in [*sentences, None]:
        if sentence is None or quoted.holds(sentence):
            found += _joined(run)
            run = []
        else:
            run.append(sentence)
    return [Passage(text) for text in found]


def _joined(run: Sequence[str]) -> list[str]:
    """Join short sentences to what follows, the last of a run to what is before."""
    found: list[str] = []
    for sentence in run:
        if found and len(found[-1].split()) < MIN_WORDS:
            found[-1] += f" {sentence}"
        else:
            found.append(sentence)
    if len(found) > 1 and len(found[-1].split()) < MIN_WORDS:
        last = found.pop()
        found[-1] += f" {last}"
    return found


class QuotedWords:
    """The words of quotations, for telling what they hold already."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._parts = [words(part) for text in texts for part in _CUT.split(text)]

    def holds(self, sentence: str) -> bool:
        """Say whether a sentence stands within one of the quotations."""
        wanted = words(sentence)
        return any(wanted in part for part in self._parts)


def words(text: str) -> str:
    """Write a text as its words with a space on each side, so that whole words are compared."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def occurs(quote: str, text: str) -> bool:
    """Say whether all parts of a quotation occur, in order, in a text given by `words`."""
    at = 0
    for part in _CUT.split(quote):
        wanted = words(part)
        at = text.find(wanted, at)
        if at < 0:
            return False
        at += len(wanted) - 1
    return True
