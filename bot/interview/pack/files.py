"""Which folders are packs and which files belong to them; imports nothing that validates."""

import hashlib
import re
from pathlib import Path
from typing import Final

from bot.interview.model import SLUG_PATTERN

INTERVIEW: Final = "interview.toml"
QUOTES: Final = "quotes.toml"
QUOTES_STREAMED: Final = "quotes.jsonl"
FACTS: Final = "facts.toml"
TRIVIA: Final = "trivia.toml"
PROMPTS: Final = "prompts.toml"
ANSWERS: Final = "answers.jsonl"
NAMES: Final = (INTERVIEW, QUOTES, QUOTES_STREAMED, FACTS, TRIVIA, PROMPTS, ANSWERS)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def is_slug(name: str) -> bool:
    """Say whether a folder's name can name an interview in buttons."""
    return re.fullmatch(SLUG_PATTERN, name) is not None


def pack_folders(parent: Path) -> list[Path]:
    """List the packs in a folder, in an order that does not depend on the disk."""
    if not parent.is_dir():
        return []
    return sorted(
        folder
        for folder in parent.iterdir()
        if not folder.name.startswith(".") and (folder / INTERVIEW).is_file()
    )


def loaded_dir(data_dir: Path) -> Path:
    """Give the folder of the packs that `load` has written."""
    return data_dir / "packs"


def all_folders(packs_dir: Path, data_dir: Path) -> list[Path]:
    """List all packs: those that came with the bot, then those that were loaded."""
    return [*pack_folders(packs_dir), *pack_folders(loaded_dir(data_dir))]


def language_files(folder: Path) -> list[Path]:
    """List the translations of a pack's own words: fr.toml, pt-BR.toml."""
    return sorted(path for path in folder.glob("*.toml") if _LANGUAGE.fullmatch(path.stem))


def pack_files(folder: Path) -> list[Path]:
    """List the files of a pack that there are, in an order that does not depend on the disk."""
    files = [path for name in NAMES if (path := folder / name).is_file()]
    return [*files, *language_files(folder)]


def packs_hash(folders: list[Path], salt: str) -> str:
    """Sum up what the packs say; `salt` stands for how it is read."""
    digest = hashlib.blake2b(salt.encode(), digest_size=10)
    for path in (path for folder in folders for path in pack_files(folder)):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "blake2b").digest()
        # With the names: a file that was renamed says something else.
        digest.update(f"{path.parent.name}/{path.name}\0".encode() + content)
    return digest.hexdigest()
