"""Whatever a quote holds, its picture is legible, whole and within its margins."""

import io
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.picture.fonts import Family, missing
from bot.picture.image import FOOT, TALL, WIDE, UnwritableError, draw, drawn_page
from bot.picture.poster import Poster
from bot.picture.scripts import clean
from bot.ui.quote_cards import ACCENTS

ANYTHING = st.text(max_size=400) | st.text(st.sampled_from("ab \u202e\u200d\U0001f469é你ש ـ\n"))
SENTENCE = "We baked bread on a boat, and nobody minded the rain."
OF_45_WORDS = " ".join([SENTENCE] * 4 + ["It was all of us."])
LONG_NAME = "Maria Wolfeschlegelsteinhausenbergerdorff-Oyelaran-Papadimitropoulou de la Santísima"

QUOTES = {
    "short": "Yes.",
    "a sentence": SENTENCE,
    "45 words": OF_45_WORDS,
    "endless": SENTENCE * 60,
    "one word": "w" * 400,
    "Arabic": "كنا نخبز الخبز على القارب كل صباح، ولم يكن أحد يهتم بالمطر.",
    "Hebrew": "היינו אופים לחם על סירה Encore 2024 כל בוקר",
    "Japanese": "毎朝、船の上でパンを焼いていました。「本当に」楽しかったんです。",
    "Chinese": "我们每天早上在船上烤面包，没有人在意下雨。" * 4,
    "Korean": "우리는 매일 아침 배 위에서 빵을 구웠고, 아무도 비를 신경 쓰지 않았어요.",
    "Thai": "เราอบขนมปังบนเรือทุกเช้า และไม่มีใครสนใจสายฝนเลย",
    "Hindi": "हम हर सुबह नाव पर रोटी पकाते थे, और किसी को बारिश की परवाह नहीं थी।",
    "emoji": "We won 🎉😂 and I ❤️ it. 👩‍🚀 from 🇫🇷 to 🏴󠁧󠁢󠁥󠁮󠁧󠁿, 👍🏽 ☕ 1️⃣",
    "nothing": "\u0000\u202e",
}
EVERY_SHAPE = pytest.mark.parametrize("is_wide", [False, True])
EVERY_QUOTE = pytest.mark.parametrize("text", QUOTES.values(), ids=QUOTES.keys())


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


def opened(one: Poster) -> Image.Image:
    with Image.open(io.BytesIO(draw(one))) as image:
        assert image.format == "PNG"
        return image.convert("RGB")


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """Give where something is written."""
    background = Image.new("RGB", image.size, image.getpixel((0, 0)))
    box = ImageChops.difference(image, background).getbbox()
    assert box is not None, "something is written"
    return box


@EVERY_SHAPE
@EVERY_QUOTE
@pytest.mark.parametrize("name", ["Ada Example", LONG_NAME])
def test_nothing_is_written_in_the_margins(text: str, is_wide: bool, name: str) -> None:
    shape = WIDE if is_wide else TALL
    image = opened(poster(text, is_wide=is_wide, speaker=name, work=text[:100] or "?"))
    assert image.size == (shape.width, shape.height)
    margin = shape.px(shape.margin) - shape.px(16)
    left, top, right, bottom = ink(image)
    assert min(left, top) >= margin
    assert right <= shape.width - margin
    assert bottom <= shape.height - margin


@EVERY_SHAPE
@EVERY_QUOTE
@pytest.mark.parametrize("name", ["Ada Example", LONG_NAME])
def test_nothing_stands_over_anything_else(text: str, is_wide: bool, name: str) -> None:
    boxes = drawn_page(poster(text, is_wide=is_wide, speaker=name)).boxes
    for one, other in combinations(boxes, 2):
        is_beside = one[2] <= other[0] + 1 or other[2] <= one[0] + 1
        is_above = one[3] <= other[1] + 1 or other[3] <= one[1] + 1
        assert is_beside or is_above, (one, other)


@EVERY_SHAPE
@EVERY_QUOTE
def test_nothing_is_smaller_than_a_phone_can_show(text: str, is_wide: bool) -> None:
    shape = WIDE if is_wide else TALL
    page = drawn_page(poster(text, is_wide=is_wide, speaker=LONG_NAME, part="Rye" * 30))
    assert min(page.sizes) >= FOOT * shape.width / 1080


@pytest.mark.parametrize(("text", "least"), [("Yes.", 240), ("We were never alone.", 150)])
def test_few_words_are_large(text: str, least: int) -> None:
    page = drawn_page(poster(text))
    assert max(page.sizes) >= least


@EVERY_QUOTE
def test_no_two_thirds_are_empty(text: str) -> None:
    """From the mark down to the source, no stretch of more than a third is without anything."""
    ends = 0.0
    for box in sorted(drawn_page(poster(text)).boxes, key=lambda box: box[1]):
        assert box[1] - ends < TALL.height / 3
        ends = max(ends, box[3])


def test_45_words_are_larger_than_what_stands_below_them() -> None:
    assert max(drawn_page(poster(OF_45_WORDS)).sizes) >= 1.5 * FOOT


@EVERY_SHAPE
@pytest.mark.parametrize("script", ["Arabic", "Hebrew"])
def test_what_runs_to_the_left_is_mirrored_with_all_that_belongs_to_it(
    script: str, is_wide: bool
) -> None:
    shape = WIDE if is_wide else TALL
    turned = drawn_page(poster(QUOTES[script], is_wide=is_wide))
    straight = drawn_page(poster(SENTENCE, is_wide=is_wide))
    edge = shape.width - shape.px(shape.margin)
    for page in (turned, straight):
        for left, _top, right, bottom in page.boxes:
            is_foot = bottom > shape.height * 0.75
            if is_foot and page is turned:
                assert right == pytest.approx(edge, abs=1)
            elif is_foot:
                assert left == pytest.approx(shape.width - edge, abs=1)


def test_a_long_name_is_wrapped_and_keeps_its_size() -> None:
    short, long = drawn_page(poster(SENTENCE)), drawn_page(poster(SENTENCE, speaker=LONG_NAME))
    size = TALL.px(TALL.name)
    assert short.sizes.count(size) == 1
    assert long.sizes.count(size) >= 2


@EVERY_SHAPE
def test_the_two_styles_and_a_packs_own_colours_are_the_pictures_ground(is_wide: bool) -> None:
    plain = poster(SENTENCE, is_wide=is_wide, ground=0x1B2A41, ink=0xF6F3EE)
    assert opened(plain).getpixel((0, 0)) == (0x1B, 0x2A, 0x41)
    assert opened(replace(plain, is_swapped=True)).getpixel((0, 0)) == (0xF6, 0xF3, 0xEE)


@settings(max_examples=60)
@given(text=ANYTHING)
@example(text="\U00011c92")
def test_any_text_can_be_drawn_or_it_is_told_why_not(text: str) -> None:
    one = poster(text, part=text[:20])
    signs = missing(clean(f"{text} "), Family()) + missing(clean(text[:20]), Family(is_bold=True))
    if not signs:
        assert opened(one).size == (TALL.width, TALL.height)
        return
    with pytest.raises(UnwritableError) as raised:
        draw(one)
    assert set(raised.value.signs) == set(signs)


def test_what_no_font_has_is_never_a_box_but_an_error() -> None:
    for field in ("text", "speaker", "work"):
        with pytest.raises(UnwritableError) as raised:
            draw(replace(poster(SENTENCE), **{field: "a \U00013000"}))
        assert raised.value.signs == ["\U00013000"]
