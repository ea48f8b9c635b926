"""What stands between and behind voices is nobody's words."""

from pathlib import Path

import pytest

from tests.interview.transcript.reading import read


@pytest.mark.parametrize("stamp", ["[00:12]", "(1:02:03)", "[0:12.5]", r"\[00:12:13:14\]"])
def test_no_time_is_anybodys_word(tmp_path: Path, stamp: str) -> None:
    clock = stamp.strip("[]()\\")
    text = (
        f"**Edda:** {stamp} Who rows?\n\n**Ole:** I do. {stamp} At 10:30 we stop.\n\n"
        f"**Edda:** And then?\n\n**Ole:** We drift [inaudible {clock}] home."
    )
    spoken = [
        " ".join(answer.sentences)
        for exchange in read(tmp_path, "md", text).exchanges
        for answer in exchange.answers
    ]
    assert spoken == ["I do. At 10:30 we stop.", "We drift [inaudible] home."]


@pytest.mark.parametrize(
    "note",
    [
        "Transcribed by https://example.org",
        "Interview by Cora Writer",
        "Propos recueillis par Cora Writer.",
        "Das Interview führte Cora Writer.",
        "Esta entrevista fue editada.",
        "Беседовала Cora Writer.",
        "来源：海报",
        "2:36 PM",
        "5:27 P.M. EDT",
    ],
)
def test_what_an_editor_adds_at_the_end_is_nobodys(tmp_path: Path, note: str) -> None:
    text = f"EDDA: Who rows?\n\nOLE: I do.\n\nEDDA: Far?\n\nOLE: Never.\n\n{note}"
    assert read(tmp_path, "txt", text).exchanges[-1].answers[0].sentences == ("Never.",)


def test_words_that_an_editor_uses_may_be_said(tmp_path: Path) -> None:
    text = (
        "EDDA: Who rows?\n\nOLE: My show is\nedited by Cora, by the way.\n\nEDDA: Far?\n\nOLE: No."
    )
    answer = read(tmp_path, "txt", text).exchanges[0].answers[0]
    assert answer.sentences == ("My show is edited by Cora, by the way.",)
