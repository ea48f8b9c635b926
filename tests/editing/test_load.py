"""Whoever loads a transcript is told what was understood."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.editing.load import plan_of, summary_of
from bot.editing.load_command import question_about
from bot.editing.voices_heard import first_and_last, is_doubtful, longest_answer, sureness
from bot.interview.transcript import Decisions, SpokenLine, Transcript, Unsure
from bot.text import say
from tests.editing.talks import EXAMPLE, Talk
from tests.interview.loading.checkouts import Checkout, boat_checkout


def test_the_summary_says_what_was_understood(tmp_path: Path) -> None:
    checkout = boat_checkout(tmp_path)
    summary = list(summary_of(checkout.transcript(), checkout.plan()))
    assert summary[:4] == [
        "Title: Two bakers on a boat",
        "Interviewer: The Harbour Post",
        "Questions: 2",
        "Answers: 3",
    ]
    assert "  Ada Example: 3 sentences in 1 answer" in summary
    assert "  Ben Sample: 3 sentences in 2 answers" in summary
    assert "Adds to boat: 3 quotes, 2 of them drawn at random" in summary
    assert any(line.startswith("Shape of the labels: colon") for line in summary)


def test_the_summary_shows_the_first_and_last_words_of_each_voice(tmp_path: Path) -> None:
    checkout = boat_checkout(tmp_path)
    summary = list(summary_of(checkout.transcript(), checkout.plan()))
    at = summary.index("  Ben Sample: 3 sentences in 2 answers")
    assert summary[at + 1] == "    first, line 7: “I held the rope.”"
    assert summary[at + 2].startswith("    last, line 11: “The oven came later, in eleven pieces,")
    at = summary.index("  The Harbour Post asks:")
    assert summary[at + 1] == "    first, line 3: “How did it begin?”"
    assert summary[at + 2] == "    last, line 9: “And what about the oven?”"
    (longest,) = [line for line in summary if line.startswith("Longest answer: ")]
    assert longest.startswith("Longest answer: Ada Example, line 5, 31 words: “We found the boat")
    assert "Left out: 1 line that is nobody's words" in summary


def test_the_summary_names_the_topics_of_a_new_interview(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    summary = list(summary_of(checkout.transcript(), checkout.plan()))
    assert "A new interview, two-bakers-on-a-boat: 4 quotes, 3 drawn at random" in summary
    plan = checkout.plan()
    plan.quotes[1:] = []
    assert "A new interview, two-bakers-on-a-boat: 1 quote, 1 drawn at random" in list(
        summary_of(checkout.transcript(), plan)
    )
    plan.interview["exchanges"][1]["topics"] = ["boats", "bread"]
    plan.interview["exchanges"][2]["topics"] = ["bread"]
    assert "Topics: bread, boats" in list(summary_of(checkout.transcript(), plan))


def test_the_documents_show_what_is_printed_of_their_example(tmp_path: Path) -> None:
    talk = Talk(tmp_path, EXAMPLE)
    transcript = talk.load().parse(Decisions())
    plan = plan_of(transcript, talk.packs_dir, talk.data_dir, None)
    document = (Path(__file__).parents[2] / "docs" / "loading.md").read_text("utf-8")
    shown = document.partition("```text\n")[2].partition("\n```")[0]
    assert shown.split("\n") == list(summary_of(transcript, plan))


def heard(*lines: SpokenLine) -> Transcript:
    return Transcript("", "Ada", ("Bo",), (), lines=lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bo: Hello.", "Hello."),
        ("Bo (0:04): Hello.", "Hello."),
        ("Bo [00:00:04] Hello.", "Hello."),
        ("Bo： 你好。", "你好。"),
        ("[Bo] [00:02] Hello.", "Hello."),
        ("【Bo】 你好。", "你好。"),
        ("[00:02] Bo: Hello.", "Hello."),
        ("Bo: Hello. [00:00:15] Goodbye.", "Hello. Goodbye."),
        ("Bo: (laughs) Hello.", "(laughs) Hello."),
        ("Bo: “Hello”, she said.", "“Hello”, she said."),
        ("Hello.", "Hello."),
    ],
)
def test_what_is_shown_of_a_line_is_without_its_label(text: str, shown: str) -> None:
    line = SpokenLine(3, text, "Bo", "Bo")
    assert first_and_last(heard(line)) == {"Bo": [f"only, line 3: “{shown}”"]}


def test_a_line_with_a_label_alone_is_neither_the_first_nor_the_last() -> None:
    lines = [
        SpokenLine(1, "Bo 0:04", "Bo", "Bo"),
        SpokenLine(2, "Hello.", "Bo", "Bo"),
        SpokenLine(3, "Goodbye.", "Bo", "Bo"),
    ]
    assert first_and_last(heard(*lines)) == {
        "Bo": ["first, line 2: “Hello.”", "last, line 3: “Goodbye.”"]
    }
    assert longest_answer(heard(*lines)) == "Longest answer: Bo, line 2, 2 words: “Hello.”"
    assert longest_answer(heard()) == ""


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(1.0, "sure"), (0.8, "fairly sure"), (0.6, "not very sure"), (0.2, "hardly sure")],
)
def test_how_sure_it_is_is_said_in_words(confidence: float, words: str) -> None:
    transcript = replace(heard(), confidence=confidence)
    assert sureness(transcript).startswith(words)
    assert is_doubtful(transcript) is (confidence < 0.7)
    doubtful = replace(transcript, unsure=(Unsure(3, "Why?"), Unsure(4, "Why not?")))
    assert sureness(doubtful).endswith(", with 2 doubts")
    assert is_doubtful(doubtful)


def test_a_load_with_a_doubt_says_so_where_it_asks() -> None:
    assert say(question_about(heard())) == "Load it? [y/N] "
    doubtful = replace(heard(), confidence=0.6, unsure=(Unsure(3, "Why?"),))
    question = say(question_about(doubtful))
    assert question == "I'm not very sure, with 1 doubt. Load it anyway? [y/N] "
