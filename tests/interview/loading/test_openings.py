"""How a sentence begins tells whether it asks, and what of it only joins it to another."""

import pytest

from bot.interview.loading.openings import begins_asking, without_joints


@pytest.mark.parametrize(
    ("clause", "language", "is_right"),
    [
        ("Who bakes the bread", "en", True),
        ("didn’t you row there", "en", True),
        ("when did you row there", "en", True),
        ("when we rowed there", "en", False),
        ("the bread is baked", "en", False),
        ("“wie kam das Boot", "de", True),
        ("qu’est-ce qui manque", "fr", True),
        ("¿quién hace el pan", "es", True),
        ("quien hace el pan", "es", False),
        ("Vem bakar brödet", "sv", False),
        ("", "en", False),
    ],
)
def test_a_question_begins_with_a_word_that_asks(
    clause: str, language: str, is_right: bool
) -> None:
    assert begins_asking(clause, language) is is_right


@pytest.mark.parametrize(
    ("sentence", "language", "rest"),
    [
        ("And so, who bakes?", "en", "who bakes?"),
        ("Und wer bäckt?", "de", "wer bäckt?"),
        ("Android is a system.", "en", "Android is a system."),
        ("So", "en", "So"),
        ("Och vem bakar?", "sv", "Och vem bakar?"),
    ],
)
def test_what_only_joins_is_left_out(sentence: str, language: str, rest: str) -> None:
    assert without_joints(sentence, language) == rest
