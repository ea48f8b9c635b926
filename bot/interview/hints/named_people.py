"""Whom a text of a pack names."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from bot.interview.loading.tongue import small_words_of
from bot.interview.model import Interview, Person
from bot.interview.words import fold


class NamedPeople:
    """Finds who is named in a text: by name or alias as it is written, or a word of a name."""

    def __init__(self, interview: Interview) -> None:
        self._interview = interview
        self._small_words = small_words_of(interview.language.partition("-")[0])

    def named_in(self, text: str) -> list[Person]:
        """List the people whom a text names, in the order of the names."""
        keys = (self._keys[match[0]] for match in self._pattern.finditer(text))
        return [self._interview.people_by_key[key] for key in dict.fromkeys(keys)]

    def opening(self, text: str) -> str:
        """Give the name of whom a text names first of all; empty where it begins otherwise."""
        match = self._pattern.match(text)
        return self._interview.people_by_key[self._keys[match[0]]].name if match else ""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._keys, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")

    @cached_property
    def _keys(self) -> dict[str, str]:
        """List the keys by all that names one person alone."""
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for person in self._interview.people:
            for name in {person.name, *person.aliases, *self._words(person)}:
                owners[name].add(person.key)
        return {name: next(iter(keys)) for name, keys in owners.items() if len(keys) == 1}

    def _words(self, person: Person) -> Iterator[str]:
        """List the words of a name that are no others: not "Will", and no initial."""
        for word in person.name.split():
            is_name = len(word) > 2 and word[0].isupper() and fold(word) not in self._small_words
            if is_name:
                yield word
