"""The weeks and months that scores are added up for, in UTC."""

from datetime import UTC, datetime
from enum import StrEnum


class Period(StrEnum):
    WEEK = "week"
    MONTH = "month"
    EVER = "ever"

    def key(self, unix_seconds: float) -> str:
        """Name the period in which a moment lies, as it is stored: 2026-W48, 2026-11, ever."""
        moment = datetime.fromtimestamp(unix_seconds, UTC)
        match self:
            case Period.WEEK:
                year, week, _day = moment.isocalendar()
                return f"{year}-W{week:02}"
            case Period.MONTH:
                return f"{moment.year}-{moment.month:02}"
            case Period.EVER:
                return "ever"
