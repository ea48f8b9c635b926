"""An answer divided into passages that can be found, and drawn where they have the right length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.interview.words import QuotedWords

# What is shorter says little by itself, what is longer is no quotation but an answer.
MIN_WORDS: Final = 8
MAX_WORDS: Final = 45


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that follow each other; drawn at random only where it is neither short nor long."""

    text: str

    @property
    def is_drawn(self) -> bool:
        return MIN_WORDS <= len(self.text.split()) <= MAX_WORDS


def passages(sentences: Sequence[str], quoted: QuotedWords) -> list[Passage]:
    """Divide what is not quoted yet; a short sentence joins one beside it."""
    texts: list[str] = []
    run: list[str] = []
    for sentence in [*sentences, None]:
        if sentence is None or quoted.holds(sentence):
            texts += _join(run)
            run = []
        else:
            run.append(sentence)
    return [Passage(text) for text in texts]


def _join(run: Sequence[str]) -> list[str]:
    """Join short sentences to what follows, the last of a run to what is before."""
    texts: list[str] = []
    for sentence in run:
        if texts and len(texts[-1].split()) < MIN_WORDS:
            texts[-1] += f" {sentence}"
        else:
            texts.append(sentence)
    if len(texts) > 1 and len(texts[-1].split()) < MIN_WORDS:
        rest = texts.pop()
        texts[-1] += f" {rest}"
    return texts
