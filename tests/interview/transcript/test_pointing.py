"""What a web page sets between answers to lead to other pages is nobody's words, or a doubt."""

from pathlib import Path

import pytest

from bot.interview.transcript import Transcript
from tests.interview.transcript.reading import read

COPIED = {
    "txt": ("{}: {}", "{}"),
    "md": ("**{}:** {}", "**{}**"),
    "html": ("<p><b>{}:</b> {}</p>", "<p>{}</p>"),
}


def _read_with(tmp_path: Path, *between: str, suffix: str = "txt") -> Transcript:
    """Read a talk with paragraphs between its first answer and its second question."""
    said, apart = COPIED[suffix]
    blocks = [said.format("Edda", "Who rows?"), said.format("Ole", "I do.")]
    blocks += [apart.format(text) for text in between]
    blocks += [said.format("Edda", "Far?"), said.format("Ole", "Never, if I can help it.")]
    blocks += [said.format("Edda", "Why?"), said.format("Ole", "My arms are short.")]
    return read(tmp_path, suffix, "\n\n".join(blocks))


def _first_answer(transcript: Transcript) -> str:
    (answer,) = transcript.exchanges[0].answers
    return " ".join(answer.sentences)


LEADING = [
    "Read more: Seven harbours without a pub",
    "READ MORE: Who paints the buoys?",
    "Read also – Seven harbours without a pub",
    "→ See also: Seven harbours",
    "Related: Why gulls steal",
    "Related",
    "More from The Quay Post",
    "More on Rowing",
    "Watch: The regatta in three minutes",
    "Listen now: Our Sunday programme",
    "You may also like",
    "You might also enjoy:",
    "Subscribe to our newsletter",
    "Sign up for the weekly letter",
    "Get our newsletter in your inbox",
    "Continue reading »",
    "À lire aussi : Sept ports sans bar",
    "Lesen Sie auch: Sieben Häfen",
    "Lee también: Siete puertos",
    "Leia também",
    "Leggi anche: Sette porti",
    "Lees ook: Zeven havens",
]


@pytest.mark.parametrize("line", LEADING)
@pytest.mark.parametrize("suffix", COPIED)
def test_the_way_to_another_page_is_nobodys(tmp_path: Path, suffix: str, line: str) -> None:
    transcript = _read_with(tmp_path, line, suffix=suffix)
    assert transcript.people == ("Ole",)
    assert _first_answer(transcript) == "I do."
    assert (transcript.unsure, transcript.confidence) == ((), 1)


def test_it_is_no_voice_however_often_it_stands_there(tmp_path: Path) -> None:
    label = "Read more: Seven harbours without a pub"
    transcript = _read_with(tmp_path, *[label] * 4)
    assert (transcript.people, _first_answer(transcript)) == (("Ole",), "I do.")


def test_the_titles_below_it_are_nobodys(tmp_path: Path) -> None:
    titles = ("You may also like", "Seven harbours without a pub", "Gulls and Their Debts")
    assert _first_answer(_read_with(tmp_path, *titles)) == "I do."
    transcript = _read_with(tmp_path, *titles, "And my aunt does.", "Aunt Bea, not Aunt Liv")
    assert _first_answer(transcript) == "I do. And my aunt does. Aunt Bea, not Aunt Liv"


@pytest.mark.parametrize(
    "line",
    [
        "Listen: I never said that.",
        "Watch: one day they will.",
        "Sign up for our newsletter.",
        "Read more about the harbour",
    ],
)
def test_what_may_have_been_said_is_kept_and_doubted(tmp_path: Path, line: str) -> None:
    transcript = _read_with(tmp_path, line)
    assert _first_answer(transcript) == f"I do. {line}"
    assert [(note.line, note.why) for note in transcript.unsure] == [
        (5, f"“{line}” counts as Ole's, and may be the page's.")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Read more books.",
        "More from habit than from courage.",
        "Related by blood, we are.",
        "Watch the sea.",
        "You may also like it.",
        "Get our boat out of the water.",
    ],
)
def test_what_was_said_is_no_doubt(tmp_path: Path, line: str) -> None:
    transcript = _read_with(tmp_path, line)
    assert (_first_answer(transcript), transcript.unsure) == (f"I do. {line}", ())


@pytest.mark.parametrize(
    "line", ["save my boat from the storm, and", "source of all of it was the"]
)
def test_a_sentence_that_goes_on_is_no_note(tmp_path: Path, line: str) -> None:
    text = f"EDDA: Who rows?\n\nOLE: I tried to\n{line}\nthe sea.\n\nEDDA: Far?\n\nOLE: Never."
    answer = read(tmp_path, "txt", text).exchanges[0].answers[0]
    assert answer.sentences == (f"I tried to {line} the sea.",)
