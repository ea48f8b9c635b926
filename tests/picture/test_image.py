"""Whatever a quote holds, its picture is legible, whole and within its margins."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.picture.fonts import REGULAR, runs
from bot.picture.image import HEIGHT, MARGIN, WIDTH, draw
from bot.picture.poster import Poster
from bot.ui.quote_cards import ACCENTS

ANYTHING = st.text(max_size=400) | st.text(st.sampled_from("ab \u202e\u200d\U0001f469é你ש ـ\n"))


SENTENCE = "We baked bread on a boat, and nobody minded the rain."


def poster(text: str, **more: object) -> Poster:
    fields = {
        "speaker": "Ada Example",
        "part": "Rye",
        "work": "The Floating Oven",
        "outlet": "The Harbour Post",
        "place": "Quote 1 · question 1 of 5",
        "accent": ACCENTS[0],
        **more,
    }
    return Poster(text=text, **fields)  # pyright: ignore[reportArgumentType]


def opened(text: str, **more: object) -> Image.Image:
    with Image.open(io.BytesIO(draw(poster(text, **more)))) as image:
        assert image.format == "PNG"
        return image.convert("RGB")


@pytest.mark.parametrize(
    "text",
    [
        "Yes.",
        SENTENCE,
        SENTENCE * 60,
        "w" * 400,
        "היינו אופים לחם על סירה",
        "كنا نخبز الخبز على القارب",
        "我们在船上烤面包" * 20,
        "\U0001f469\u200d\U0001f680 " * 50,
        "\u0000\u202e",
    ],
)
def test_nothing_is_written_in_the_margins(text: str) -> None:
    image = opened(text, speaker=text[:80] or "?", work=text[:100] or "?")
    assert image.size == (WIDTH, HEIGHT)
    background = Image.new("RGB", image.size, image.getpixel((0, 0)))
    box = ImageChops.difference(image.convert("RGB"), background).getbbox()
    assert box is not None, "something is written"
    left, top, right, bottom = box
    assert left >= MARGIN - 12
    assert right <= WIDTH - MARGIN + 12
    assert top > 20
    assert bottom < HEIGHT - 20


@settings(max_examples=60)
@given(text=ANYTHING)
def test_any_text_can_be_drawn(text: str) -> None:
    assert opened(text, part=text[:20]).size == (WIDTH, HEIGHT)


def test_a_sign_that_no_font_has_is_a_box() -> None:
    assert "".join(run for run, _name in runs("a你b", REGULAR)) == "a\u25a1b"
    image = opened("你")
    assert image.convert("RGB").getcolors(100_000) is not None
    assert opened("你").tobytes() != opened(" ").tobytes()
