"""A text fills its space: whole, in order, in even lines."""

from hypothesis import given
from hypothesis import strategies as st

from bot.interview.model import CUT
from bot.picture.fonts import REGULAR, width
from bot.picture.layout import LARGEST, LINE_HEIGHT, SMALLEST, clean, lay_out

SENTENCE = "We baked bread on a boat, and nobody minded the rain."


@given(
    words=st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=60),
    room=st.integers(200, 1000),
)
def test_all_words_are_there_whole_and_in_order(words: list[str], room: int) -> None:
    layout = lay_out(" ".join(words), room, 400, lambda text: 0.5 * len(text))
    written = [word for line in layout.lines for word in line.split()]
    words_left = written[:-1] if written[-1] == CUT else written
    assert "".join(words).startswith("".join(words_left))
    assert written[-1] == CUT or "".join(words_left) == "".join(words)
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
    text = " ".join(layout.lines).removesuffix(f" {CUT}")
    assert (SENTENCE * 60).startswith(f"{text} ")


def test_signs_without_a_place_on_paper_are_left_out() -> None:
    assert clean("a\u0000\u202eb\u200bc \n d\ufeff") == "abc d"
    assert clean("e\u0301") == "é"
