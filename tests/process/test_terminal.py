"""What is told reaches a terminal as letters, and a program as a document."""

import io
import json
import sys

import pytest

from bot.process.terminal import json_text, tell

OBEYED = "\x1b[2J \x9b31m \x07 \x7f \r \u202e \u2066 \u2028 \ud800"


def test_a_terminal_obeys_nothing_that_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    tell(f"a\tb\nÇa {OBEYED}")
    written = capsys.readouterr().out
    assert written == (
        "a\tb\nÇa \\u001b[2J \\u009b31m \\u0007 \\u007f \\u000d \\u202e \\u2066 \\u2028 \\ud800\n"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_a_document_is_one_in_every_encoding(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = {"text": f"Ça “va” 日本 🎉 {OBEYED}"}
    stream = io.TextIOWrapper(io.BytesIO(), encoding, errors="backslashreplace")
    monkeypatch.setattr(sys, "stdout", stream)
    tell(json_text(value))
    stream.seek(0)
    written = stream.buffer.read().decode()
    assert json.loads(written) == value
    assert not {"\x9b", "\x7f", "\u202e"} & set(written)
