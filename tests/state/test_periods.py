"""The weeks and months of boards are those of the calendar."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.state.periods import Period


@given(seconds=st.integers(1_700_000_000, 2_200_000_000))
def test_periods_are_those_of_the_calendar(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert Period.WEEK.key(moment.timestamp()) == moment.strftime("%G-W%V")
    assert Period.MONTH.key(moment.timestamp()) == moment.strftime("%Y-%m")
    assert Period.EVER.key(moment.timestamp()) == "ever"
