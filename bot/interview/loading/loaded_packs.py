"""A planned pack written into the data folder, all of it or nothing, and taken away again."""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from bot.errors import OperatorError
from bot.interview.loading.plan import Plan
from bot.interview.pack import files
from bot.text import _

_COPY: Final = "transcript"


def write_plan(plan: Plan, transcript: Path, data_dir: Path) -> Path:
    """Write a pack beside a copy of its transcript; one loaded earlier under its name goes."""
    # Only a load pays for the import.
    import tomli_w

    folder = files.loaded_dir(data_dir) / plan.slug
    unfinished = folder.with_name(f".{plan.slug}.new")
    try:
        _remove(unfinished)
        unfinished.mkdir(parents=True)
        (unfinished / files.INTERVIEW).write_text(tomli_w.dumps(plan.interview), "utf-8")
        write_lines(unfinished / files.QUOTES_STREAMED, plan.quotes)
        write_lines(unfinished / files.ANSWERS, plan.answers)
        shutil.copyfile(transcript, unfinished / f"{_COPY}{transcript.suffix}")
        _remove(folder)
        unfinished.rename(folder)
    except OSError as error:
        raise OperatorError(
            _("{folder} cannot be written: {why}.", folder=folder, why=error),
            _("Check that you may write there and that the disk is not full."),
        ) from error
    return folder


def earlier_quotes(plan: Plan, data_dir: Path) -> list[dict[str, Any]]:
    """Read the quotes that were loaded earlier under a plan's name."""
    path = files.loaded_dir(data_dir) / plan.slug / files.QUOTES_STREAMED
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def loaded_folders(data_dir: Path) -> list[Path]:
    """List what was loaded, the newest last."""
    folders = files.pack_folders(files.loaded_dir(data_dir))
    return sorted(folders, key=lambda folder: folder.stat().st_mtime)


def undo(data_dir: Path, slug: str | None) -> Path:
    """Take away what was loaded under a name, or last; raises OperatorError if it is nothing."""
    folders = [folder for folder in loaded_folders(data_dir) if slug in (None, folder.name)]
    if not folders:
        raise OperatorError(
            _("Nothing was loaded that could be taken away."),
            _("See {folder} for what there is.", folder=files.loaded_dir(data_dir)),
        )
    _remove(folders[-1])
    return folders[-1]


def _remove(folder: Path) -> None:
    if folder.exists():
        # Under another name first: a crash half way leaves no half pack.
        old = folder.with_name(f".{folder.name.lstrip('.')}.old")
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
        shutil.rmtree(old)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
