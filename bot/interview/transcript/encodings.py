"""Bytes of whatever people have, as text with plain line ends and spaces."""

import re
from pathlib import Path
from typing import Final

from bot.interview.transcript.structure import TranscriptError
from bot.reading.text_files import TooLargeError, decode, read_bytes, why
from bot.text import Text, _

# A novel has one million; what is larger is no interview, and would only take long.
MAX_BYTES: Final = 20_000_000
_SAVE_AS_TEXT: Final = _(
    "Open it, choose Save As or Export, and save it as plain text, Markdown or HTML."
)
_DOCUMENTS: Final = {
    b"PK\x03\x04": _("{name} is a word processor's document or an archive, not text."),
    b"%PDF": _("{name} is a PDF, not text."),
    b"{\\rtf": _("{name} is a rich text document, not plain text."),
    b"\xd0\xcf\x11\xe0": _("{name} is an old word processor's document, not text."),
}
_LINE_ENDS: Final = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES: Final = re.compile(r"[\u00a0\u2007\u202f\u2009\u200a\t]")
_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]"
)


def read_text(path: Path) -> str:
    """Read a file as text; raises TranscriptError where it is none."""
    data = _read(path)
    _refuse_documents(path.name, data)
    return _INVISIBLE.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", _decoded(path.name, data))))


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path, MAX_BYTES)
    except TooLargeError as error:
        raise TranscriptError(
            _("{name} is too large: {size} MB.", name=path.name, size=error.size // 1_000_000),
            _("An interview is at most 20 MB; cut the file to the interview."),
        ) from error
    except OSError as error:
        raise TranscriptError(
            _("{name} cannot be read: {why}.", name=path.name, why=why(error)),
            _("Check the name and that you may read the file."),
        ) from error


def _refuse_documents(name: str, data: bytes) -> None:
    if not data.strip():
        raise TranscriptError(
            _("{name} is empty.", name=name), _("Save the interview's text in it.")
        )
    for start, sentence in _DOCUMENTS.items():
        if data.startswith(start):
            raise TranscriptError(Text(sentence.message, {"name": name}), _SAVE_AS_TEXT)


def _decoded(name: str, data: bytes) -> str:
    try:
        text = decode(data)
    except UnicodeError as error:
        raise TranscriptError(
            _("{name} is not text but binary data.", name=name),
            _("Give a file of text, Markdown, HTML or subtitles."),
        ) from error
    if not text.strip("\x00 \n\ufeff"):
        raise TranscriptError(
            _("{name} is empty.", name=name), _("Save the interview's text in it.")
        )
    return text
