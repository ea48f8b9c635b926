"""Every colour of a picture can be read, whatever a pack says."""

import pytest

from bot.interview.colours import LEGIBLE, contrast
from bot.picture.poster import Poster, is_light, palette
from bot.ui.quote_cards import ACCENTS

PAIRS = [(None, None), (0x1B2A41, 0xF6F3EE), (0xFFF8E7, 0x3A2A1A), (0x808080, 0x7F7F7F)]


def poster(accent: int | None, pair: tuple[int | None, int | None], *, is_swapped: bool) -> Poster:
    background, text = pair
    return Poster(
        *("Loaf.", "Ada", "", "", "", ""), accent, background, text, is_swapped=is_swapped
    )


@pytest.mark.parametrize("is_swapped", [False, True])
@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("accent", [*ACCENTS, None, 0x000001, 0xFFFFFF, 0xFF0000, 0x0000FF])
def test_every_colour_can_be_read(
    accent: int | None, pair: tuple[int | None, int | None], is_swapped: bool
) -> None:
    colours = palette(poster(accent, pair, is_swapped=is_swapped))
    for colour in (colours.text, colours.accent, colours.small):
        assert contrast(colour, colours.background) >= LEGIBLE


@pytest.mark.parametrize("pair", PAIRS)
def test_of_the_two_styles_one_is_light(pair: tuple[int | None, int | None]) -> None:
    styles = [poster(None, pair, is_swapped=is_swapped) for is_swapped in (False, True)]
    assert sorted(map(is_light, styles)) == [False, True]


def test_a_pack_is_drawn_in_its_own_colours_and_in_ours_where_they_cannot_be_read() -> None:
    own = palette(poster(0xE0A458, PAIRS[1], is_swapped=False))
    assert (own.background, own.text) == ((0x1B, 0x2A, 0x41), (0xF6, 0xF3, 0xEE))
    assert own.accent == (0xE0, 0xA4, 0x58)
    unreadable = palette(poster(None, PAIRS[3], is_swapped=False))
    assert unreadable == palette(poster(None, PAIRS[0], is_swapped=False))
