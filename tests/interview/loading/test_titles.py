"""Questions are called by what asks in them, cut where the sense allows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interview.loading.titles import is_heard, is_telling, summary_of_question, title_of
from bot.interview.model import MAX_CHOICE
from bot.interview.pack.entries import MAX_SUMMARY


@pytest.mark.parametrize(
    ("question", "language", "title"),
    [
        ("Welcome to the show. It rains. How did it begin?", "en", "How did it begin?"),
        ("So, Ada, how did it begin?", "en", "How did it begin?"),
        ("Why did you leave? Let us look at that first.", "en", "Why did you leave?"),
        ("Who paid for all of it? Right?", "en", "Who paid for all of it?"),
        ("That is a good trick. Tell me about the shop.", "en", "Tell me about the shop."),
        ("Tell me about the shop. It was so good.", "en", "Tell me about the shop."),
        ("(OFF-MIKE) Who bakes the bread?", "en", "Who bakes the bread?"),
        ("How did you come to write the first of them?", "en", "How did you come to write…"),
        ("When did you build it, and who paid you for that?", "en", "When did you build it…"),
        ("Wie kam es zu dem Boot, und wer hat es bezahlt?", "de", "Wie kam es zu dem Boot…"),
        ("你好。你为什么做面包？", "zh", "你为什么做面包？"),
        ("Why?", "en", "Why?"),
        ("And then what did you do with all of it?", "en", "What did you do with all of it?"),
        ("Since you have had no oven for years, where do you bake?", "en", "Where do you bake?"),
        ("Before we row there, as a baker, was it hard?", "en", "Was it hard?"),
        ("Wenn man so lange auf See ist, was fehlt einem?", "de", "Was fehlt einem?"),
        (
            "Quand on est si longtemps en mer, qu’est-ce qui manque ?",
            "fr",
            "Qu’est-ce qui manque ?",
        ),
        ("Y entonces, ya en el mar, ¿quién hace el pan?", "es", "¿Quién hace el pan?"),
        ('You call the whole place "The Old Mill of the Sea"?', "en", "You call the whole place…"),
    ],
)
def test_a_question_is_called_by_what_asks(question: str, language: str, title: str) -> None:
    assert title_of(question, language) == title


@pytest.mark.parametrize(
    ("question", "is_right"),
    [
        ("How did the oven come on board?", True),
        ("Right?", False),
        ("And the next, please?", False),
        ("That is good.", False),
        ("Tell me about the shop.", False),
        ("Do you correspond with all the others over there?", False),
        ("Which baker carried the oven on board of the boat?", True),
    ],
)
def test_only_what_asks_for_something_can_be_guessed_by_its_title(
    question: str, is_right: bool
) -> None:
    assert is_telling(question, title_of(question, "en"), "en") is is_right


@pytest.mark.parametrize(
    ("question", "is_right"),
    [("(OFF-MIKE)", False), ("[inaudible]", False), ("(OFF-MIKE) Why?", True)],
)
def test_what_nobody_understood_is_no_question(question: str, is_right: bool) -> None:
    assert is_heard(question) is is_right


def test_a_long_question_keeps_its_end_from_a_sentence_on() -> None:
    small_talk = "We talk about clocks today and about those who build them. " * 20
    summary = summary_of_question(f"{small_talk}When did you build the first? Take your time.")
    assert summary.startswith("… We talk about clocks")
    assert summary.endswith("build them. When did you build the first?")
    assert len(summary) <= MAX_SUMMARY
    assert summary_of_question("Short. Is it?") == "Short. Is it?"


@given(
    words=st.lists(st.text(st.characters(categories=("L", "P")), min_size=1), min_size=1),
    language=st.sampled_from(["en", "fr", "zh", "xx"]),
)
def test_titles_and_summaries_fit_and_cut_no_word(words: list[str], language: str) -> None:
    question = " ".join(words)
    title = title_of(question, "en" if language == "xx" else language)
    assert 0 < len(title) <= MAX_CHOICE
    assert 0 < len(summary_of_question(question)) <= MAX_SUMMARY


@given(
    st.lists(st.sampled_from(["boat", "oven", "the", "of", "carried", "who", "and,"]), max_size=30)
)
def test_a_title_cuts_no_word(words: list[str]) -> None:
    question = f"What {' '.join(words)}?"
    shown = title_of(question, "en").removesuffix("…").removesuffix("?")
    assert {word.strip(",").lower() for word in shown.split()} <= {
        word.strip(",?").lower() for word in question.split()
    }
