"""What people type as a time zone is what they mean, or is asked about; nothing is guessed."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily.zone_names import places, short_names
from bot.daily.zone_search import find_zone, proposed, suggestions
from bot.daily.zones import called, is_zone, offset_of, zone_label, zones
from bot.interview.names import MIN_GUESSED, UnknownNameError

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp()
RIGHT = {
    "UTC": "UTC@0 UTC gmt Z zulu UCT UTC+0 GMT-00:00 Etc/UTC Greenwich",
    "America/New_York": "EST/EDT Eastern@daylight US@East hora@de@Nueva@York"
    " EDT est5edt eastern ET nyc US/Eastern us/eastern New_York Nueva@York"
    " Eastern@time Eastern@Standard@Time US@Eastern New@York@City Boston New@York,@USA",
    "America/Chicago": "CDT Central US/Central central@time CT Houston Illinois Chicago",
    "America/Denver": "MDT Mountain US/Mountain Mountain@Time denver",
    "America/Los_Angeles": "PDT Pacific US/Pacific Pacific@time PT LA California Portland"
    " San@Francisco san-francisco Los@Angeles Seattle Portland,@Oregon",
    "America/Sao_Paulo": "Brasília horário@de@Brasília hora@oficial@de@Brasília"
    " São@Paulo sao@paulo SAO_PAULO BRT Rio@de@Janeiro",
    "America/Toronto": "HNE heure@de@l’Est toronto Ontario,@Canada Montreal",
    "Asia/Ho_Chi_Minh": "Saigon Vietnam Ho@Chi@Minh@City",
    "Asia/Hong_Kong": "HKT hong@kong",
    "Asia/Kathmandu": "UTC+5:45 +05:45 +0545 Nepal Katmandu",
    "Asia/Kolkata": "Delhi New@Delhi Mumbai Bombay India Kolkata Calcutta Bengaluru"
    " Hyderabad,@India",
    "Asia/Shanghai": "China Beijing 北京 中国 Shenzhen",
    "Asia/Singapore": "SGT Singapore",
    "Asia/Makassar": "Bali",
    "Asia/Seoul": "Corea Corée@du@Sud Coreia",
    "Asia/Tokyo": "JST Japan 東京 日本 Osaka ＴＯＫＹＯ tokio",
    "Atlantic/Azores": "Açores",
    "Atlantic/Canary": "Islas@Canarias",
    "Australia/Darwin": "UTC+9:30 UTC+9.5 utc+9,5",
    "Australia/Sydney": "AEDT sydney",
    "Etc/GMT+3": "UTC-3 utc@-@3 GMT−03:00 -3 -03",
    "Etc/GMT+5": "UTC-5 Etc/GMT+5",
    "Etc/GMT-1": "GMT+1 utc+1 +1 +01:00 ＵＴＣ＋１",
    "Etc/GMT-14": "UTC+14",
    "Etc/GMT-2": "utc+2",
    "Europe/Athens": "EET EEST Greece",
    "Europe/Amsterdam": "Holanda Holland Países@Bajos",
    "Europe/Berlin": "CET/CEST heure@d'Europe@centrale"
    " CET CEST MEZ Germany Deutschland Munich München muenchen Köln Berlin@time"
    " Central@European@Time Europe/Berlin EUROPE/BERLIN europe/berlin Munich,@Germany",
    "Europe/Madrid": "hora@peninsular Madrid Spain Córdoba,@Spain",
    "Europe/Kyiv": "Kyiv Kiev Київ Ukraine",
    "Europe/Lisbon": "WET Portugal",
    "Europe/London": "Angleterre Escocia hora@de@Londres"
    " UK England London London,@UK United@Kingdom British@Summer@Time GB",
    "Europe/Moscow": "MSK Москва Moskau",
    "Europe/Paris": "heure@de@Paris Paris France Lyon",
    "Europe/Zurich": "Genève Ginebra Zürich zurich Switzerland",
}
"""What is right for each word; @ stands for a space."""
ASKED = {
    "CST": "America/Chicago Asia/Shanghai America/Havana America/Mexico_City",
    "EST": "America/New_York America/Panama",
    "mst": "America/Denver America/Phoenix",
    "AEST": "Australia/Sydney Australia/Brisbane",
    "ACST": "Australia/Adelaide Australia/Darwin",
    "pst": "America/Los_Angeles Asia/Manila",
    "IST": "Asia/Kolkata Europe/Dublin Asia/Jerusalem",
    "BST": "Europe/London Asia/Dhaka Pacific/Bougainville",
    "AST": "America/Halifax Asia/Riyadh America/Puerto_Rico",
    "USA": "America/New_York America/Chicago America/Los_Angeles America/Denver America/Phoenix",
    "United States": "America/New_York America/Chicago America/Los_Angeles",
    "Australia": "Australia/Sydney Australia/Brisbane Australia/Perth",
    "Indonesia": "Asia/Jakarta Asia/Makassar Asia/Jayapura",
    "Texas": "America/Chicago America/Denver",
    "Georgia": "Asia/Tbilisi America/New_York",
    "St. Petersburg": "Europe/Moscow America/New_York",
    "Cordoba": "America/Argentina/Cordoba Europe/Madrid America/Mexico_City",
    "Mérida": "America/Merida America/Caracas Europe/Madrid",
    "La Paz": "America/La_Paz America/Mazatlan",
    "San Juan": "America/Argentina/San_Juan America/Puerto_Rico",
    "Tripoli": "Africa/Tripoli Asia/Beirut",
    "Norfolk": "Pacific/Norfolk America/New_York",
    "Hyderabad": "Asia/Kolkata Asia/Karachi",
    "+05:30": "Asia/Kolkata Asia/Colombo",
    "east coast": "America/New_York Australia/Sydney",
    "hora del centro": "America/Chicago America/Mexico_City",
    "EEUU": "America/New_York America/Chicago America/Los_Angeles",
    "Florencia": "America/Bogota Europe/Rome",
    "Austin, TX": "America/Chicago",
    "Paris, Texas": "America/Chicago America/Denver",
    "berl": "Europe/Berlin",
    "Belrin": "Europe/Berlin",
    "new yor": "America/New_York",
}
"""What is asked about, and the least that is offered."""


def nearest(typed: str) -> list[str]:
    """Give what is offered instead of a guess."""
    with pytest.raises(UnknownNameError) as caught:
        find_zone(typed, NOW)
    return list(caught.value.nearest)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [(word.replace("@", " "), zone) for zone, words in RIGHT.items() for word in words.split(" ")],
)
def test_what_has_one_meaning_is_found(typed: str, zone: str) -> None:
    assert find_zone(typed, NOW) == zone


@pytest.mark.parametrize(("typed", "offers"), ASKED.items())
def test_what_has_several_meanings_is_asked(typed: str, offers: str) -> None:
    offered = nearest(typed)
    assert set(offers.split()) <= set(offered)
    assert len(offered) <= 5


@pytest.mark.parametrize(
    "typed",
    ["", " ", "?", "Atlantis", "xx", "AB", "5", "1800", "UTC+15", "UTC-5 or so", "UTC-3:30"],
)
def test_what_is_unknown_is_a_sentence_with_examples(typed: str) -> None:
    with pytest.raises(UnknownNameError, match=r"as in New York or UTC\+2") as caught:
        find_zone(typed, NOW)
    assert caught.value.nearest == {}


def test_every_name_of_a_zone_is_itself() -> None:
    for zone in zones():
        assert find_zone(zone, NOW) == zone
        assert find_zone(zone.lower().replace("_", " "), NOW) == zone


def test_every_other_name_of_the_database_has_the_same_clock() -> None:
    # What has letters alone is an abbreviation, of which people mean another thing than IANA.
    others = available_timezones() - set(zones()) - {"Factory", "localtime"}
    for name in sorted(others):
        if re.fullmatch("[A-Z]{3}|SystemV/.*", name):
            continue
        zone = find_zone(name, NOW)
        for days in range(0, 365, 14):
            moment = datetime.fromtimestamp(NOW, UTC) + timedelta(days=days)
            local = [moment.astimezone(ZoneInfo(each)).utcoffset() for each in (name, zone)]
            assert local[0] == local[1], (name, zone)


@given(st.integers(-12, 14), st.sampled_from(["UTC", "gmt", "", "utc "]), st.booleans())
def test_hours_are_never_dropped(hours: int, prefix: str, has_minutes: bool) -> None:
    typed = f"{prefix}{hours:+}" + (":00" if has_minutes else "")
    offset = datetime.fromtimestamp(NOW, ZoneInfo(find_zone(typed, NOW))).utcoffset()
    assert offset == timedelta(hours=hours)


@given(st.text(max_size=MIN_GUESSED - 1))
def test_of_what_is_short_nothing_is_taken_for_like(typed: str) -> None:
    if not called(typed):
        with pytest.raises(UnknownNameError) as caught:
            find_zone(typed, NOW)
        assert caught.value.nearest == {} or offset_of(typed) is not None


@pytest.mark.parametrize("table", [short_names(), places()])
def test_the_tables_name_zones_that_there_are(table: object) -> None:
    assert isinstance(table, type(places()))
    unknown = {zone for place in table.all for zone in place.zones if not is_zone(zone)}
    assert unknown == set()


def test_an_abbreviation_stands_for_zones_that_use_it() -> None:
    # IANA has letters for the zones of some countries only.
    days = [datetime(2026, month, 15, tzinfo=UTC) for month in (1, 7)]
    used = {
        (day.astimezone(ZoneInfo(zone)).tzname() or "", zone) for zone in zones() for day in days
    }
    letters = {name.lower() for name, _zone in used if name.isalpha()}
    for place in short_names().all:
        if place.name in letters - {"utc", "gmt"}:
            zones_used = {zone for name, zone in used if name.lower() == place.name}
            assert zones_used & set(short_names().by_name[place.words]), place


@pytest.mark.parametrize(
    ("typed", "first", "place"),
    [
        ("ber", "Europe/Berlin", ""),
        ("delh", "Asia/Kolkata", "Delhi"),
        ("san fr", "America/Los_Angeles", "San Francisco"),
        ("cst", "America/Chicago", ""),
        ("utc-5", "Etc/GMT+5", ""),
        ("America/New", "America/New_York", ""),
    ],
)
def test_suggestions_are_what_begins_so(typed: str, first: str, place: str) -> None:
    offered = suggestions(typed, "en-US", 25)
    assert offered[first] == place
    assert first in list(offered)[:3]


@pytest.mark.parametrize(
    ("locale", "zone"),
    [("de", "Europe/Berlin"), ("ja", "Asia/Tokyo"), ("en-US", "America/New_York"), ("xx", None)],
)
def test_nothing_typed_suggests_what_is_usual_where_a_language_is_spoken(
    locale: str, zone: str | None
) -> None:
    offered = list(suggestions("", locale, 25))
    assert len(offered) == 25
    assert zone is None or offered[0] == zone


def test_what_is_proposed_has_a_clock_each_and_utc() -> None:
    assert proposed(["fr", "en-US"], NOW) == [
        *["Europe/Paris", "America/Toronto", "America/Chicago", "America/Los_Angeles", "UTC"]
    ]
    assert proposed(["xx"], NOW) == ["UTC"]


@given(st.text(max_size=30))
def test_suggestions_of_anything_are_few_and_are_zones(typed: str) -> None:
    offered = suggestions(typed, "fr", 25)
    assert len(offered) <= 25
    assert all(map(is_zone, offered))


def test_an_offset_is_shown_with_the_sign_that_people_use() -> None:
    assert zone_label("Etc/GMT+5") == "UTC-5"
    assert zone_label("Etc/GMT-14") == "UTC+14"
    assert zone_label("Europe/Berlin") == "Europe/Berlin"


def test_zones_are_those_that_people_live_in() -> None:
    assert zones()[0] == "UTC"
    assert {"Europe/Paris", "America/New_York", "Asia/Kolkata"} <= set(zones())
    assert not [zone for zone in zones() if zone.startswith(("posix", "right", "Etc"))]
