"""Bytes of whatever people have, as text with plain line ends and spaces."""

import codecs
import re
from pathlib import Path
from typing import Final

from bot.interview.transcript.structure import TranscriptError
from bot.text import Text, _

# A novel has one million; what is larger is no interview, and would only take long.
MAX_BYTES: Final = 20_000_000
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
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
_BINARY: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_text(path: Path) -> str:
    """Read a file as text; raises TranscriptError where it is none."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TranscriptError(
                _("{name} is too large: {size} MB.", name=path.name, size=size // 1_000_000),
                _("An interview is at most 20 MB; cut the file to the interview."),
            )
        data = path.read_bytes()
    except OSError as error:
        raise TranscriptError(
            _("{name} cannot be read: {why}.", name=path.name, why=error.strerror or str(error)),
            _("Check the name and that you may read the file."),
        ) from error
    _refuse_documents(path.name, data)
    return _INVISIBLE.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", _decoded(path.name, data))))


def _refuse_documents(name: str, data: bytes) -> None:
    if not data.strip():
        raise TranscriptError(
            _("{name} is empty.", name=name), _("Save the interview's text in it.")
        )
    for start, why in _DOCUMENTS.items():
        if data.startswith(start):
            raise TranscriptError(Text(why.message, {"name": name}), _SAVE_AS_TEXT)


def _decoded(name: str, data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(name, data.decode(encoding, errors="replace"))
    # Without a mark, UTF-16 gives itself away by zeros at every other place.
    sample = data[:4000]
    if sample.count(0) > len(sample) // 4:
        is_little = sample[1::2].count(0) > sample[::2].count(0)
        return _checked(name, data.decode("utf-16-le" if is_little else "utf-16-be", "replace"))
    try:
        return _checked(name, data.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(name, _guessed(data))


def _guessed(data: bytes) -> str:
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    # Mostly letters and typographic marks: the encoding of western text editors.
    if western and sum(letter in "’‘“”–—…é\u00e8äöüßñç" for letter in western) * 2 >= sum(
        ord(letter) > 0x7F for letter in western
    ):
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")


def _checked(name: str, text: str) -> str:
    control = len(_BINARY.findall(text[:100_000]))
    if control > max(8, len(text[:100_000]) // 100) or text.count("\ufffd") > len(text) // 20:
        raise TranscriptError(
            _("{name} is not text but binary data.", name=name),
            _("Give a file of text, Markdown, HTML or subtitles."),
        )
    if not text.strip("\x00 \n\ufeff"):
        raise TranscriptError(
            _("{name} is empty.", name=name), _("Save the interview's text in it.")
        )
    return text
