"""Contrast is measured as WCAG says."""

import pytest

from bot.interview.colours import contrast


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
