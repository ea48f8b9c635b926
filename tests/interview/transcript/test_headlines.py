"""What stands before the first answer: its question is never lost, its introduction no title."""

from pathlib import Path

import pytest

from tests.interview.transcript.reading import read

QUESTIONS = ["What made you build a ferry out of wood?", "How long did it take?", "And the sea?"]
ANSWERS = [
    "The old one was wood, and it lasted.",
    "Three winters and a summer.",
    "It is where it was.",
]
ASKED = {
    "bold": ("md", "**{}**"),
    "italic": ("md", "*{}*"),
    "plain": ("md", "{}"),
    "both": ("md", "***{}***"),
    "bold in HTML": ("html", "<p><b>{}</b></p>"),
    "italic in HTML": ("html", "<p><i>{}</i></p>"),
    "text": ("txt", "{}"),
}
INTRODUCTION = "They met us on the quay, and they had brought coffee."


def answer(suffix: str, name: str, words: str) -> str:
    marked = {"md": f"**{name}:** {words}", "html": f"<p><b>{name}:</b> {words}</p>"}
    return marked.get(suffix, f"{name}: {words}")


@pytest.mark.parametrize("is_labelled", [True, False])
@pytest.mark.parametrize("has_introduction", [True, False])
@pytest.mark.parametrize("names", [("Ida Brandt",), ("Ida Brandt", "Per Olsen")])
@pytest.mark.parametrize("how", ASKED)
def test_the_first_question_is_kept_with_and_without_labels_after_it(
    tmp_path: Path, how: str, names: tuple[str, ...], has_introduction: bool, is_labelled: bool
) -> None:
    suffix, form = ASKED[how]
    blocks = [INTRODUCTION] if has_introduction else []
    for n, (question, words) in enumerate(zip(QUESTIONS, ANSWERS, strict=True)):
        has_label = is_labelled and n > 0
        blocks.append(
            answer(suffix, "Nora Field", question) if has_label else form.format(question)
        )
        blocks.append(answer(suffix, names[n % len(names)], words))
    transcript = read(tmp_path, suffix, "\n\n".join(blocks))
    assert [exchange.question for exchange in transcript.exchanges] == QUESTIONS
    said = [each.sentences for exchange in transcript.exchanges for each in exchange.answers]
    assert said == [(words,) for words in ANSWERS]
    assert transcript.people == names
    assert transcript.title == ""


def test_what_is_told_to_begin_with_is_a_question_too(tmp_path: Path) -> None:
    text = "**Tell us of it.**\n\n**Brandt:** It was oak.\n\n**And the sea?**\n\n**Brandt:** Salt."
    transcript = read(tmp_path, "md", f"{text}\n\n**Again?**\n\n**Brandt:** Tomorrow.")
    questions = [exchange.question for exchange in transcript.exchanges]
    assert questions == ["Tell us of it.", "And the sea?", "Again?"]


def test_questions_in_two_styles_are_nobodys_words(tmp_path: Path) -> None:
    text = "**Why wood?**\n\nIda: It lasts.\n\n*How long?*\n\nIda: Years.\n\n**And?**\n\nPer: Yes."
    transcript = read(tmp_path, "md", text)
    assert [exchange.question for exchange in transcript.exchanges] == [
        "Why wood?",
        "How long?",
        "And?",
    ]


def test_a_question_of_several_lines_is_whole(tmp_path: Path) -> None:
    text = "Why wood, of all\nthe things?\n\nIDA: It lasts.\n\nAnd for\nhow long?\n\nPER: Years."
    transcript = read(tmp_path, "txt", f"{text}\n\nWho pays?\n\nIDA: Nobody.")
    assert [exchange.question for exchange in transcript.exchanges] == [
        "Why wood, of all the things?",
        "And for how long?",
        "Who pays?",
    ]


TALK = "**Why wood?**\n\n**Ida:** It lasts.\n\n**How long?**\n\n**Ida:** Years.\n\n**Per:** Longer."


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("Salt and Timber", "Salt and Timber"),
        ("**Salt and Timber**", "Salt and Timber"),
        ("Salt and Timber\nBy Nora Field", "Salt and Timber"),
        ("Home | News\n\n3 March 2021\n\nSalt and Timber", "Salt and Timber"),
        ("Salt and Timber | The Quay Post", "Salt and Timber | The Quay Post"),
        ("Why do we build with wood at all?", "Why do we build with wood at all?"),
        (INTRODUCTION, ""),
        ("They met us on the quay, and they\nhad brought coffee.", ""),
        ("They met us on the quay, and told us this:", ""),
        ("They say \u201cit was never about the money.\u201d", ""),
        ("They met us. (This talk was shortened.)", ""),
        ("*They met us on the quay*", ""),
        ("They met us and then " + "we talked " * 10, ""),
        ("By Nora Field", ""),
        ("By Nora Field for The Quay Post", ""),
        ("Von Nora Field", ""),
        ("Text: Nora Field, May 2021", ""),
        ("Di barche e di sale", "Di barche e di sale"),
        ("March 3, 2021", ""),
    ],
)
def test_a_title_is_what_looks_like_one(tmp_path: Path, opening: str, title: str) -> None:
    assert read(tmp_path, "md", f"{opening}\n\n{TALK}").title == title
