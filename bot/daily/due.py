"""When a daily post is due: pure rules about local times and zones."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.text import _

LATE_SECONDS: Final = 6 * 3600
"""A post that is later than this is left out."""
MINUTES_A_DAY: Final = 24 * 60
WEEK_SECONDS: Final = 7 * 24 * 3600
_MONDAY: Final = 3 * 24 * 3600


class ZoneGoneError(UserError):
    """A time zone that was chosen once is not on this machine."""

    def __init__(self, zone: str) -> None:
        super().__init__(
            _("I no longer know the time zone {zone}.", zone=zone[:60]),
            _("Type /schedule with another zone."),
        )


def next_due(minute: int, zone: str, after: float) -> int:
    """Give the first time after `after` at which a local day is so many minutes old; unix seconds.

    A time that the clocks leave out in spring comes as much later as they leave out, or earlier
    where later were the next day; a day that they leave out has none. Of a time that they have
    twice in autumn the first counts. Raises ZoneGoneError.
    """
    try:
        place = ZoneInfo(zone)
    # A damaged file of it raises what its bytes happen to.
    except Exception as error:
        raise ZoneGoneError(zone) from error
    day = datetime.fromtimestamp(after, place).date()
    while (due := _due_on(day, minute, place)) is None or due <= after:
        day += timedelta(days=1)
    return due


def next_weekly(minute: int, zone: str, after: float) -> int:
    """Give the first time after `after` at which a week is told; unix seconds.

    Weeks are those of the boards, which end on Monday at midnight in UTC: a week is told at the
    first such time of day after that. Raises ZoneGoneError.
    """
    monday = week_before(after) + WEEK_SECONDS
    due = next_due(minute, zone, monday - 1)
    return due if due > after else next_due(minute, zone, monday + WEEK_SECONDS - 1)


def week_before(moment: float) -> int:
    """Give the beginning of the week that was over last; unix seconds."""
    # 1970 began on a Thursday.
    return int(moment + _MONDAY) // WEEK_SECONDS * WEEK_SECONDS - _MONDAY - WEEK_SECONDS


def _due_on(day: date, minute: int, place: ZoneInfo) -> int | None:
    """Give the time at which a local day is so many minutes old; None where there is no such day.

    A post a day: one that is moved out of its day would be the second of another.
    """
    clock = datetime.combine(day, time(*divmod(minute, 60)), place)
    moments = (clock.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    matches = (moment for moment in moments if moment.astimezone(place).date() == day)
    return next((int(match.timestamp()) for match in matches), None)
