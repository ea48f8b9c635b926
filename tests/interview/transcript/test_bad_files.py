"""Whatever a file holds, the answer is an interview or a sentence."""

import gzip
import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import OperatorError
from bot.interview.transcript import Transcript, TranscriptError, parse_transcript
from tests.interview.proportion import is_in_proportion
from tests.interview.transcript.copies import COPIES


def docx() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return data.getvalue()


BAD: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "empty.txt is empty"),
    ("spaces.txt", b" \n\t\n ", "spaces.txt is empty"),
    ("marked.txt", b"\xef\xbb\xbf\n", "marked.txt is empty"),
    ("talk.docx", docx(), "talk.docx is a word processor's document"),
    ("renamed.txt", docx(), "renamed.txt is a word processor's document"),
    ("talk.pdf", b"%PDF-1.7 ...", "talk.pdf is a PDF"),
    ("talk.rtf", b"{\\rtf1 hello}", "talk.rtf is a rich text document"),
    ("talk.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "talk.doc is an old word processor's document"),
    (
        "talk.txt.gz",
        gzip.compress(b"ADA: Hello.", mtime=0),
        "talk.txt.gz is an archive, not text. Unpack",
    ),
    (
        "photo.txt",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        "photo.txt is a picture, a recording or a film",
    ),
    ("talk.m4a", b"\0\0\0\x20ftypM4A " + bytes(50), "talk.m4a is a picture, a recording or a film"),
    ("talk.mp3", b"ID3\x03" + bytes(50), "talk.mp3 is a picture, a recording or a film"),
    (
        "book.txt",
        b"Ada: Hello there. " * 340_000,
        "book.txt has 6120000 characters of text. Cut it",
    ),
    ("deep.html", b"<div>" * 100_000 + b"Ada: Hello.", "The page is nested 2001 deep. Save only"),
    ("many.html", b"<b>" * 400_001, "The page has 400001 tags. Save only the interview"),
    ("binary.txt", bytes(range(256)) * 40, "binary.txt isn't text but binary data"),
    ("story.txt", b"Once upon a time there was a boat.\n\nIt sank.", "Nobody speaks in story.txt"),
    ("alone.txt", b"POST: Why?\n\nPOST: How?\n\nPOST: When?", "Nobody answers in alone.txt"),
    ("cues.srt", b"1\n00:00:01,000 --> 00:00:02,000\nHello.\n", "Nobody speaks in cues.srt"),
    ("page.html", b"<html><body><p>Hello.</p></body></html>", "Nobody speaks in page.html"),
]


@pytest.mark.parametrize(("name", "data", "sentence"), BAD, ids=[name for name, *_rest in BAD])
def test_a_bad_file_is_a_sentence(tmp_path: Path, name: str, data: bytes, sentence: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(TranscriptError) as caught:
        parse_transcript(path)
    assert str(caught.value).startswith(sentence)
    assert caught.value.remedy is not None


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"gone\.txt can't be read"):
        parse_transcript(tmp_path / "gone.txt")
    with pytest.raises(OperatorError, match="is a folder, not a file"):
        parse_transcript(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes as files; cannot be avoided")
def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(OperatorError, match=r"huge\.txt is too large: 50 MB"):
        parse_transcript(path)


def parsed_or_refused(path: Path) -> Transcript | None:
    """Parse a file; None where it was refused with a sentence."""
    try:
        return parse_transcript(path)
    except OperatorError:
        return None


@given(data=st.binary(max_size=400), suffix=st.sampled_from(sorted(COPIES)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_bytes_are_an_interview_or_a_sentence(
    tmp_path: Path, data: bytes, suffix: str
) -> None:
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(data)
    transcript = parsed_or_refused(path)
    assert transcript is None or transcript.people


PIECES = ["ADA EXAMPLE: ", "POST: ", "Ben: ", "?", ". ", "\n", "\n\n", "**", "<p>", "<v A>", "-->"]


@given(
    pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=60),
    suffix=st.sampled_from(sorted(COPIES)),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_talk_is_an_interview_or_a_sentence(
    tmp_path: Path, pieces: list[str], suffix: str
) -> None:
    path = tmp_path / f"x.{suffix}"
    path.write_text("".join(pieces), "utf-8", errors="replace")
    transcript = parsed_or_refused(path)
    assert transcript is None or all(exchange.answers for exchange in transcript.exchanges)


HOSTILE = {
    "dots": "POST: Why?\n\nADA: " + "a.m " * 200_000,
    "open quotation": "POST: Why?\n\nADA: '" + "x. Y" * 200_000,
    "colons": "A B C D: " * 100_000,
    "names": "POST: Why?\n\nADA: " + "Van Der Ada Bo " * 60_000,
    "many labels": "\n\n".join(f"Name{n} Other{n}: Yes?" for n in range(3000)),
    "spaces": "POST: Why?\n\nADA:" + " " * 500_000 + "x",
    "asterisks": "**" * 100_000,
    "brackets": "[" * 100_000 + "(" * 100_000,
    "tags": "<p>" * 60_000 + "ADA: x",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_a_hostile_file_takes_time_in_proportion(tmp_path: Path, name: str, suffix: str) -> None:
    path, text = tmp_path / f"x.{suffix}", HOSTILE[name]
    assert is_in_proportion(
        lambda length: _seconds_to_read(path, text[:length]), len(text) // 4, 0.2
    )


def _seconds_to_read(path: Path, text: str) -> float:
    """Measure what reading a file takes of the processor."""
    path.write_text(text, "utf-8")
    began = time.process_time()
    parsed_or_refused(path)
    return time.process_time() - began


# Each is one that took, or could take, more than its length: brackets that are held against all
# that follow, comments that never end, marks that open and never close.
REPEATED: list[tuple[str, str]] = [
    *(
        ("md", piece)
        for piece in ("[", "![", "*a_ ", "**a ", "`a", "<a ", "> ", "- ", "a  \n", "_")
    ),
    *(("md", piece) for piece in ("[a](", "[a]: b\n", "&#", "\\", "a\n===\n", "<!-- ")),
    *(("html", piece) for piece in ("<!-- ", "<!", "<?", "</", "<a ", "<![CDATA[", "&", "<")),
    *(("html", piece) for piece in ("<div>", "<br>x", "<table>", "<a><b>", "<p>x", "<li>x")),
    *(
        ("txt", piece)
        for piece in ("Hello there, this is.\n\n", "Is it?\n\n", ". ", ":", "Abc Def. ")
    ),
    *(("txt", piece) for piece in ("'a ", "(a. ", '"A. ', "[00:00] ", "Abc/def\n\n", "12 ", "> ")),
    *(("txt", piece) for piece in ("Ada: hm\n", "\n", "\u200b", "- ", "0:00\n", "字。")),
    *(("vtt", piece) for piece in ("<v ", "<v.a", "-->\n", "<i>", "{\\", "1\n", "00:00.000 --> ")),
]


@pytest.mark.parametrize(("suffix", "piece"), REPEATED)
def test_time_grows_as_a_file_does(tmp_path: Path, suffix: str, piece: str) -> None:
    path = tmp_path / f"x.{suffix}"
    head = "WEBVTT\n\n00:01.000 --> 00:02.000\n" if suffix == "vtt" else "Ada: Why?\n\nBo: "

    def seconds(length: int) -> float:
        return _seconds_to_read(path, head + piece * (length // len(piece)))

    assert is_in_proportion(seconds, 30_000, 0.4)
