"""Finding a person, a topic, an interview or a time zone by what somebody typed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from bot.errors import UserError
from bot.interview.model import Interview, Person
from bot.interview.words import fold
from bot.letters import as_typed
from bot.text import Text, _

# Of rapidfuzz's 100: one slip in four letters, so "bet" is Bette (75) and "ada" is not Ida (67).
_CLOSE_ENOUGH = 75
_OFFERED = 3


class UnknownNameError(UserError):
    """Nothing is called like that; `nearest` is what comes closest, names by key."""

    def __init__(self, text: Text, nearest: Mapping[str, str]) -> None:
        self.nearest = dict(islice(nearest.items(), _OFFERED))
        names = ", ".join(map(as_typed, self.nearest.values()))
        super().__init__(text, _("Try {names}.", names=names) if nearest else None)


def find_person(interview: Interview, typed: str) -> Person:
    """Find a person by key, name, part of the name or alias; forgives small typos."""
    return _person(
        interview.people, typed, _("Nobody here is called '{name}'.", name=as_typed(typed))
    )


def find_speaker(interview: Interview, typed: str) -> Person:
    """Find one of those who speak, as `find_person` does."""
    unknown = _("Nobody who speaks here is called '{name}'.", name=as_typed(typed))
    return _person(interview.speakers, typed, unknown)


def _person(people: Sequence[Person], typed: str, unknown: Text) -> Person:
    by_name = {
        name: person
        for person in people
        for name in (person.name, *person.aliases, *_parts(person.name), person.part, person.key)
        if name
    }
    match = _closest(typed, by_name)
    if match is None:
        nearest = {by_name[name].key: by_name[name].name for name in _nearest(typed, by_name)}
        raise UnknownNameError(unknown, nearest)
    return by_name[match]


def find_topic(
    interview: Interview, topics: Sequence[str], typed: str, offered: Sequence[str]
) -> str:
    """Find a topic by what it is called in the interview's language or the pack's own.

    Forgives small typos. Those `offered` may be told unasked.
    """
    by_name = {topic: topic for topic in topics}
    by_name |= {interview.topic_name(topic): topic for topic in topics}
    match = _closest(typed, by_name)
    if match is None:
        by_offered_name = {interview.topic_name(topic): topic for topic in offered}
        nearest = {by_offered_name[name]: name for name in _nearest(typed, by_offered_name)}
        raise UnknownNameError(_("There is no topic '{name}'.", name=as_typed(typed)), nearest)
    return by_name[match]


def find_interview(interviews: Mapping[str, Interview], typed: str) -> Interview:
    """Find an interview by slug, title or work."""
    by_name = {
        name: interview
        for interview in interviews.values()
        for name in (interview.work, interview.title, interview.slug)
        if name
    }
    match = _closest(typed, by_name)
    if match is None:
        nearest = {by_name[name].slug: by_name[name].work for name in _nearest(typed, by_name)}
        raise UnknownNameError(_("There is no interview '{name}'.", name=as_typed(typed)), nearest)
    return by_name[match]


def find_zone(zones: Sequence[str], typed: str) -> str:
    """Find a time zone by its name or its place, as in "Europe/Berlin" or "new york"."""
    by_name = {
        name: zone
        for zone in zones
        for name in (zone.rpartition("/")[2].replace("_", " "), zone.replace("_", " "), zone)
    }
    match = _closest(typed, by_name)
    if match is None:
        nearest = {by_name[name]: by_name[name] for name in _nearest(typed, by_name)}
        raise UnknownNameError(_("There is no time zone '{name}'.", name=as_typed(typed)), nearest)
    return by_name[match]


def _parts(name: str) -> list[str]:
    """List what somebody may be called by: each name, a double one also in halves."""
    return [*name.split(), *(half for half in re.split(r"[\s-]", name) if len(half) > 2)]


def _closest(typed: str, names: Iterable[str]) -> str | None:
    """Give the name that was meant: the same but for case and accents, or a near miss."""
    folded = {fold(name): name for name in names}
    typed = fold(typed[:100])
    if typed in folded:
        return folded[typed]
    if not typed:
        return None
    # Only a miss pays for the import.
    from rapidfuzz import fuzz, process

    best = process.extractOne(typed, folded.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return folded[best[0]] if best else None


def _nearest(typed: str, names: Iterable[str]) -> list[str]:
    """List the names from the most to the least alike, the best for each first."""
    from rapidfuzz import fuzz, process

    folded = {fold(name): name for name in names}
    best = process.extract(fold(typed[:100]), folded.keys(), scorer=fuzz.WRatio, limit=None)
    return [folded[match[0]] for match in best]
