"""A time of day is read as people write it in each language; what is unclear is no time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily.times_of_day import clock_face, parse_time, parse_time_and_zone

TIMES = {
    "00:00": "0:00|24:00|12 am|12AM|midnight|at Midnight|12 midnight|12 at night|minuit|à minuit"
    "|medianoche|a la medianoche|12 de la noche|12 da noite|meia-noite|à meia-noite|0h",
    "01:00": "1|1 am|1 de la mañana|1 in the morning|100",
    "03:00": "3 de la madrugada|3 da madrugada",
    "07:00": "7 da manhã|7 h du matin|7h",
    "09:00": "9|9am|9 a.m.|9 a|9 in the morning|9 heures|09h00",
    "09:05": "09:05|9:05 am|9h05",
    "12:00": "noon| 12  Noon|midday|mid-day|midi|à midi|mediodía|al mediodía|meio-dia|ao meio-dia"
    "|12 pm|12 del mediodía|12h",
    "12:01": "12:01 P.M.",
    "15:00": "3 da tarde|3 de la tarde|3 in the afternoon|3 h de l’après-midi",
    "18:00": "18:00|18h|18 h|6 pm|6pm|6 p. m.|1800|18:00 hrs|18 horas|18hs|à 18h|a las 18|às 18"
    "|18 heures|at 6 pm|6 de la tarde|6 h du soir",
    "21:00": "21|21h|9 de la noche|a las 9 de la noche|9 da noite|às 9 da noite|9 heures du soir"
    "|9 at night|9 in the evening",
    "21:30": " 21.30 |21h30|21 h 30|9.30 pm|9:30 p.m.|930pm|2130|9:30 de la noche|21:30h"
    "|21 heures 30",
    "23:59": "23:59|11:59 pm",
}
UNCLEAR = (
    "|9:60|25|24:01|13 pm|0 am|9 noon|-1|9:5|9:|9-10|9:00:00|١٢:٠٠|9 am pm|21:00 pm|half past"
    "|half past nine|half past 9|quarter to 9|9 o'clock|9ish|nine|2 at night|12 de la mañana"
    "|12 in the morning|9 et demie|9 y media|nove e meia|neuf heures|teatime|soir"
)


@pytest.mark.parametrize(
    ("typed", "time"),
    [(typed, time) for time, each in TIMES.items() for typed in each.split("|")],
)
def test_times_as_people_write_them(typed: str, time: str) -> None:
    minute = parse_time(typed)
    assert minute is not None
    assert clock_face(minute) == time


@pytest.mark.parametrize("typed", [*UNCLEAR.split("|"), "9" * 99, "9 " * 3000])
def test_what_may_be_another_time_is_none(typed: str) -> None:
    assert parse_time_and_zone(typed) == (None, "")


@given(st.integers(0, 1439))
def test_what_is_shown_can_be_typed(minute: int) -> None:
    assert parse_time(clock_face(minute)) == minute


@given(st.text(max_size=40))
def test_anything_is_a_minute_of_a_day_or_none(typed: str) -> None:
    minute, _zone = parse_time_and_zone(typed)
    assert minute is None or 0 <= minute < 1440


@pytest.mark.parametrize(
    ("typed", "minute", "zone"),
    [
        ("18:00 CET", 1080, "CET"),
        ("6 pm New York", 1080, "New York"),
        ("noon UTC+2", 720, "UTC+2"),
        ("21h heure de Paris", 1260, "heure de Paris"),
        ("9 at night London", 1260, "London"),
        ("18:00 Atlantis", None, ""),
        ("CET", None, ""),
    ],
)
def test_a_zone_may_stand_behind_a_time(typed: str, minute: int | None, zone: str) -> None:
    assert parse_time_and_zone(typed) == (minute, zone)
