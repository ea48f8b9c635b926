"""What was said, as the rows of a pack: whole answers, and the passages that can be quoted."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from bot.interview.loading.passages import has_length, passages, stands_alone
from bot.interview.loading.plan import Plan, Row
from bot.interview.pack.entries import MAX_QUOTE
from bot.interview.transcript import SpokenAnswer, SpokenExchange
from bot.interview.words import QuotedWords, fold, word_line
from bot.letters import one_line

_MAX_ENTRY: Final = 200_000
"""Characters of what was said in one entry; in any script fewer bytes than a line may have."""
_ENOUGH_TO_DRAW: Final = 12
"""Passages that stand alone, from which on the others need not come at random."""
# No entry of a pack may hold them, and a file of services and scripts may.
_REFUSED: Final = re.compile(r"[\x00-\x1f\x85\u2028\u2029\ud800-\udfff]")

Fields = Callable[[str], Row]
"""Gives what else is known of a passage by its words."""


@dataclass
class SpokenRows:
    """Writes what was said into a plan; what is said twice becomes one quote."""

    plan: Plan
    people: Mapping[str, str]
    numbers: "count[int]"
    language: str = ""
    quoted: QuotedWords = field(default_factory=lambda: QuotedWords([]))
    texts: set[str] = field(default_factory=set[str])
    """The quotes' texts, folded; here are those that there were before."""

    def add(self, exchange: SpokenExchange, number: int, fields: Fields = lambda _text: {}) -> None:
        """Add what was answered in an exchange, by those whose keys are known."""
        for answer in exchange.answers:
            if key := self.people.get(answer.speaker):
                self._add_answer(answer, {"exchange": number, "speaker": key}, fields)

    def _add_answer(self, answer: SpokenAnswer, place: Row, fields: Fields) -> None:
        sentences = [piece for text in answer.sentences for piece in _pieces(_printed(text))]
        for entry in _entries_of(sentences):
            self.plan.answers.append({**place, "sentences": entry})
        for passage in passages(sentences, self.quoted):
            for text in _pieces(passage):
                self._add_quote(text, {**place, "text": text, **fields(text)})

    def _add_quote(self, text: str, row: Row) -> None:
        if fold(text) in self.texts or not word_line(text).strip():
            return
        self.texts.add(fold(text))
        self.plan.quotes.append({"number": next(self.numbers), **row})

    def choose_drawn(self) -> None:
        """Let come at random what stands alone; where that is little, what has the length.

        Where nothing has, all of a small interview comes.
        """
        of_length = [row for row in self.plan.quotes if has_length(row["text"])]
        if not (of_length or self.plan.adds_to):
            return
        alone = [row for row in of_length if stands_alone(row["text"], self.language)]
        is_enough = self.plan.adds_to or len(alone) >= _ENOUGH_TO_DRAW
        drawn = {row["number"] for row in (alone if is_enough else of_length)}
        for row in self.plan.quotes:
            row |= {} if row["number"] in drawn else {"drawn": False}


def speech_of(exchanges: Iterable[SpokenExchange]) -> str:
    """Write all that was answered as one line of words."""
    answers = [answer for exchange in exchanges for answer in exchange.answers]
    return word_line(" ".join(sentence for answer in answers for sentence in answer.sentences))


def _printed(text: str) -> str:
    return one_line(text) if _REFUSED.search(text) else text.strip()


def _pieces(text: str) -> Iterator[str]:
    """Cut what is longer than any sentence, at words, so that an entry can hold it."""
    while len(text) > MAX_QUOTE:
        at = text.rfind(" ", 1, MAX_QUOTE + 1)
        at = at if at > 0 else MAX_QUOTE
        yield text[:at].strip()
        text = text[at:].strip()
    if text:
        yield text


def _entries_of(pieces: Sequence[str]) -> Iterator[list[str]]:
    """Divide an answer of hours where a line of the file could not hold it."""
    sentences: list[str] = []
    length = 0
    for piece in pieces:
        if length + len(piece) > _MAX_ENTRY and sentences:
            yield sentences
            sentences, length = [], 0
        sentences.append(piece)
        length += len(piece)
    if sentences:
        yield sentences
