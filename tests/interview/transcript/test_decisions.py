"""What was decided is read back as it was written, and every mistake in it is a sentence."""

from pathlib import Path

import pytest
import tomli_w

from bot.errors import OperatorError
from bot.interview.transcript import Decisions
from bot.interview.transcript.decisions import read_decisions
from bot.reading.bounded import FileError


def test_what_was_decided_is_read_back(tmp_path: Path) -> None:
    decisions = Decisions("colon", {"Speaker 1": "Ada Example", 'B "x"': "Bo"}, ("B",), ("Band",))
    path = tmp_path / "reading.toml"
    path.write_text(tomli_w.dumps(decisions.to_toml()), "utf-8")
    assert read_decisions(path) == decisions


def test_nothing_decided_is_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "reading.toml"
    path.write_text("", "utf-8")
    assert read_decisions(path) == Decisions()


def test_a_label_is_decided_about_once_whatever_its_case() -> None:
    decisions = Decisions(names={"HOST": "Ada"}).naming({"Host": "Bo"})
    assert dict(decisions.names) == {"Host": "Bo"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("asks = [", "line 1"),
        ("shape = 7", "shape must be a text"),
        ('asks = "Ada"', "asks must be a list of labels"),
        ("nobody = [1]", "nobody must be a list of labels"),
        ("names = []", "names must be a table"),
        ("[names]\nBo = 3", "the name of Bo must be a text"),
        (f'[names]\nBo = "{"x" * 101}"', "the name of Bo must be a text"),
        ('ask = ["Ada"]', "there's no ask"),
        (f"asks = {'[' * 2000}{']' * 2000}", "reading.toml"),
        (f"shape = {'9' * 5000}", "reading.toml"),
    ],
)
def test_each_mistake_is_a_sentence_with_a_way_out(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "reading.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(OperatorError) as caught:
        read_decisions(path)
    assert sentence in str(caught.value)
    assert "or delete it" in str(caught.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "reading.toml"
    path.write_text("shape = 1\nasks = 2\nelse = 3", "utf-8")
    with pytest.raises(OperatorError) as caught:
        read_decisions(path)
    assert str(caught.value).count("reading.toml: ") == 3


def test_what_is_no_file_or_endless_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        read_decisions(tmp_path)
    path = tmp_path / "reading.toml"
    path.write_text("#" * 1_000_000, "utf-8")
    with pytest.raises(FileError, match="too large"):
        read_decisions(path)
