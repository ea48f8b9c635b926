"""Whether words before a colon are a label or the start of a sentence."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from bot.interview.transcript.roles import answers, asks
from bot.interview.transcript.sources.source_lines import Line
from bot.interview.words import word_set

_SENTENCE_WITHIN: Final = re.compile(r"\w{4}[.…]\s+\w|[?!。？！؟，、；]")
# Scripts that set no spaces: each sign counts as half a word.
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")
_LOWER: Final = re.compile(r"(?<![\w])[^\W\d_]+(?:['’][^\W\d_]+)?")
_MOST_WORDS: Final = 12
_MOST_WORDS_ONCE: Final = 5
# Of the words of a label that stands once or twice, so many must be a text's to make it a phrase.
_COMMON_SHARE: Final = 0.6
# A word that a text uses so many times as often is no name.
_OFTEN: Final = 5
HEADINGS: Final = word_set(
    """
    note notes photo photos photographer credit credits image images picture caption source sources
    warning update updated correction related more read watch listen see share subscribe follow tags
    topics category filed advertisement published posted date time location place title subject re
    from cc via by duration language summary introduction conclusion chapter part section contents
    references links link url website email phone tip disclaimer copyright transcript recorded
    edited editor editors transcribed participants attendees present agenda
    """
)
"""What begins a line that says something of the text, and is nobody's name."""


class Phrases:
    """Knows the words that a text uses in running sentences."""

    def __init__(self, lines: Iterable[Line]) -> None:
        common, pieces = Counter[str](), Counter[str]()
        for line in lines:
            pieces.update(line.text.split())
            # How a sentence begins tells nothing of a name.
            if first := _LOWER.search(line.text):
                common[first[0]] -= 1
        # Each only once: a text has few different ones.
        for piece, count in pieces.items():
            for word in _LOWER.findall(piece):
                common[word] += count
        self._common = +Counter({word: common[word] for word in common if word.islower()})

    def _is_common(self, word: str) -> bool:
        return word.islower() and word in self._common

    def is_phrase(self, label: str, count: int) -> bool:
        """Say whether a label that stands so many times is part of a sentence instead."""
        words = _LOWER.findall(label)
        length = len(words) + len(_UNSPACED.findall(label)) // 2
        if _SENTENCE_WITHIN.search(label) or not words or length > _MOST_WORDS:
            return True
        if label.isupper() or asks(label) or answers(label):
            return False
        first, *rest = words
        common = [word for word in rest if word == "I" or self._is_common(word)]
        if first.casefold() in self._common or first.casefold() in HEADINGS:
            common.append(first)
        if count > 2:
            # A saying may begin several sentences, but no name is all common words.
            is_saying = len(words) > 2 or self._common[first.casefold()] > _OFTEN * count
            return is_saying and len(common) == len(words)
        is_long = count == 1 and length > _MOST_WORDS_ONCE
        return is_long or len(common) >= _COMMON_SHARE * len(words)
