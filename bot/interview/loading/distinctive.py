"""What an interview is about: the words that stand out in it, in any script that sets spaces."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from math import log
from typing import Final, NamedTuple

from bot.interview.loading.tongue import articles_of, fillers_of, is_before_noun, is_told_by_words
from bot.interview.pack.entries import MAX_TOPIC
from bot.interview.words import fold, words_of

MOST_TOPICS: Final = 24
_MOST_OF_EXCHANGE: Final = 3
_LEAST_USES: Final = 3
"""How often a word must be said to be a topic, and how often a pair to be one term."""
_WIDEST: Final = 0.4
"""The part of the questions of which a word is said to more, so that it sets none apart."""
_TOGETHER: Final = 0.5
"""The part of a word's uses beside another that make the two one topic."""
_NAMED: Final = 2.0
"""How much more a word counts that is written large within sentences."""
_VERB: Final = 0.25
_SELDOM: Final = 5
"""Of so many uses less than one stands behind an article or the like: no noun."""
# Few letters are a word only where each stands for more.
_LEAST_LETTERS: Final = 4
_LEAST_SIGNS: Final = 2
_LONGEST_TAIL: Final = 2
_FIRST_OTHER_SCRIPT: Final = "\u0590"
_UNSPACED: Final = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD: Final = re.compile(rf"[^\W\d_{_UNSPACED}]+(?:['’-][^\W\d_{_UNSPACED}]+)*")
_APOSTROPHE: Final = re.compile(r"['’]")
_OPENING: Final = frozenset('.?!:…。？！"“”«»„([')


class _Term(NamedTuple):
    """A word, or two that belong together; `gap` is what stands before it.

    `tail` is the "'s" of a word. `is_small` is one that is something only beside another, as the
    second of "United States".
    """

    key: str
    surface: str
    gap: str = ""
    tail: str = ""
    is_small: bool = False

    def is_named(self) -> bool:
        """Say whether it is written large where no sentence begins."""
        return self.surface[:1].isupper() and _OPENING.isdisjoint(self.gap)


def topics_of(texts: Sequence[str], names: Iterable[str], language: str) -> list[list[str]]:
    """List what each of the texts of an interview is about, by words that several uses prove.

    Names of who speaks are none. A language whose words are not set apart, or have others joined
    to them, gives none but the foreign words in it.
    """
    words = _Words(fillers_of(language), _names(names) | articles_of(language))
    rows = [list(words.terms_in(text)) for text in texts]
    if not is_told_by_words(texts, language):
        rows = [[term for term in row if term.key < _FIRST_OTHER_SCRIPT] for row in rows]
    rows = _in_one_number(rows)
    pairs = _pairs(rows)
    rows = [[term for term in _joined(row, pairs) if not term.is_small] for row in rows]
    uses = Counter(term.key for row in rows for term in row)
    weights = _weights(rows, uses, language)
    totals = Counter({key: weight * uses[key] for key, weight in weights.items()})
    topics = {key: weights[key] for key, _total in totals.most_common(MOST_TOPICS)}
    written = _spellings(rows, topics)
    return [[written[key] for key in _main(row, topics)] for row in rows]


class NamedTopics:
    """Tells which of the topics of an interview a passage names, in one number or the other."""

    def __init__(self, topics: Iterable[str]) -> None:
        widest_first = sorted(dict.fromkeys(topics), key=lambda topic: -len(topic.split()))
        self._forms = {topic: tuple(_forms(topic)) for topic in widest_first}

    def named_in(self, text: str) -> list[str]:
        line = _line(text)
        named = (topic for topic, forms in self._forms.items() if any(map(line.count, forms)))
        return list(islice(named, _MOST_OF_EXCHANGE))


def _forms(topic: str) -> Iterator[str]:
    words = _line(topic).strip()
    return (f" {form} " for form in (words, f"{words}s", words.removesuffix("s")))


def _line(text: str) -> str:
    return f" {' '.join(words_of(_APOSTROPHE.sub(' ', text)))} "


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in words_of(name))


class _Words:
    """Tells the words that say something from those that do not, each spelling once."""

    def __init__(self, fillers: frozenset[str], ignored: frozenset[str]) -> None:
        self._fillers = fillers
        self._ignored = ignored
        self._terms: dict[str, _Term] = {}

    def terms_in(self, text: str) -> Iterator[_Term]:
        """List the words that say something; a gap holds the words between that do not."""
        end = 0
        for match in _WORD.finditer(text):
            word = match[0]
            if word not in self._terms:
                self._terms[word] = self._term_of(word)
            term = self._terms[word]
            if term.key and not (term.is_small and _opens(text, match.start())):
                yield term._replace(gap=text[end : match.start()])
                end = match.end()

    def _term_of(self, word: str) -> _Term:
        """Give the longest part of a word, "histoire" of "l'histoire"; empty where it is none."""
        surface = max(_APOSTROPHE.split(word), key=len)
        key = fold(surface)
        keys = {key, fold(_APOSTROPHE.sub("", word))}
        is_small = not self._fillers.isdisjoint(keys)
        is_term = _is_part(surface) if is_small else _is_word(surface, key)
        if not is_term or not self._ignored.isdisjoint(keys):
            return _Term("", "")
        tail = word.partition(surface)[2]
        return _Term(
            key, surface, tail=tail if len(tail) <= _LONGEST_TAIL else "", is_small=is_small
        )


