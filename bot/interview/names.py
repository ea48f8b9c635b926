"""Finding a person, a topic or an interview by what somebody typed."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from bot.errors import UserError
from bot.interview.model import Interview, Person
from bot.text import Text, _

_CLOSE_ENOUGH = 75


class UnknownNameError(UserError):
    """Nothing is called like that; `nearest` are the names that come closest."""

    def __init__(self, text: Text, nearest: Sequence[str]) -> None:
        super().__init__(text, _("Try {names}.", names=", ".join(nearest)) if nearest else None)
        self.nearest = tuple(nearest)


def find_person(interview: Interview, typed: str) -> Person:
    """Find a person by key, name, part of the name or alias; forgives small typos."""
    named = {
        name: person
        for person in interview.people
        for name in (person.name, *person.aliases, *person.name.split(), person.part, person.key)
        if name
    }
    found = _closest(typed, named)
    if found is None:
        nearest = [person.name for person in interview.people[:3]]
        raise UnknownNameError(_("Nobody here is called {name!r}.", name=typed[:60]), nearest)
    return named[found]


def find_topic(topics: Sequence[str], typed: str) -> str:
    """Find a topic by its name; forgives small typos."""
    found = _closest(typed, {topic: topic for topic in topics})
    if found is None:
        raise UnknownNameError(_("There is no topic {name!r}.", name=typed[:60]), topics[:3])
    return found


def find_interview(interviews: Mapping[str, Interview], typed: str) -> Interview:
    """Find an interview by slug, title or work."""
    named = {
        name: interview
        for interview in interviews.values()
        for name in (interview.work, interview.title, interview.slug)
        if name
    }
    found = _closest(typed, named)
    if found is None:
        nearest = [interview.work for interview in list(interviews.values())[:3]]
        raise UnknownNameError(_("There is no interview {name!r}.", name=typed[:60]), nearest)
    return named[found]


def _closest(typed: str, names: Iterable[str]) -> str | None:
    """Give the name that was meant: the same but for case and accents, or a near miss."""
    folded = {fold(name): name for name in names}
    wanted = fold(typed[:100])
    if wanted in folded:
        return folded[wanted]
    if not wanted:
        return None
    # Only a miss pays for the import.
    from rapidfuzz import fuzz, process

    best = process.extractOne(wanted, folded.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return folded[best[0]] if best else None


def fold(text: str) -> str:
    """Leave out what people do not bother to type: case, accents, outer spaces."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
