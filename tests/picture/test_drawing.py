"""Whatever a quote holds, its picture is legible, whole and within its margins."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.interview.model import CUT
from bot.picture.fonts import BOLD, REGULAR, is_right_to_left, runs, width
from bot.picture.image import HEIGHT, MARGIN, WIDTH, draw
from bot.picture.layout import LARGEST, LINE_HEIGHT, SMALLEST, clean, lay_out
from bot.picture.poster import LEGIBLE, Poster, contrast, palette
from bot.ui.render import ACCENTS

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


@pytest.mark.parametrize("accent", [*ACCENTS, None, 0x000001, 0xFFFFFF, 0xFF0000, 0x0000FF])
def test_every_colour_can_be_read(accent: int | None) -> None:
    colours = palette(accent)
    for colour in (colours.text, colours.accent, colours.small):
        assert contrast(colour, colours.background) >= LEGIBLE


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


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


@given(
    words=st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=60),
    room=st.integers(200, 1000),
)
def test_all_words_are_there_whole_and_in_order(words: list[str], room: int) -> None:
    layout = lay_out(" ".join(words), room, 400, lambda text: 0.5 * len(text))
    written = [word for line in layout.lines for word in line.split()]
    kept = written[:-1] if written[-1] == CUT else written
    assert "".join(words).startswith("".join(kept))
    assert written[-1] == CUT or "".join(kept) == "".join(words)
    assert SMALLEST <= layout.size <= LARGEST
    assert all(0.5 * len(line) * layout.size <= room + 1 for line in layout.lines)
    assert len(layout.lines) * layout.size * LINE_HEIGHT <= 400 + 1


def test_lines_are_about_as_long_as_each_other() -> None:
    layout = lay_out(SENTENCE * 3, 980, 380, lambda text: width(text, REGULAR, 64) / 64)
    lengths = [width(line, REGULAR, 64) for line in layout.lines]
    assert len(lengths) > 2
    assert min(lengths) > 0.55 * max(lengths)


def test_a_long_text_is_cut_at_a_word() -> None:
    layout = lay_out(SENTENCE * 60, 980, 380, lambda text: width(text, REGULAR, 64) / 64)
    assert layout.size == SMALLEST
    assert layout.lines[-1].endswith(CUT)
    whole = " ".join(layout.lines).removesuffix(f" {CUT}")
    assert (SENTENCE * 60).startswith(f"{whole} ")


def test_a_sign_that_no_font_has_is_a_box() -> None:
    assert "".join(run for run, _name in runs("a你b", REGULAR)) == "a\u25a1b"
    image = opened("你")
    assert image.convert("RGB").getcolors(100_000) is not None
    assert opened("你").tobytes() != opened(" ").tobytes()


@pytest.mark.parametrize(
    "text", ["Élan vital", "Привет, мир", "Ελλάδα", "שלום עולם", "مرحبا", "สวัสดี", "नमस्ते", "→ ✓"]
)
def test_many_scripts_are_written_without_a_box(text: str) -> None:
    for family in (REGULAR, BOLD):
        assert "".join(run for run, _name in runs(text, family)) == text


def test_the_direction_is_that_of_the_first_letter() -> None:
    assert is_right_to_left('"שלום" said Ada')
    assert not is_right_to_left("Ada said שלום")
    assert not is_right_to_left("123 …")


def test_signs_without_a_place_on_paper_are_left_out() -> None:
    assert clean("a\u0000\u202eb\u200bc \n d\ufeff") == "abc d"
    assert clean("e\u0301") == "é"
