"""Bytes of whatever people have, as text with plain line ends and spaces."""

import re
from pathlib import Path
from typing import Final

from bot.interview.transcript.structure import TranscriptError
from bot.reading.bounded import read_bounded
from bot.reading.decoding import decode
from bot.text import Text, _

# Web pages are saved with their pictures in them; how much text it may be is asked later.
MAX_BYTES: Final = 20_000_000
_SAVE_AS_TEXT: Final = _(
    "Open it, choose Save As or Export, and save it as plain text, Markdown or HTML."
)
_NO_TEXT: Final = _("{name} is a picture, a recording or a film, not text.")
_WRITE_DOWN: Final = _("Write down what's said in it, or save its subtitles, and load those.")
_ARCHIVE: Final = _("{name} is an archive, not text.")
_UNPACK: Final = _("Unpack it, then name the file with the interview.")
_DOCUMENTS: Final = {
    b"PK\x03\x04": _("{name} is a word processor's document or an archive, not text."),
    b"%PDF": _("{name} is a PDF, not text."),
    b"{\\rtf": _("{name} is a rich text document, not plain text."),
    b"\xd0\xcf\x11\xe0": _("{name} is an old word processor's document, not text."),
}
_ARCHIVES: Final = re.compile(rb"\x1f\x8b|BZh\d1AY|\xfd7zXZ|7z\xbc\xaf|Rar!\x1a|\x28\xb5\x2f\xfd")
_MEDIA: Final = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}(?:WAVE|AVI |WEBP)|II\*\0|MM\0\*|ID3[\2-\4]"
    rb"|\xff[\xfb\xf3\xf2]|OggS\0|fLaC\0|\x1aE\xdf\xa3|.{4}ftyp",
    re.DOTALL,
)
_LINE_ENDS: Final = r"\r\x0b\x0c\x85\u2028\u2029"
_SPACES: Final = r"\u00a0\u2007\u202f\u2009\u200a\t"
_INVISIBLE: Final = (
    r"\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
)
_PLAIN: Final = (
    (re.compile(f"[{_LINE_ENDS}]"), "\n"),
    (re.compile(f"[{_SPACES}]"), " "),
    (re.compile(f"[{_INVISIBLE}]"), ""),
)
_NOTHING: Final = re.compile(r"[\x00 \n\ufeff]*")
# Most files have none, and are looked through only once.
_ANY: Final = re.compile(f"[{_LINE_ENDS}{_SPACES}{_INVISIBLE}]")


def read_text(path: Path) -> str:
    """Read a file as text; raises TranscriptError where it holds none, FileError as it is read."""
    data = read_bounded(path, MAX_BYTES)
    _refuse_documents(path.name, data)
    text = _decoded(path.name, data).replace("\r\n", "\n")
    if _ANY.search(text):
        for pattern, plain in _PLAIN:
            text = pattern.sub(plain, text)
    return text


def _refuse_documents(name: str, data: bytes) -> None:
    if not data or data.isspace():
        raise TranscriptError(
            _("{name} is empty.", name=name), _("Save the interview's text in it.")
        )
    for start, sentence in _DOCUMENTS.items():
        if data.startswith(start):
            raise TranscriptError(Text(sentence.message, {"name": name}), _SAVE_AS_TEXT)
    for signature, why, remedy in (
        (_ARCHIVES, _ARCHIVE, _UNPACK),
        (_MEDIA, _NO_TEXT, _WRITE_DOWN),
    ):
        if signature.match(data):
            raise TranscriptError(Text(why.message, {"name": name}), remedy)


def _decoded(name: str, data: bytes) -> str:
    try:
        text = decode(data)
    except UnicodeError as error:
        raise TranscriptError(
            _("{name} isn't text but binary data.", name=name),
            _("Give a file of text, Markdown, HTML or subtitles."),
        ) from error
    if _NOTHING.fullmatch(text):
        raise TranscriptError(
            _("{name} is empty.", name=name), _("Save the interview's text in it.")
        )
    return text
