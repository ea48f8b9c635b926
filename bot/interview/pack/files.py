"""Which folders are packs and which files belong to them; imports nothing that validates."""

import hashlib
import os
import re
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from bot.errors import OperatorError
from bot.interview.model import SLUG_PATTERN
from bot.reading.bounded import FileError, is_there, open_bounded
from bot.text import _

INTERVIEW: Final = "interview.toml"
QUOTES: Final = "quotes.toml"
QUOTES_STREAMED: Final = "quotes.jsonl"
FACTS: Final = "facts.toml"
TRIVIA: Final = "trivia.toml"
PROMPTS: Final = "prompts.toml"
ANSWERS: Final = "answers.jsonl"
READING: Final = "reading.toml"
"""What was decided about the transcript of a loaded pack; no part of what is shown."""
NAMES: Final = (INTERVIEW, QUOTES, QUOTES_STREAMED, FACTS, TRIVIA, PROMPTS, ANSWERS)
MAX_STREAMED: Final = 1_000_000_000
"""Bytes of a file with an entry a line; a million quotes have some 300 MB."""
_MARKS: Final = {QUOTES: b"[[quotes]]", QUOTES_STREAMED: b"\n", ANSWERS: b"\n"}
"""What each entry has, once, in files that may be long."""
_STEMS: Final = frozenset(name.partition(".")[0] for name in NAMES)
_PART: Final = 1 << 20
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def is_slug(name: str) -> bool:
    """Say whether a folder's name can name an interview in buttons."""
    return re.fullmatch(SLUG_PATTERN, name) is not None


def pack_folders(parent: Path) -> list[Path]:
    """List the packs in a folder, in an order that does not depend on the disk.

    Raises FileError where the folder is there and cannot be read.
    """
    try:
        names = os.listdir(parent)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return []
    except OSError as error:
        raise FileError(
            _("{folder} can't be read: {why}.", folder=parent, why=error.strerror),
            _("Check the name, and that you may read the folder."),
        ) from error
    folders = sorted(parent / name for name in names if not name.startswith("."))
    return [folder for folder in folders if is_pack(folder)]


def is_pack(folder: Path) -> bool:
    """Say whether a folder says of itself that it is a pack, be it one that cannot be read."""
    return is_there(folder / INTERVIEW)


def loaded_dir(data_dir: Path) -> Path:
    """Give the folder of the packs that `load` has written."""
    return data_dir / "packs"


def unfinished_folder(folder: Path) -> Path:
    """Name the folder in which a pack is written before it gets its own name."""
    return folder.with_name(f".{folder.name}.new")


@contextmanager
def made_folder(unfinished: Path) -> Generator[None]:
    """Make a folder, which is gone again at the end where it did not get another name."""
    unfinished.mkdir(parents=True)
    try:
        yield
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _old_folder(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def replace_folder(folder: Path, unfinished: Path) -> None:
    """Put a pack in the place of another; who is killed meanwhile leaves one of them."""
    old = _old_folder(folder)
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    unfinished.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def finish_replacing(parent: Path) -> None:
    """Put back what was moved away for a pack that never came, and sweep away what is left over."""
    for old in parent.glob(".*.old"):
        folder = parent / old.name[1:].removesuffix(".old")
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(folder)
    for unfinished in parent.glob(".*.new"):
        shutil.rmtree(unfinished, ignore_errors=True)


def unwritable(path: Path, error: OSError) -> OperatorError:
    """Put into sentences why a folder or a file in it could not be written."""
    return OperatorError(
        _("{folder} can't be written: {why}.", folder=path, why=error),
        _("Check that you may write there and that the disk isn't full."),
    )


def all_folders(packs_dir: Path, data_dir: Path) -> list[Path]:
    """List all packs: those that came with the bot, then those that were loaded."""
    return [*pack_folders(packs_dir), *pack_folders(loaded_dir(data_dir))]


def language_files(folder: Path) -> list[Path]:
    """List the translations of a pack's own words: fr.toml, pt-BR.toml."""
    return sorted(path for path in folder.glob("*.toml") if _LANGUAGE.fullmatch(path.stem))


def pack_files(folder: Path) -> list[Path]:
    """List the files of a pack that there are, in an order that does not depend on the disk."""
    files = [path for name in NAMES if is_there(path := folder / name)]
    return [*files, *language_files(folder)]


def other_files(folder: Path) -> list[Path]:
    """List the files that look as if they belonged to a pack, and are not read."""
    read = [*pack_files(folder), folder / READING]
    others = sorted(path for path in folder.iterdir() if _is_meant(path) and path not in read)
    # Where Facts.toml and facts.toml are one file it is read.
    return [path for path in others if not any(map(path.samefile, filter(is_there, read)))]


def _is_meant(path: Path) -> bool:
    # Notepad adds its own ending where it is not seen: facts.toml.txt.
    stem, _dot, suffixes = path.name.casefold().partition(".")
    is_like_one = re.search(r"(^|\.)(to?ml|jsonl?)(\.|$)", suffixes) is not None
    is_own = stem in _STEMS and suffixes in ("", "txt")
    return bool(stem) and (is_like_one or is_own) and path.is_file()


def packs_hash(folders: list[Path], salt: str) -> str:
    """Sum up what the packs say; `salt` stands for how it is read."""
    digest = hashlib.blake2b(salt.encode(), digest_size=10)
    for path in (path for folder in folders for path in pack_files(folder)):
        # With the names: a file that was renamed says something else.
        name = f"{path.parent.name}/{path.name}\0".encode("utf-8", "surrogateescape")
        digest.update(name + _content_hash(path))
    return digest.hexdigest()


def count_entries(folders: Sequence[Path]) -> int:
    """Count the quotes and answers in some packs, without reading them: about as many there are."""
    return sum(
        _occurrences(folder / name, mark) for folder in folders for name, mark in _MARKS.items()
    )


def _occurrences(path: Path, mark: bytes) -> int:
    if not is_there(path):
        return 0
    try:
        with open_bounded(path, MAX_STREAMED) as file:
            return sum(part.count(mark) for part in iter(partial(file.read, _PART), b""))
    except FileError:
        # Whoever reads it says so.
        return 0


def _content_hash(path: Path) -> bytes:
    """Sum up a file; one that cannot be read by the reason, so that it counts as changed after."""
    try:
        with open_bounded(path, MAX_STREAMED) as file:
            return hashlib.file_digest(file, "blake2b").digest()
    except FileError as error:
        return str(error).encode("utf-8", "surrogateescape")
