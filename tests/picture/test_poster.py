"""Every colour of a picture can be read."""

import pytest

from bot.picture.poster import LEGIBLE, contrast, palette
from bot.ui.quote_cards import ACCENTS


@pytest.mark.parametrize("accent", [*ACCENTS, None, 0x000001, 0xFFFFFF, 0xFF0000, 0x0000FF])
def test_every_colour_can_be_read(accent: int | None) -> None:
    colours = palette(accent)
    for colour in (colours.text, colours.accent, colours.small):
        assert contrast(colour, colours.background) >= LEGIBLE


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
