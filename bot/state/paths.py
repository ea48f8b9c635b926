"""Where what is stored is, within a data folder."""

from pathlib import Path


def state_path(data_dir: Path) -> Path:
    """Give the file that holds all that members and servers have done."""
    return data_dir / "state.sqlite3"


def packs_path(data_dir: Path) -> Path:
    """Give the folder of the interviews that were loaded."""
    return data_dir / "packs"


def backups_path(data_dir: Path) -> Path:
    return data_dir / "backups"
