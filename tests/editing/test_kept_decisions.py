"""What was decided about a transcript is kept in its pack, and a later load reads it the same."""

from pathlib import Path

import pytest

from bot.editing.check import check, hints_at
from bot.editing.kept_decisions import decisions_in, loaded_from
from bot.errors import OperatorError
from bot.interview.loading.loaded_packs import undo
from bot.interview.transcript import Decisions
from tests.editing.talks import TALK, Talk

ROBERT = Decisions(names={"BO": "Robert Sample", "BO SAMPLE": "Robert Sample"})


def test_a_later_load_of_a_corrected_file_keeps_it(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    folder = talk.write(ROBERT)
    assert (folder / "reading.toml").is_file()
    corrected = Talk(tmp_path, TALK.replace("the black ones", "the burnt ones"), "corrected.txt")
    decisions = corrected.load().decisions(Decisions())
    assert decisions == ROBERT
    assert corrected.write(decisions) == folder
    assert "Robert Sample" in (folder / "interview.toml").read_text("utf-8")
    assert (folder / "reading.toml").is_file()


def test_what_is_overrides_with_a_load_goes_before_it(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    talk.write(ROBERT)
    decisions = talk.load().decisions(Decisions("colon", {"Bo": "Bo Probe"}))
    assert decisions.name_of("BO") == "Bo Probe"
    assert decisions.name_of("BO SAMPLE") == "Robert Sample"
    assert decisions.shape == "colon"


def test_another_interview_is_not_read_like_it(tmp_path: Path) -> None:
    Talk(tmp_path).write(ROBERT)
    other = Talk(tmp_path, "BO: Who?\n\nDora: Another person, in another town.\n" * 3, "other.txt")
    assert other.load().decisions(Decisions()) == Decisions()


def test_a_file_that_only_a_decision_makes_readable_is_recognized(tmp_path: Path) -> None:
    text = "<p><b>{}</b></p><p>The oven had a name of its own, and eleven pieces: {}.</p>"
    questions = (text.format(f"What about part {n}?", n) for n in range(4))
    talk = Talk(tmp_path, "<html><body>" + "".join(questions), "talk.html")
    decisions = talk.load().decisions(Decisions(names={"A": "Bo Sample"}))
    talk.write(decisions)
    assert talk.load().decisions(Decisions()) == decisions


def test_nothing_decided_writes_no_file(tmp_path: Path) -> None:
    folder = Talk(tmp_path).write(Decisions())
    assert not (folder / "reading.toml").exists()


def test_a_pack_with_it_has_neither_mistakes_nor_hints(tmp_path: Path) -> None:
    folder = Talk(tmp_path).write(ROBERT)
    assert list(check([folder])) == []
    assert [hint for hint in hints_at([folder]) if "reading.toml" in str(hint)] == []


def test_what_is_damaged_is_overrides_where_it_matters_alone(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    folder = talk.write(ROBERT)
    (folder / "reading.toml").write_text("asks = 3", "utf-8")
    with pytest.raises(OperatorError, match="asks must be a list"):
        talk.load().decisions(Decisions())
    other = Talk(tmp_path, "Cleo: Who?\n\nDora: Somebody from another town.\n" * 3, "other.txt")
    assert other.load().decisions(Decisions()) == Decisions()


def test_what_cannot_be_read_under_it_any_more_says_so(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    talk.write(Decisions(shape="colon"))
    (talk.data_dir / "packs" / "how-an-oven-came-to-sea" / "reading.toml").write_text(
        'shape = "dotted"', "utf-8"
    )
    overrides = Decisions()
    decisions = talk.load().decisions(overrides)
    assert decisions.shape == "dotted"
    with pytest.raises(OperatorError, match=r"With the decisions kept for talk\.txt: .*--preview"):
        talk.load().parse(decisions, overrides)
    with pytest.raises(OperatorError, match=r"^The file has no labels"):
        talk.load().parse(decisions)


def test_what_was_taken_away_is_forgotten(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    talk.write(ROBERT)
    undo(talk.data_dir, None)
    assert talk.load().decisions(Decisions()) == Decisions()


def test_what_the_same_file_was_loaded_as_is_found(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    folder = talk.write(ROBERT)
    again = tmp_path / "again.md"
    again.write_bytes(talk.file.read_bytes())
    data_dir = talk.load().data_dir
    assert loaded_from(again, data_dir) == folder
    assert decisions_in(folder) == ROBERT
    again.write_text(TALK.replace("black", "burnt"), "utf-8")
    assert loaded_from(again, data_dir) is None
    assert loaded_from(tmp_path / "gone.txt", data_dir) is None
