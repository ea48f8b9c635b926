"""A part of a quote shows the words that were looked for."""

from bot.ui.excerpts import begun_at, highlighted

TEXT = "So often, as a dancer, we watch these movies and say that this is not how it goes at all."


def test_a_line_begins_where_a_phone_shows_the_word() -> None:
    assert begun_at(frozenset({"dancer"}), TEXT, 100) == TEXT
    line = begun_at(frozenset({"goes"}), TEXT, 100)
    assert line.startswith("\u2026 ")
    assert line.index("goes") < 36
    assert begun_at(frozenset(), TEXT, 20) == "So often, as a\u2026"


def test_words_are_marked_however_they_are_written() -> None:
    marked = highlighted(frozenset({"dancer", "goes"}), TEXT, 500)
    assert "a **dancer**, we" in marked
    assert "it **goes** at" in marked
    assert len(highlighted(frozenset({"dancer"}), TEXT * 100, 40)) <= 40
