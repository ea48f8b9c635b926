"""A word hidden in a line, with three others of an interview that grammar cannot tell from it."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple
from zlib import crc32

from cachetools import LRUCache

from bot.interview.gaps import Form, Token, are_kin, is_telling, places_to_hide, tokens_of

GAP: Final = "_____"
"""Always as long, so that it does not tell how long the word is."""
_LINES: Final = 256
"""Lines of which it is remembered what can be hidden in them."""
_WRONG: Final = 3
_MAX_DIFFERENCE: Final = 3
"""Letters by which a wrong word may be longer or shorter."""
_COMMON_SHARE: Final = 0.02
_LEAST_COMMON: Final = 2
"""Uses, and the share of the lines, beyond which a word tells little."""
_RATIO: Final = 2
"""How much more often one word may be said than another of the same question."""
_CHOSEN_FROM: Final = 12
_ENDINGS: Final = (3, 2, 1)
"""Letters of an ending that may show how a word is used."""
_OTHER_ENDING: Final = 1
"""How much worse a word fits whose ending shows another use."""
_ENDING_SHARE: Final = 0.3
"""The part of the words with a last letter that end alike, so that this is no chance."""
_PREFERENCE: Final = 6
"""How much rather a word is hidden for each sign by which the others fit better there."""


class MissingWord(NamedTuple):
    passage: str
    word: str
    wrong: Sequence[str]


class _Gap(NamedTuple):
    """A place in a line, and the words that could stand there, if any; `fit` is how well."""

    place: int
    words: Sequence[Token]
    fit: int


class Wordbook:
    """The words of an interview by form, how often each is said, and beside which others."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words: defaultdict[Form, dict[str, Token]] = defaultdict(dict)
        self._uses: Counter[str] = Counter()
        self._endings: Counter[str] = Counter()
        self._pairs: set[tuple[str, str]] = set()
        self._followers: defaultdict[str, set[str]] = defaultdict(set)
        self._leaders: defaultdict[str, set[str]] = defaultdict(set)
        self._gaps: LRUCache[str, Sequence[_Gap]] = LRUCache(_LINES)
        for line in lines:
            self._add(tokens_of(line))
        for word in {word for words in self._words.values() for word in words}:
            self._endings.update(word[-n:] for n in _ENDINGS)
        self._common = max(_LEAST_COMMON, _COMMON_SHARE * len(lines))

    def hide(self, line: str, rng: random.Random) -> MissingWord | None:
        """Hide a word of a line that is among the lines; None where no other word looks like it."""
        tokens, gaps = tokens_of(line), self._gaps_in(line)
        if not gaps:
            return None
        # The longer a word, the more it says.
        weights = [len(tokens[gap.place].word) ** 2 * _PREFERENCE**gap.fit for gap in gaps]
        gap = rng.choices(gaps, weights)[0]
        hidden = tokens[gap.place]
        wrong = _balanced(hidden, gap.words, rng)
        return MissingWord(_with_gap(tokens, gap.place), hidden.word, wrong)

    def _gaps_in(self, line: str) -> Sequence[_Gap]:
        """Find the places of a line where a word can be hidden, once."""
        gaps = self._gaps.get(line)
        if gaps is None:
            tokens = tokens_of(line)
            places = [place for place in places_to_hide(line) if self._tells(tokens[place].key)]
            gaps = [gap for place in places if (gap := self._gap(tokens, place)).words]
            self._gaps[line] = gaps
        return gaps

    def _add(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            self._uses[token.key] += 1
            if is_telling(token):
                self._words[token.form].setdefault(token.key, token)
        for left, right in pairwise(tokens):
            if left.key and right.key and not left.after:
                self._pairs.add((left.key, right.key))
                self._followers[left.key].add(right.key)
                self._leaders[right.key].add(left.key)

    def _gap(self, tokens: Sequence[Token], place: int) -> _Gap:
        """Collect the words that fit best at a place, by their form and by their neighbours."""
        hidden, none = tokens[place], _Gap(place, (), 0)
        fits = {
            other: self._fit(other, tokens, place) for other in self._look_alikes(tokens, place)
        }
        # Not always the same ones: of those that fit equally each word has others first.
        orders = {other: crc32(f"{hidden.key}{other.key}".encode()) for other in fits}
        best_first = sorted(fits, key=lambda other: (-fits[other], orders[other]))
        words = list(islice(_unlike(best_first, tokens), _CHOSEN_FROM))
        if len(words) < _WRONG:
            return none
        least = fits[words[_WRONG - 1]]
        if least < 1:
            return none
        return _Gap(place, [word for word in words if fits[word] >= least], least)

    def _look_alikes(self, tokens: Sequence[Token], place: int) -> list[Token]:
        hidden = tokens[place]
        return [
            other
            for other in self._words[hidden.form].values()
            if abs(len(other.word) - len(hidden.word)) <= _MAX_DIFFERENCE
            and self._tells(other.key)
            and self._is_as_frequent(other, hidden)
            and not self._is_said_there(other, tokens, place)
        ]

    def _is_as_frequent(self, word: Token, other: Token) -> bool:
        least, most = sorted((self._uses[word.key], self._uses[other.key]))
        return most <= _RATIO * least

    def _is_said_there(self, word: Token, tokens: Sequence[Token], place: int) -> bool:
        """Say whether somebody said a word beside the same telling one: it is right as well."""
        left, right = _beside(tokens, place)
        is_right_there = (left, word.key) in self._pairs and self._tells(left)
        return is_right_there or ((word.key, right) in self._pairs and self._tells(right))

    def _fit(self, word: Token, tokens: Sequence[Token], place: int) -> int:
        """Count the signs that a word can stand at a place: its neighbours, and its ending."""
        left, right = _beside(tokens, place)
        neighbours = self._stands_behind(word.key, left) + 2 * ((word.key, right) in self._pairs)
        ending, other = self._ending(word.key), self._ending(tokens[place].key)
        return neighbours + (len(ending) - 1 if ending == other else -_OTHER_ENDING)

    def _ending(self, word: str) -> str:
        """Give the end of a word that shows its use, like "ing" and not "ght"; else its letter."""
        usual = _ENDING_SHARE * self._endings[word[-1]]
        return next(word[-n:] for n in _ENDINGS if self._endings[word[-n:]] >= usual)

    def _stands_behind(self, key: str, left: str) -> int:
        """Rate how surely a word can stand behind another: it does, or does behind one like it.

        Two small words are alike where the same word stands behind both, as behind "a" and "the".
        """
        if (left, key) in self._pairs:
            return 2
        followers = self._followers[left]
        return any(
            not followers.isdisjoint(self._followers[leader])
            for leader in self._leaders[key]
            if not self._tells(leader)
        )

    def _tells(self, key: str) -> bool:
        return 0 < self._uses[key] <= self._common


def _beside(tokens: Sequence[Token], place: int) -> tuple[str, str]:
    after = tokens[place + 1].key if place + 1 < len(tokens) else ""
    return tokens[place - 1].key if place else "", after


def _unlike(words: Iterable[Token], line: Sequence[Token]) -> Iterator[Token]:
    """Leave out the words that are forms of one in the line, or of an earlier one."""
    stems = [token.key for token in line if token.key]
    for word in words:
        if not any(are_kin(word.key, stem) for stem in stems):
            stems.append(word.key)
            yield word


def _balanced(hidden: Token, others: Sequence[Token], rng: random.Random) -> list[str]:
    """Choose wrong words so that the right one is as often the longest as any other."""
    mixed = rng.sample(others, len(others))
    # Of equal lengths chance decides on which side they stand.
    size = len(hidden.word), 0.5
    sizes = [(len(token.word), rng.random()) for token in mixed]
    shorter = [token.word for token, each in zip(mixed, sizes, strict=True) if each < size]
    longer = [token.word for token, each in zip(mixed, sizes, strict=True) if each > size]
    count = max(_WRONG - len(longer), min(rng.randint(0, _WRONG), len(shorter)))
    return shorter[:count] + longer[: _WRONG - count]


def _with_gap(tokens: Sequence[Token], place: int) -> str:
    parts = [f"{token.before}{token.word}{token.after}" for token in tokens]
    parts[place] = f"{tokens[place].before}{GAP}{tokens[place].after}"
    return " ".join(parts)
