"""Text that people wrote, in whatever encoding it is."""

import codecs
import re
from pathlib import Path
from typing import Final

from bot.reading.bounded import FileError, read_bounded
from bot.text import _

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_text(path: Path, most_bytes: int) -> str:
    """Read a file of up to `most_bytes` as text; raises FileError where it is none."""
    try:
        return decode(read_bounded(path, most_bytes))
    except UnicodeError as error:
        raise FileError(
            _("{name} isn't text but binary data.", name=path.name),
            _("Put a text file in its place."),
        ) from error


def decode(data: bytes) -> str:
    """Read bytes as text in the encoding that they have; raises UnicodeError where it is none."""
    text = _decoded(data)
    sample = text[:100_000]
    if len(_BINARY.findall(sample)) > max(8, len(sample) // 100):
        raise UnicodeError("it's binary data, not text")
    if text.count("\ufffd") > len(text) // 20:
        raise UnicodeError("it's binary data, not text")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    # Without a mark, UTF-16 gives itself away by zeros at every other place.
    sample = data[:4000]
    if sample.count(0) > len(sample) // 4:
        is_little = sample[1::2].count(0) > sample[::2].count(0)
        return data.decode("utf-16-le" if is_little else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


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
