"""Every sign is written in a font that has it, or it is told which ones none has."""

import pytest

from bot.picture.fonts import Family, can_shape, faces_for, is_right_to_left, missing, runs, width
from bot.picture.scripts import has_cjk, language_of

WRITTEN = (
    *("Élan vital", "Привет, мир", "Ελλάδα", "שלום עולם", "مرحبا", "สวัสดี", "नमस्ते", "→ ✓"),
    *("নমস্তে", "வணக்கம்", "ខ្មែរ", "გამარჯობა", "ሰላም", "မြန်မာ"),
    *("毎朝、パンを焼く「本当に」", "我们在船上烤面包。", "매일 아침 빵을 구웠어요"),
    *("🎉😂", "❤️", "👩‍🚀", "👨‍👩‍👧", "🇫🇷", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "1️⃣", "☕"),
)


def test_what_the_pictures_are_written_with_is_installed() -> None:
    assert can_shape(), "apt install libfribidi0"
    assert has_cjk(), "uv sync"


@pytest.mark.parametrize("text", WRITTEN)
@pytest.mark.parametrize("family", [Family(language="ja"), Family(is_bold=True, language="zh")])
def test_many_scripts_are_written_whole(text: str, family: Family) -> None:
    assert missing(text, family) == []
    assert "".join(run for run, _face in runs(text, family)) == text
    assert width(text, family, 40) > 0


@pytest.mark.parametrize("sign", ["❤️", "👩‍🚀", "👨‍👩‍👧", "🇫🇷", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽"])
def test_an_emoji_of_several_letters_is_one_picture(sign: str) -> None:
    family = Family()
    assert width(sign, family, 64) <= 1.1 * width("😂", family, 64)


def test_a_sign_that_no_font_has_is_told() -> None:
    family = Family()
    assert missing("a \U00013000 b \U00013000 ❤️", family) == ["\U00013000"]
    with pytest.raises(ValueError, match="no font has"):
        list(runs("\U00013000", family))


def test_signs_that_only_choose_a_form_are_never_missing() -> None:
    assert missing("a\u200db\ufe0f \u200c", Family()) == []


def test_the_same_sign_is_shaped_as_its_language_writes_it() -> None:
    places = {tag: next(faces_for("骨", Family(language=tag))).place for tag in ("ja", "zh", "ko")}
    assert len(set(places.values())) == 3
    assert next(faces_for("骨", Family(language="zh-TW"))).place != places["zh"]


@pytest.mark.parametrize(
    ("text", "language"), [("パン", "ja"), ("빵", "ko"), ("面包", "zh"), ("bread", "zh")]
)
def test_without_a_language_the_signs_tell_it(text: str, language: str) -> None:
    assert language_of(text, "en") == language
    assert language_of(text, "ja") == "ja"


def test_the_direction_is_that_of_the_first_letter() -> None:
    assert is_right_to_left('"שלום" said Ada')
    assert not is_right_to_left("Ada said שלום")
    assert not is_right_to_left("123 …")