def _opens(text: str, at: int) -> bool:
    """Say whether a word is written large only for where it stands."""
    before = text[max(0, at - 2) : at]
    return not (before.endswith(" ") and before[:1].isalnum())


def _is_part(surface: str) -> bool:
    return surface.istitle() and 1 < len(surface) < MAX_TOPIC


def _is_word(surface: str, key: str) -> bool:
    if not key or len(key) > MAX_TOPIC:
        return False
    is_short = key[0] >= _FIRST_OTHER_SCRIPT or surface.isupper()
    return len(key) >= (_LEAST_SIGNS if is_short else _LEAST_LETTERS)


def _in_one_number(rows: Sequence[Sequence[_Term]]) -> list[list[_Term]]:
    """Count "pipe" and "pipes" as one word, under the more frequent key."""
    uses = Counter(term.key for row in rows for term in row)
    both = ((key, f"{key}s") for key in uses if f"{key}s" in uses)
    keys = dict(sorted(pair, key=uses.__getitem__) for pair in both)
    return [
        [term._replace(key=keys[term.key]) if term.key in keys else term for term in row]
        for row in rows
    ]


def _pairs(rows: Iterable[Sequence[_Term]]) -> frozenset[tuple[str, str]]:
    """Find the words that mostly stand beside each other: "Bell Labs"."""
    uses: Counter[str] = Counter()
    beside: Counter[tuple[str, str]] = Counter()
    for row in rows:
        uses.update(term.key for term in row)
        beside.update(
            (left.key, right.key)
            for left, right in pairwise(row)
            if right.gap == " " and not (left.is_small and right.is_small)
        )
    return frozenset(
        (left, right)
        for (left, right), number in beside.items()
        if number >= max(_LEAST_USES, _TOGETHER * min(uses[left], uses[right]))
        and left != right
        and len(left) + len(right) + _LONGEST_TAIL < MAX_TOPIC
    )


def _joined(row: Sequence[_Term], pairs: Collection[tuple[str, str]]) -> Iterator[_Term]:
    rest = iter([*row, _Term("", "")])
    term = next(rest)
    for following in rest:
        if following.gap == " " and (term.key, following.key) in pairs:
            key = f"{term.key} {following.key}"
            surface = f"{term.surface}{term.tail} {following.surface}"
            term = _Term(key, surface, term.gap, following.tail)
        else:
            yield term
            term = following


def _weights(
    rows: Sequence[Sequence[_Term]], uses: Counter[str], language: str
) -> Mapping[str, float]:
    """Weigh each use of a term: a noun or name that is said to few of the questions counts most."""
    spread = Counter(key for row in rows for key in {term.key for term in row})
    named = Counter(term.key for row in rows for term in row if term.is_named())
    frequent = {key for key, number in uses.items() if number >= _LEAST_USES}
    nouns = Counter(
        term.key
        for row in rows
        for term in row
        if term.key in frequent and is_before_noun(term.gap, language) is not False
    )
    widest = max(2, _WIDEST * len(rows))
    weights: dict[str, float] = {}
    for key, number in uses.items():
        if number >= _LEAST_USES and spread[key] <= widest:
            is_verb = nouns[key] * _SELDOM < number
            kind = _NAMED if named[key] * 2 > number else (_VERB if is_verb else 1.0)
            weights[key] = log((len(rows) + 1) / spread[key]) * kind
    return weights


def _spellings(rows: Iterable[Sequence[_Term]], keys: Collection[str]) -> Mapping[str, str]:
    """Give how each topic is written most often."""
    spellings: dict[str, Counter[str]] = {key: Counter() for key in keys}
    for row in rows:
        for term in row:
            if term.key in spellings:
                spellings[term.key][term.surface] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in spellings.items()}


def _main(row: Sequence[_Term], weights: Mapping[str, float]) -> list[str]:
    """Choose what one text is about: what is said there most, and least elsewhere."""
    uses = Counter(term.key for term in row if term.key in weights)
    return sorted(uses, key=lambda key: -uses[key] * weights[key])[:_MOST_OF_EXCHANGE]
