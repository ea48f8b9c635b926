"""A planned pack written into the data folder, all of it or nothing, and taken away again."""

import json
import shutil
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from bot.errors import OperatorError, UnavailableError
from bot.interview.loading.plan import Plan
from bot.interview.pack import files
from bot.interview.pack.entries import QuoteEntry
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.source import read_lines
from bot.text import _

_COPY: Final = "transcript"


@contextmanager
def hold_packs(data_dir: Path) -> Generator[None]:
    """Hold what was loaded from the plan to the last file; raises UnavailableError if another does.

    What a killed load left is put back or swept away.
    """
    folder = data_dir / "locks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "load", timeout=0):
            files.finish_replacing(files.loaded_dir(data_dir))
            yield
    except Timeout:
        raise UnavailableError(
            _("Another load is going on in {folder}.", folder=data_dir),
            _("Wait until it is over, then load again."),
        ) from None
    except OSError as error:
        raise files.unwritable(data_dir, error) from error


def write_plan(
    plan: Plan, transcript: Path, data_dir: Path, decisions: Mapping[str, Any] | None = None
) -> Path:
    """Write a pack beside a copy of its transcript; one loaded earlier under its name goes.

    `decisions` are those under which the transcript was read, as TOML.
    """
    # Only a load pays for the import.
    import tomli_w

    folder = files.loaded_dir(data_dir) / plan.slug
    unfinished = files.unfinished_folder(folder)
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        with files.made_folder(unfinished):
            (unfinished / files.INTERVIEW).write_text(tomli_w.dumps(plan.interview), "utf-8")
            write_lines(unfinished / files.QUOTES_STREAMED, plan.quotes)
            write_lines(unfinished / files.ANSWERS, plan.answers)
            if decisions:
                (unfinished / files.READING).write_text(tomli_w.dumps(decisions), "utf-8")
            shutil.copyfile(transcript, unfinished / f"{_COPY}{transcript.suffix}")
            files.replace_folder(folder, unfinished)
    except OSError as error:
        raise files.unwritable(folder, error) from error
    return folder


def earlier_quotes(plan: Plan, data_dir: Path) -> list[dict[str, Any]]:
    """Read the quotes that were loaded earlier under a plan's name.

    Raises PackError where somebody damaged them since.
    """
    path = files.loaded_dir(data_dir) / plan.slug / files.QUOTES_STREAMED
    mistakes = Mistakes()
    records = list(read_lines(path, QuoteEntry, mistakes))
    mistakes.raise_if_any()
    return [record.entry.model_dump(mode="json", exclude_unset=True) for record in records]


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
    try:
        # Under another name first: a crash half way leaves no half pack.
        unfinished = files.unfinished_folder(folders[-1])
        shutil.rmtree(unfinished, ignore_errors=True)
        folders[-1].rename(unfinished)
        shutil.rmtree(unfinished)
    except OSError as error:
        raise files.unwritable(folders[-1], error) from error
    return folders[-1]


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
