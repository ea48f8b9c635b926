"""The byline is found wherever it stands before the first voice, and names who asks in full."""

from pathlib import Path

import pytest

from tests.interview.transcript.reading import read

TALK = "Nora: Why wood?\n\nIda: It lasts.\n\nNora: How long?\n\nIda: Years."


@pytest.mark.parametrize(
    "head",
    [
        "Salt and Timber\n\nBy Nora Field",
        "Salt and Timber\nBy Nora Field",
        "Salt and Timber\n\nShare Tweet Print\n\nBy Nora Field\n\n3 March 2021",
        "By Nora Field\n\nSalt and Timber",
        "Quay Talks: Salt\n\nPrint\nBy Nora Field",
        "Interview: Nora Field",
        "By Nora Field and Per Olsen",
    ],
)
def test_who_asks_is_who_wrote_it_down(tmp_path: Path, head: str) -> None:
    transcript = read(tmp_path, "txt", f"{head}\n\n{TALK}")
    assert transcript.imprint.byline.startswith("Nora Field")
    assert (transcript.interviewer, transcript.people) == ("Nora Field", ("Ida",))
    assert {line.voice for line in transcript.lines} == {"", "Nora Field", "Ida"}


def test_another_who_wrote_it_down_does_not_ask(tmp_path: Path) -> None:
    assert read(tmp_path, "txt", f"By Edda Berg\n\n{TALK}").interviewer == "Nora"
    two = read(tmp_path, "txt", f"By Nora Field and Nora Berg\n\n{TALK}")
    assert two.interviewer == "Nora"


def test_a_head_that_names_the_host_does_so_too(tmp_path: Path) -> None:
    assert read(tmp_path, "txt", f"Host: Nora Field\n\n{TALK}").interviewer == "Nora Field"


def test_a_name_that_was_decided_stays(tmp_path: Path) -> None:
    transcript = read(tmp_path, "txt", f"By Nora Field\n\n{TALK}", Nora="N. F.")
    assert transcript.interviewer == "N. F."
