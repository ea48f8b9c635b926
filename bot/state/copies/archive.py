"""Reading a zip file that anybody may have made: bounded, before anything in it is believed."""

import io
import json
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from bot.errors import OperatorError
from bot.text import Text, _

MANIFEST: Final = "manifest.json"
STATE: Final = "state.sqlite3"
PACKS: Final = "packs"
FORMAT: Final = 1
MOST_FILES: Final = 10_000
MOST_TIMES_LARGER: Final = 200
"""How much larger than the file all that is in it may be; text hardly gets to a tenth of it."""
_ALWAYS_ALLOWED: Final = 64 << 20
_MOST_MANIFEST_BYTES: Final = 64 << 10
# The list of all files is read at once.
_MOST_BYTES_AT_ONCE: Final = 4 << 20
_CHUNK_BYTES: Final = 1 << 20
_MOST_NAME_BYTES, _MOST_PATH_BYTES = 255, 1000
_ENCRYPTED: Final = 0x1
# What the library raises where a file is none, or lies about what is in it.
_NONSENSE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    EOFError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


def no_use(sentence: Text) -> OperatorError:
    return OperatorError(sentence, _("Nothing was changed; try another one."))


class _FrugalFile(io.FileIO):
    """A file that is never read in large parts, whatever it says about its own size."""

    def read(self, size: int | None = -1, /) -> bytes:
        here = self.tell()
        rest = self.seek(0, io.SEEK_END) - here
        self.seek(here)
        if min(rest, rest if size is None or size < 0 else size) > _MOST_BYTES_AT_ONCE:
            raise zipfile.BadZipFile
        return super().read(size)


class Origin(NamedTuple):
    """Where a copy comes from, as it says itself."""

    made_at: float
    """In unix seconds."""
    key: str
    """The name of the key of its marks; "" where an earlier version has made it."""


def unpack_archive(file: Path, folder: Path) -> Origin:
    """Unpack a copy into a folder that is there; gives where it comes from.

    Raises OperatorError, with what is wrong, where backup has not written it, it holds more than
    the disk can take, or the disk fails.
    """
    try:
        with _opened(file) as archive:
            manifest = _manifest(archive, file)
            for info in _files(archive, folder):
                _unpack(archive, info, folder / info.filename)
    except _NONSENSE as error:
        raise _cannot(_("it's damaged, or not a backup")) from error
    except OSError as error:
        raise OperatorError(
            _("The backup couldn't be read or unpacked: {why}.", why=error),
            _("Nothing was changed; check the name, the disk and the permissions."),
        ) from error
    if not (folder / STATE).exists():
        raise _cannot(_("it's damaged, or not a backup"))
    return Origin(_made_at(manifest), str(manifest.get("key", "")))


@contextmanager
def _opened(file: Path) -> Generator[zipfile.ZipFile]:
    # Opening what is no file may wait for ever.
    try:
        is_file = stat.S_ISREG(file.stat().st_mode)
    except FileNotFoundError:
        raise OperatorError(
            _("{file} doesn't exist.", file=file), _("Name a file that backup wrote.")
        ) from None
    if not is_file:
        raise OperatorError(
            _("{file} isn't a file.", file=file), _("Name a file that backup wrote.")
        )
    with _FrugalFile(str(file)) as source, zipfile.ZipFile(source) as archive:
        yield archive


def _manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    info = archive.getinfo(MANIFEST)
    _check_packing(info)
    if info.file_size > _MOST_MANIFEST_BYTES:
        raise zipfile.BadZipFile
    manifest = json.loads(archive.read(info))
    if int(manifest["format"]) != FORMAT:
        raise no_use(_("{path} was written by a newer version of Encore.", path=file))
    return manifest


def _made_at(manifest: dict[str, Any]) -> float:
    """Give when a copy was made; one that does not say so is as old as can be."""
    try:
        return datetime.fromisoformat(manifest["made_at"]).timestamp()
    except (KeyError, TypeError, ValueError, OverflowError):
        return 0.0


def _files(archive: zipfile.ZipFile, folder: Path) -> Iterator[zipfile.ZipInfo]:
    """List what backup would have written, all of it checked before the first is unpacked."""
    files = [info for info in archive.infolist() if _is_ours(info)]
    if len(files) > MOST_FILES:
        raise _cannot(_("it holds too many files"))
    # On some disks capital letters are no difference.
    if len({info.filename.casefold() for info in files}) < len(files):
        raise _cannot(_("two of its files have the same name"))
    for info in files:
        _check_packing(info)
        _check_name(info)
    _check_size(archive, files, folder)
    return (info for info in files if not info.is_dir())


def _is_ours(info: zipfile.ZipInfo) -> bool:
    return info.filename == STATE or info.filename.startswith(f"{PACKS}/")


def _check_packing(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise _cannot(_("it's locked with a password"))
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _cannot(_("it's packed in a way that backup never uses"))
    if stat.S_ISLNK(info.external_attr >> 16):
        raise _cannot(_("it holds a link to another file"))


def _check_name(info: zipfile.ZipInfo) -> None:
    # The library cuts what it finds dangerous out of `filename`.
    name = info.orig_filename.removesuffix("/")
    parts = name.split("/")
    is_short = len(name.encode()) <= _MOST_PATH_BYTES and all(
        len(part.encode()) <= _MOST_NAME_BYTES for part in parts
    )
    is_plain = not any(letter < " " or letter == "\\" for letter in name)
    if not (is_short and is_plain and not {"", ".", ".."} & set(parts)):
        raise _cannot(_("one of its files has a name that leads elsewhere"))


def _check_size(archive: zipfile.ZipFile, files: Sequence[zipfile.ZipInfo], folder: Path) -> None:
    # Of no file more is unpacked than it says.
    size, packed = sum(info.file_size for info in files), sum(info.compress_size for info in files)
    own_size = min(packed, archive.start_dir)
    if size > max(_ALWAYS_ALLOWED, MOST_TIMES_LARGER * own_size):
        raise _cannot(_("unpacked it would be far larger than any backup"))
    if size > shutil.disk_usage(folder).free:
        raise OperatorError(
            _("The disk has no room for this backup."),
            _("Nothing was changed; make room, then try again."),
        )


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rest = info.file_size
    with archive.open(info) as source, path.open("xb") as target:
        while chunk := source.read(_CHUNK_BYTES):
            rest -= len(chunk)
            if rest < 0:
                raise zipfile.BadZipFile
            target.write(chunk)


def _cannot(why: Text) -> OperatorError:
    return no_use(_("This backup can't be used: {why}.", why=why))
