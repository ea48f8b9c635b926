"""Finding a person, a topic or an interview by what somebody typed: nothing is guessed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from bot.errors import UserError
from bot.interview.model import Interview, Person
from bot.interview.words import fold, words_of
from bot.letters import as_typed, label
from bot.text import Text, _

MAX_OFFERS: Final = 5
"""Names that are offered at most: as many as there are buttons in a row."""
MIN_GUESSED: Final = 4
"""Letters from which a slip is forgiven: of fewer, too many names are one letter away."""
_MIN_WITHIN: Final = 2
# Of rapidfuzz's 100: one slip in four letters.
_CLOSE_ENOUGH: Final = 74.9
_NEAREST: Final = 3
_MAX_TYPED: Final = 100
# Beside a slug, in what Discord takes as an option.
_MAX_WORK: Final = 64

_Names = Sequence[tuple[str, str]]
"""Names, each with the key of what is called so; several may be called the same."""


class UnknownNameError(UserError):
    """Nothing is called like that, or more than one; `nearest` is what it may be, names by key."""

    def __init__(self, text: Text, nearest: Mapping[str, str], hint: Text | None = None) -> None:
        self.nearest = dict(islice(nearest.items(), MAX_OFFERS))
        names = ", ".join(map(as_typed, self.nearest.values()))
        super().__init__(text, _("Try {names}.", names=names) if nearest else hint)


def find_person(interview: Interview, typed: str) -> Person:
    """Find a person by key, name, part, alias or the beginning of one; forgives small typos."""
    unknown = _("Nobody here is called '{name}'.", name=as_typed(typed))
    return _person(interview.people, typed, unknown)


def find_speaker(interview: Interview, typed: str) -> Person:
    """Find one of those who speak, as `find_person` does."""
    unknown = _("Nobody called '{name}' speaks here.", name=as_typed(typed))
    return _person(interview.speakers, typed, unknown)


def find_labelled(interview: Interview, label: str) -> Person:
    """Find whom a transcript labels so: what is short for a name may be somebody else there."""
    unknown = _("Nobody here is called '{name}'.", name=as_typed(label))
    return _person(interview.people, label, unknown, completes=False)


def _person(
    people: Sequence[Person], typed: str, unknown: Text, *, completes: bool = True
) -> Person:
    by_key = {person.key: person for person in people}
    names = [(name, person.key) for person in people for name in names_of(person)]
    labels = {person.key: person.name for person in people}
    return by_key[_find(typed, names, labels, unknown, completes=completes)]


def names_of(person: Person) -> list[str]:
    """List what a person may be called, the name first."""
    return [name for name in (person.name, *person.aliases, person.part, person.key) if name]


def find_topic(
    interview: Interview, topics: Sequence[str], typed: str, offered: Sequence[str]
) -> str:
    """Find a topic by what it is called in the interview's language or the pack's own.

    Only those `offered` are completed and told; another has to be named whole.
    """
    names = [(name, key) for key in topics for name in (key, interview.topic_name(key))]
    labels = {key: interview.topic_name(key) for key in offered}
    return _find(typed, names, labels, _("There's no topic called '{name}'.", name=as_typed(typed)))


def interview_names(interviews: Mapping[str, Interview]) -> dict[str, str]:
    """Name each interview by its work; those of which several have the same by their slug too."""
    works = {slug: label(interview.work, _MAX_WORK) for slug, interview in interviews.items()}
    counts = Counter(map(fold, works.values()))
    return {
        slug: f"{work} · {slug}" if counts[fold(work)] > 1 else interviews[slug].work
        for slug, work in works.items()
    }


def find_interview(interviews: Mapping[str, Interview], typed: str) -> Interview:
    """Find an interview by slug, title or work, or the beginning of a word of them."""
    names = [
        (name, slug)
        for slug, interview in interviews.items()
        for name in (interview.work, interview.title, slug)
        if name
    ]
    labels = interview_names(interviews)
    unknown = _("There's no interview called '{name}'.", name=as_typed(typed))
    return interviews[_find(typed, names, labels, unknown)]


def _find(
    typed: str, names: _Names, labels: Mapping[str, str], unknown: Text, *, completes: bool = True
) -> str:
    """Give the key that was meant, by the first way in which any name fits.

    Where several fit equally well, it asks which of the `labels`.
    """
    for keys in _ways(words_of(typed[:_MAX_TYPED]), names, labels, completes=completes):
        if len(keys) == 1:
            return keys[0]
        if keys:
            text = _("'{name}' could mean more than one.", name=as_typed(typed))
            raise UnknownNameError(text, {key: labels[key] for key in keys if key in labels})
    raise UnknownNameError(unknown, _nearest(typed, names, labels))


def _ways(
    words: list[str], names: _Names, labels: Mapping[str, str], *, completes: bool
) -> Iterator[list[str]]:
    """Give the keys that fit exactly, then by whole words, their beginnings, within, nearly."""
    if not words:
        return
    in_words = [(words_of(name), key) for name, key in names]
    yield _keys(in_words, words.__eq__)
    offered = [(name, key) for name, key in in_words if key in labels]
    yield _keys(offered, set(words).issubset)
    part = "".join(words)
    if completes:
        yield _keys(offered, lambda name: _begins(name, words))
        yield _keys(offered, lambda name: len(part) >= _MIN_WITHIN and part in "".join(name))
    yield _alike(words, offered) if len(part) >= MIN_GUESSED else []


def _keys(names: Iterable[tuple[list[str], str]], fits: Callable[[list[str]], bool]) -> list[str]:
    return list(dict.fromkeys(key for name, key in names if fits(name)))


def _begins(name: Sequence[str], words: Iterable[str]) -> bool:
    """Say whether each of the words begins one of a name."""
    return all(any(part.startswith(word) for part in name) for word in words)


def _alike(words: list[str], names: Iterable[tuple[list[str], str]]) -> list[str]:
    """Give the keys of the names, or words of them, that are most alike, if they are enough."""
    # Only a miss pays for the import.
    from rapidfuzz import fuzz

    typed = " ".join(words)
    ratios: dict[str, float] = {}
    for name, key in names:
        best = max(
            fuzz.ratio(typed, spelling, score_cutoff=_CLOSE_ENOUGH)
            for spelling in (" ".join(name), *name)
        )
        ratios[key] = max(best, ratios.get(key, _CLOSE_ENOUGH))
    most = max(ratios.values(), default=0)
    return [key for key, ratio in ratios.items() if ratio == most > _CLOSE_ENOUGH]


def _nearest(typed: str, names: _Names, labels: Mapping[str, str]) -> dict[str, str]:
    """Give the labels of the names that are most alike, the best first."""
    from rapidfuzz import fuzz, process

    spellings = [fold(name) for name, _key in names]
    best = process.extract(fold(typed[:_MAX_TYPED]), spellings, scorer=fuzz.WRatio, limit=None)
    keys = dict.fromkeys(names[match[2]][1] for match in best)
    return {key: labels[key] for key in islice((key for key in keys if key in labels), _NEAREST)}
