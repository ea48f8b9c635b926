"""Days as the bot counts them: in UTC, since 1970."""

from typing import Final

SECONDS_A_DAY: Final = 86_400


def day_of(unix_seconds: float) -> int:
    """Give the UTC day, counted since 1970."""
    return int(unix_seconds // SECONDS_A_DAY)


def begins_at(day: int) -> int:
    """Give the unix time at which a day begins."""
    return day * SECONDS_A_DAY
