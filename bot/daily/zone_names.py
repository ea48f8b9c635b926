"""What people call time zones: abbreviations, and the names of countries, states and cities."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bot.interview.words import words_of


class Place(NamedTuple):
    """A country, a state, a city or an abbreviation, and its zones: the most people first."""

    name: str
    words: str
    zones: tuple[str, ...]


class Places(NamedTuple):
    """Places, the larger cities first and all of them last; zones by their names in words."""

    all: tuple[Place, ...]
    by_name: Mapping[str, tuple[str, ...]]


def in_words(name: str) -> str:
    """Write a name as it is looked up: without case, accents and punctuation."""
    return " ".join(words_of(name))


@cache
def short_names() -> Places:
    """Give zones by abbreviations, and by what people say for short."""
    return _read("short_names.tsv")


@cache
def places() -> Places:
    """Give zones by countries, states and cities; `scripts/places.py` says where these are from."""
    return _read("places.tsv")


def _read(filename: str) -> Places:
    """Read lines of zones, names, and further names: these are of whoever is the largest."""
    all_places: list[Place] = []
    by_name: dict[str, tuple[str, ...]] = {}
    for line in files("bot.daily").joinpath(filename).read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        zones, names, aliases = (tuple(part.split("|")) for part in [*line.split("\t"), ""][:3])
        zones = tuple(zones[0].split())
        for name in names:
            place = Place(name, in_words(name), zones)
            all_places.append(place)
            by_name[place.words] = (*by_name.get(place.words, ()), *zones)
        for alias in filter(None, aliases):
            by_name.setdefault(alias, zones)
    return Places(tuple(all_places), by_name)
