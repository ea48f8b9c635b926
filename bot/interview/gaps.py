"""The words of a line, and which of them can be hidden so that a member may say what is missing."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from bot.interview.model import CUT, MAX_CHOICE
from bot.interview.words import fold

_MIN_WORDS: Final = 7
"""Words of a line; in a shorter one nothing tells which word belongs there."""
_MIN_LETTERS: Final = 4
_MIN_HIDDEN: Final = 5
"""Letters of a word that may be offered, and of one that may be hidden; numbers may be short."""
_MIN_STEM: Final = 3
_STEM_SHARE: Final = 0.6
"""The part of the shorter of two words with which both begin, so that they are forms of one."""
_CORE: Final = re.compile(r"[^\W_](?:.*[^\W_])?")
_TELLING: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")
_SENTENCE_END: Final = re.compile(r"[.?!…:\]]\W*$")
_OPENING: Final = re.compile(r"^[\"'\u2018\u201c-\u201e«»(\[¿¡]")
_VOWELS: Final = frozenset("aeiou")


class Form(NamedTuple):
    """What of a word shows how it is used, without its meaning: words of one form fit alike."""

    is_capital: bool
    is_number: bool
    begins_with_vowel: bool
    ending: str
    hyphens: int


class Token(NamedTuple):
    """A word as it stands in a line, with the signs that cling to it; `key` is folded."""

    before: str
    word: str
    after: str
    key: str
    opens_sentence: bool

    @property
    def form(self) -> Form:
        return Form(
            self.word[0].isupper(),
            self.word.isdecimal(),
            self.key[0] in _VOWELS,
            "" if self.word.isdecimal() else self.key[-1],
            self.word.count("-"),
        )


@lru_cache(maxsize=512)
def tokens_of(text: str) -> tuple[Token, ...]:
    """List what stands between the spaces of a line."""
    tokens: list[Token] = []
    is_opening = True
    for part in text.split():
        core = _CORE.search(part)
        start, end = core.span() if core else (len(part), len(part))
        word, before = part[start:end], part[:start]
        opens = is_opening or _OPENING.match(part) is not None
        tokens.append(Token(before, word, part[end:], fold(word), opens))
        is_opening = part == CUT or _SENTENCE_END.search(part) is not None
    return tuple(tokens)


def is_telling(token: Token) -> bool:
    """Say whether a word may say something: a number, or some letters within a sentence.

    At its beginning nothing tells a name from another word, and cut words tell too little.
    """
    is_long = len(token.word) >= _MIN_LETTERS or token.word.isdecimal()
    is_plain = _TELLING.fullmatch(token.word) is not None and len(token.word) <= MAX_CHOICE
    return is_long and is_plain and not token.opens_sentence


def can_hide_any(text: str) -> bool:
    return next(places_to_hide(text), None) is not None


def places_to_hide(text: str) -> Iterator[int]:
    """List the places of words that can be hidden: each the only one of its stem in the line."""
    tokens = tokens_of(text)
    if sum(bool(token.word) for token in tokens) < _MIN_WORDS:
        return
    for n, token in enumerate(tokens):
        is_long = len(token.word) >= _MIN_HIDDEN or token.word.isdecimal()
        if is_long and is_telling(token) and not _has_kin(tokens, n):
            yield n


def are_kin(word: str, other: str) -> bool:
    """Say whether two folded words may be forms of one, in languages that change the ending."""
    shorter = min(len(word), len(other))
    if shorter < _MIN_LETTERS:
        # What begins with "the" or "for" is mostly something else.
        return word == other
    same = next((n for n in range(shorter) if word[n] != other[n]), shorter)
    return same >= max(_MIN_STEM, _STEM_SHARE * shorter)


def share_stems(text: str, other: str) -> bool:
    """Say whether a word of some letters, in whatever form, stands in both texts."""
    keys = [token.key for token in tokens_of(text) if len(token.key) >= _MIN_LETTERS]
    others = [token.key for token in tokens_of(other) if len(token.key) >= _MIN_LETTERS]
    return any(are_kin(key, each) for key in keys for each in others)


def _has_kin(tokens: Sequence[Token], place: int) -> bool:
    key = tokens[place].key
    others = (*tokens[:place], *tokens[place + 1 :])
    return any(are_kin(key, other.key) for other in others)
