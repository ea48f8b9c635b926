"""Answers that another item of the same game gives away."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from bot.interview.loading.tongue import small_words_of
from bot.interview.model import Interview, ItemKind
from bot.interview.pack.entries import FactEntry, QuestionEntry
from bot.interview.pack.items import question_of, rival_statements
from bot.interview.pack.mistakes import Mistake, Remark
from bot.interview.pack.source import Record
from bot.interview.words import words_of
from bot.text import Text, _, plural

_STEM: Final = 5
"""Letters in which forms of one word are alike, mostly."""
_MOST_ITEMS: Final = 100
"""Items with a word of the answer: what stands in more of them gives nothing away."""
# What two items share weighs more the fewer have it: a word in every 40th item weighs so much.
_SAME_MATTER: Final = 3.7
_RARE: Final = 3.2
_LEAST_SHARED: Final = 2
"""Words to share where the answer says little, such as "Two", and stands in many a text."""
_TELLING_PART: Final = 0.45
"""The part of an answer's letters that are in words which say something."""
_NAMED: Final = 3
"""Items that are told of at a time."""
_SENTENCES: Final = {
    ItemKind.QUESTION: (
        "question {numbers} gives away the answer {right!r}",
        "questions {numbers} give away the answer {right!r}",
    ),
    ItemKind.FACT: (
        "fact {numbers} gives away the answer {right!r}",
        "facts {numbers} give away the answer {right!r}",
    ),
}


@dataclass(frozen=True)
class _Item:
    """A question, or a fact of which one is made: its stems, and those that say something."""

    kind: ItemKind
    number: int
    statement: str
    exchange: int
    line: str
    prompt: frozenset[str]
    stems: frozenset[str]
    telling: frozenset[str]


def hints_at_giveaways(
    questions: Sequence[Record[QuestionEntry]],
    facts: Sequence[Record[FactEntry]],
    interview: Interview,
) -> Iterator[Mistake]:
    """List the questions whose answer stands in another item about the same matter."""
    index = _StemIndex(interview)
    for fact in (record.entry for record in facts):
        if fact.who or fact.false_version:
            index.add_fact(fact)
    items = [index.add_question(record.entry) for record in questions]
    rivals = rival_statements([question_of(record.entry, interview) for record in questions])
    for record, item in zip(questions, items, strict=True):
        others = [
            other
            for other in index.giving_away(record.entry.right, item)
            if (item.statement, other.statement) not in rivals
        ]
        for kind in (ItemKind.QUESTION, ItemKind.FACT):
            if numbers := [other.number for other in others if other.kind is kind][:_NAMED]:
                remark = Remark(*_sentence(record.entry, kind, numbers), ["right"])
                yield Mistake.of(record.path, record.passage, remark)


def _sentence(question: QuestionEntry, kind: ItemKind, numbers: Sequence[int]) -> tuple[Text, Text]:
    line = ", ".join(map(str, numbers))
    problem = plural(*_SENTENCES[kind], len(numbers), numbers=line, right=question.right)
    if kind is ItemKind.QUESTION:
        not_with = ", ".join(map(str, [*question.not_with, *numbers]))
        return problem, _("reword one of them, or set not_with = [{numbers}]", numbers=not_with)
    if question.about is None:
        return problem, _("reword one of them, or set about to the fact that is asked for")
    return problem, _("reword one of them")


class _StemIndex:
    """Items by their stems: an answer is compared to those that hold the rarest word of it."""

    def __init__(self, interview: Interview) -> None:
        self._small_words = small_words_of(interview.language.partition("-")[0])
        names = (name for person in interview.people for name in (person.name, *person.aliases))
        self._names = _stems(word for name in names for word in words_of(name))
        self._items: list[_Item] = []
        self._with_stem: defaultdict[str, list[_Item]] = defaultdict(list)
        self._uses: Counter[str] = Counter()

    def add_question(self, entry: QuestionEntry) -> _Item:
        about = entry.about
        statement = f"question:{entry.number}" if about is None else f"fact:{about}"
        texts = entry.prompt, entry.explanation
        return self._add(ItemKind.QUESTION, entry, statement, texts)

    def add_fact(self, entry: FactEntry) -> None:
        texts = entry.text, entry.who or "", entry.explanation or ""
        self._add(ItemKind.FACT, entry, f"fact:{entry.number}", texts)

    def _add(
        self,
        kind: ItemKind,
        entry: QuestionEntry | FactEntry,
        statement: str,
        texts: Sequence[str],
    ) -> _Item:
        prompt, words = words_of(texts[0]), words_of(" ".join(texts))
        item = _Item(
            kind,
            entry.number or 0,
            statement,
            entry.exchange,
            f" {' '.join(words)} ",
            _stems(prompt),
            _stems(words),
            self._telling(words),
        )
        self._items.append(item)
        self._uses.update(item.stems)
        for stem in item.stems:
            if len(self._with_stem[stem]) <= _MOST_ITEMS:
                self._with_stem[stem].append(item)
        return item

    def giving_away(self, right: str, item: _Item) -> Iterator[_Item]:
        """List the items that hold an answer and are about what its question asks."""
        words = words_of(right)
        says_little = self._says_little(words)
        answer = _stems(words) if says_little else self._telling(words)
        for other in self._holding(answer):
            if other.statement == item.statement:
                continue
            if says_little:
                is_told = f" {' '.join(words)} " in other.line and self._is_alike(item, other)
            else:
                is_told = self._is_alike(item, other, answer) or self._is_named(item, other, answer)
            if is_told:
                yield other

    def _says_little(self, words: Sequence[str]) -> bool:
        telling = sum(len(word) for word in words if self._is_telling(word))
        return telling < _TELLING_PART * len("".join(words))

    def _holding(self, answer: frozenset[str]) -> list[_Item]:
        """List the items that hold all stems of an answer, unless even the rarest is common."""
        rarest = min(answer, key=lambda stem: self._uses[stem], default="")
        if self._uses[rarest] > _MOST_ITEMS:
            return []
        return [other for other in self._with_stem.get(rarest, ()) if answer <= other.stems]

    def _is_alike(self, item: _Item, other: _Item, answer: frozenset[str] = frozenset()) -> bool:
        """Say whether another item shares rare words with what a question asks.

        Where no words of the answer are given it takes several, of which none is a name.
        """
        shared = (item.prompt & other.telling) - answer
        if not answer and len(shared - self._names) < _LEAST_SHARED:
            return False
        return sum(map(self._weight, shared)) >= _SAME_MATTER

    def _is_named(self, item: _Item, other: _Item, answer: frozenset[str]) -> bool:
        """Say whether another question on that exchange speaks of the answer, a rare word."""
        is_near = other.kind is ItemKind.QUESTION and other.exchange == item.exchange
        return is_near and answer <= other.prompt and min(map(self._weight, answer)) >= _RARE

    def _weight(self, stem: str) -> float:
        return log(len(self._items) / self._uses[stem])

    def _telling(self, words: Iterable[str]) -> frozenset[str]:
        return _stems(filter(self._is_telling, words))

    def _is_telling(self, word: str) -> bool:
        return not (word.isdigit() or word in self._small_words)


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words)
