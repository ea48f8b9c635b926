"""A text is read as it is meant, whatever its encoding."""

from pathlib import Path

import pytest

from bot.interview.transcript import parse_transcript

TALK = (
    "POST: Why?\n\nADA EXAMPLE: Because – well, “because”.\n\nPOST: How?\n\nADA: Slowly, naïvely."
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_understood(
    tmp_path: Path, encoding: str, line_end: str
) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(TALK.replace("\n", line_end).encode(encoding))
    transcript = parse_transcript(path)
    assert transcript.people == ("Ada Example",)
    assert transcript.exchanges[0].answers[0].sentences == ("Because – well, “because”.",)
    assert transcript.exchanges[1].answers[0].sentences == ("Slowly, naïvely.",)
