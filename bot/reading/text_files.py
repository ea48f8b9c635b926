"""Files that people wrote, read as what they are: regular, not too large, in any encoding."""

import codecs
import re
import stat
from pathlib import Path
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")


class TooLargeError(OSError):
    """A file that is larger than anybody would have written it; `size` in bytes."""

    def __init__(self, size: int, most: int) -> None:
        super().__init__(f"it is larger than {most >> 10:,} KB")
        self.size = size


def read_bytes(path: Path, most: int) -> bytes:
    """Read a file of up to `most` bytes; raises OSError, at once, where it is none."""
    try:
        status = path.stat()
    except ValueError as error:
        # A path with a zero in it.
        raise OSError(str(error)) from error
    # Reading a pipe or a device may never end.
    if not stat.S_ISREG(status.st_mode):
        raise OSError("it is a folder, a pipe or a device, not a file")
    if status.st_size > most:
        raise TooLargeError(status.st_size, most)
    with path.open("rb") as file:
        data = file.read(most + 1)
    # What the system makes up while it is read has no size.
    if len(data) > most:
        raise TooLargeError(len(data), most)
    return data


def read_text(path: Path, most: int) -> str:
    """Read a file of up to `most` bytes as text; raises OSError where it is none."""
    try:
        return decode(read_bytes(path, most))
    except UnicodeError as error:
        raise OSError(str(error)) from error


def decode(data: bytes) -> str:
    """Read bytes as text in the encoding that they have; raises UnicodeError where it is none."""
    text = _decoded(data)
    sample = text[:100_000]
    if len(_BINARY.findall(sample)) > max(8, len(sample) // 100):
        raise UnicodeError("it is binary data, not text")
    if text.count("\ufffd") > len(text) // 20:
        raise UnicodeError("it is binary data, not text")
    return text


def why(error: OSError) -> str:
    """Say what a file fails with, without its path."""
    return error.strerror or str(error)


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
