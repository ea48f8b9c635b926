"""Time zones by what people type: nothing is guessed, and what is unclear is asked."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from bot.daily.zone_names import in_words, places
from bot.daily.zones import called, current_zones, is_zone, offset_of, place_of, zone_label
from bot.interview.names import MAX_OFFERS, MIN_GUESSED, UnknownNameError
from bot.letters import as_typed
from bot.text import _

_HINT: Final = _("Type a large city, or UTC and its hours, as in New York or UTC+2.")
# Of rapidfuzz's 100: one slip in a word of six letters.
_ALIKE: Final = 83
# Where people may be who have chosen a language, the most of them first.
_PLACES: Final = {
    "bg": "bulgaria",
    "cs": "czechia",
    "da": "denmark",
    "de": "germany",
    "el": "greece",
    "en-GB": "united kingdom",
    "en-US": "united states",
    "es-419": "mexico city|bogota|buenos aires|santiago|mexico",
    "es-ES": "spain",
    "fi": "finland",
    "fr": "france|quebec",
    "hi": "india",
    "hr": "croatia",
    "hu": "hungary",
    "id": "indonesia",
    "it": "italy",
    "ja": "japan",
    "ko": "south korea",
    "lt": "lithuania",
    "nl": "netherlands",
    "no": "norway",
    "pl": "poland",
    "pt-BR": "brazil",
    "ro": "romania",
    "ru": "russia",
    "sv-SE": "sweden",
    "th": "thailand",
    "tr": "turkey",
    "uk": "ukraine",
    "vi": "vietnam",
    "zh-CN": "china",
    "zh-TW": "taiwan",
}


def find_zone(typed: str, now: float) -> str:
    """Find the zone of an IANA name, an abbreviation, an offset, a country or a city.

    Raises UnknownNameError where more than one, or nothing, is called so; `nearest` are zones.
    """
    typed = typed.strip()[:60]
    candidates = _distinct(called(typed), now)
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        text = _("'{name}' may be more than one time zone.", name=as_typed(typed))
        raise UnknownNameError(text, _labels(candidates))
    offset = offset_of(typed)
    if offset is not None:
        return _place_at(offset, typed, now)
    text = _("There is no time zone '{name}'.", name=as_typed(typed))
    near = _near(typed) or _distinct(_half(typed), now)[:MAX_OFFERS]
    raise UnknownNameError(text, _labels(near), _HINT)


def suggestions(typed: str, locale: str, most: int) -> dict[str, str]:
    """List zones that may be meant, each with the place by which it was found, or ""."""
    if not in_words(typed):
        usual = _spoken_at(locale)
        return dict.fromkeys(islice(dict.fromkeys((*usual, *current_zones())), most), "")
    by_zone = dict.fromkeys(called(typed), "")
    for zone, place in _beginning(in_words(typed)):
        if len(by_zone) >= most:
            break
        by_zone.setdefault(zone, place)
    return by_zone


def proposed(locales: Iterable[str], now: float) -> list[str]:
    """List zones to choose from where languages are spoken: one for each clock, and UTC."""
    zones_spoken = [zone for locale in locales for zone in _spoken_at(locale)]
    return [*_distinct(zones_spoken, now)[: MAX_OFFERS - 1], "UTC"]


def _spoken_at(locale: str) -> list[str]:
    places_known = filter(None, _PLACES.get(locale, "").split("|"))
    return [zone for place in places_known for zone in called(place)]


@cache
def _lines() -> tuple[tuple[str, str, str], ...]:
    """Give each zone with a place and, on lines, its names in words; the largest cities last."""
    own = [
        (zone, "", f"\n{in_words(place_of(zone))}\n{in_words(zone)}") for zone in current_zones()
    ]
    others = [
        (zone, place.name, f"\n{place.words}")
        for place in places().all
        for zone in place.zones
        if is_zone(zone)
    ]
    return (*own, *others)


def _beginning(words: str) -> Iterator[tuple[str, str]]:
    """Give zones and places of which a name begins so, then a word, then one in a language."""
    for start in ("\n", " "):
        yield from ((zone, place) for zone, place, names in _lines() if f"{start}{words}" in names)
    for name, named_zones in places().by_name.items():
        if name.startswith(words):
            yield from ((zone, "") for zone in named_zones if is_zone(zone))


def _near(typed: str) -> list[str]:
    """List zones to ask about: those that begin so, else those that are spelled nearly so."""
    words = in_words(typed)
    if len(words) < MIN_GUESSED:
        return []
    begun = dict.fromkeys(zone for zone, _place in _beginning(words))
    return list(begun)[:MAX_OFFERS] or _misspelled(words)


def _half(typed: str) -> Sequence[str]:
    """Give the zones of what lies around a place, else of the place, as of "Austin, TX"."""
    place, comma, around = typed.partition(",")
    return (called(around) or called(place)) if comma else ()


def _misspelled(words: str) -> list[str]:
    # Only a miss pays for the import.
    from rapidfuzz import fuzz, process

    names = {line.split("\n")[1]: zone for zone, _place, line in reversed(_lines())}
    best = process.extract(words, names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3)
    return list(dict.fromkeys(names[match[0]] for match in best))


def _place_at(offset: timedelta, typed: str, now: float) -> str:
    """Find a zone that is at an offset all year, of those that are no hours alone."""
    zones_known = dict.fromkeys(zone for place in places().all for zone in place.zones)
    at_offset = [
        zone for zone in zones_known if is_zone(zone) and set(_clock(zone, now)) == {offset}
    ]
    if len(at_offset) == 1:
        return at_offset[0]
    if at_offset:
        text = _("More than one place is at {offset} all year.", offset=as_typed(typed))
        raise UnknownNameError(text, _labels(at_offset[:MAX_OFFERS]))
    text = _("No place is at {offset} all year.", offset=as_typed(typed))
    raise UnknownNameError(text, {}, _HINT)


def _distinct(candidates: Iterable[str], now: float) -> list[str]:
    """Leave one zone for each of the clocks that differ within a year."""
    by_clock: dict[tuple[timedelta | None, ...], str] = {}
    for zone in candidates:
        by_clock.setdefault(_clock(zone, now), zone)
    return list(by_clock.values())


def _clock(zone: str, now: float) -> tuple[timedelta | None, ...]:
    """Give a zone's offsets in each month of a year."""
    place, start = ZoneInfo(zone), datetime.fromtimestamp(now, UTC)
    return tuple((start + timedelta(days=30 * n)).astimezone(place).utcoffset() for n in range(13))


def _labels(candidates: Iterable[str]) -> dict[str, str]:
    return {zone: zone_label(zone) for zone in candidates}
