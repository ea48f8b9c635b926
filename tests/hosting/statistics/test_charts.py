"""A scale ends at a round number, close above the highest value."""

import pytest

from bot.hosting.statistics.charts import round_top


@pytest.mark.parametrize(
    ("most", "top"),
    [
        (0.2, 2),
        (1, 2),
        (3, 4),
        (10, 10),
        (10.1, 12),
        (25, 30),
        (100, 100),
        (102, 120),
        (999, 1000),
        (1001, 1200),
        (2_345_678, 3_000_000),
    ],
)
def test_a_scale_ends_at_a_round_number_of_which_half_is_whole(most: float, top: int) -> None:
    assert round_top(most) == top
    assert top % 2 == 0
