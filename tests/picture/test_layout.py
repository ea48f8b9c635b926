"""A text fills its space: whole, in order, in even lines, as large as it can be."""

from hypothesis import given
from hypothesis import strategies as st

from bot.interview.model import CUT
from bot.letters import ELLIPSIS
from bot.picture.fonts import Family, width
from bot.picture.layout import LINE_HEIGHT, Space, few_lines, lay_out
from bot.picture.scripts import clean

SENTENCE = "We baked bread on a boat, and nobody minded the rain. "
SPACE = Space(900, 800, largest=280, smallest=34)


def measure(text: str) -> float:
    return width(text, Family(language="ja"), 64) / 64


@given(
    words=st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=60),
    room=st.integers(300, 1000),
)
def test_all_words_are_there_whole_and_in_order(words: list[str], room: int) -> None:
    layout = lay_out(" ".join(words), Space(room, 400, 76, 24), lambda text: 0.5 * len(text))
    written = [word for line in layout.lines for word in line.split()]
    words_left = written[:-1] if written[-1] == CUT else written
    assert words[: len(words_left)] == words_left
    assert written[-1] == CUT or words_left == words
    assert 24 <= layout.size <= 76
    assert all(0.5 * len(line) * layout.size <= room + 1 for line in layout.lines)
    assert len(layout.lines) * layout.size * LINE_HEIGHT <= 400 + 1


def test_lines_are_about_as_long_as_each_other() -> None:
    layout = lay_out(SENTENCE * 3, SPACE, measure)
    lengths = [measure(line) for line in layout.lines]
    assert len(lengths) > 2
    assert min(lengths) > 0.55 * max(lengths)


def test_a_long_text_is_cut_at_a_word() -> None:
    layout = lay_out(SENTENCE * 60, SPACE, measure)
    assert layout.size == SPACE.smallest
    assert layout.lines[-1].endswith(CUT)
    text = " ".join(layout.lines).removesuffix(f" {CUT}")
    assert (SENTENCE * 60).startswith(f"{text} ")


def test_no_word_is_divided_where_smaller_type_keeps_it_whole() -> None:
    layout = lay_out("Unbelievable, extraordinarily beautiful.", SPACE, measure)
    assert " ".join(layout.lines) == "Unbelievable, extraordinarily beautiful."


def test_japanese_breaks_anywhere_but_before_what_closes() -> None:
    text = "毎朝、船の上でパンを焼いて、雨を気にする人は誰もいなかった。" * 3
    layout = lay_out(text, SPACE, measure)
    assert "".join(layout.lines) == text
    assert len(layout.lines) > 3
    assert not any(line[0] in "、。ー」っ" for line in layout.lines)
    lengths = [len(line) for line in layout.lines[:-1]]
    assert max(lengths) - min(lengths) <= 2, "lines are full"


def test_an_emoji_is_never_divided() -> None:
    layout = lay_out("👨‍👩‍👧" * 60, SPACE, measure)
    assert all(set(line) == set("👨‍👩‍👧") and line[0] == "👨" for line in layout.lines)


def test_a_long_name_stands_on_few_lines_of_its_size() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff " * 6
    lines = few_lines(name.strip(), 20, 3, measure)
    assert len(lines) == 3
    assert all(measure(line) <= 20 for line in lines)
    assert lines[-1].endswith(ELLIPSIS)
    assert few_lines("Ada Example", 20, 3, measure) == ("Ada Example",)


def test_signs_without_a_place_on_paper_are_left_out() -> None:
    assert clean("a\u0000\u202eb\u200bc \n d\ufeff\U000e0067") == "abc d"
    assert clean("e\u0301") == "é"
    assert clean("🏴󠁧󠁢󠁥󠁮󠁧󠁿") == "🏴󠁧󠁢󠁥󠁮󠁧󠁿"
