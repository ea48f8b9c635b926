"""A planned pack written into the data folder, all of it or nothing, and taken away again."""

import json
import shutil
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bot.errors import OperatorError, UnavailableError
from bot.interview.loading.plan import Plan
from bot.interview.pack import files
from bot.interview.pack.entries import QuoteEntry
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.packs import mistakes_in
from bot.interview.pack.source import read_lines
from bot.process.file_lock import LockedError, locked
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
        with locked(folder / "load", 0):
            files.finish_replacing(files.loaded_dir(data_dir))
            yield
    except LockedError:
        raise UnavailableError(
            _("Another load is running in {folder}.", folder=data_dir),
            _("Wait until it's done, then load again."),
        ) from None
    except OSError as error:
        raise files.unwritable(data_dir, error) from error


def write_plan(
    plan: Plan, transcript: Path, data_dir: Path, decisions: Mapping[str, Any] | None = None
) -> Path:
    """Write a pack beside a copy of its transcript; one loaded earlier under its name goes.

    `decisions` are those under which the transcript was read, as TOML.
    Raises OperatorError, and leaves all as it was, where the pack would have mistakes.
    """
    folder = files.loaded_dir(data_dir) / plan.slug
    outer = files.unfinished_folder(folder)
    # Under its own name already: the rules for packs look at it, too.
    unfinished = outer / folder.name
    try:
        shutil.rmtree(outer, ignore_errors=True)
        with files.made_folder(outer):
            unfinished.mkdir()
            _write_files(plan, transcript, unfinished, decisions or {})
            _refuse_mistakes(plan, unfinished)
            files.replace_folder(folder, unfinished)
    except OSError as error:
        raise files.unwritable(folder, error) from error
    return folder


def _write_files(plan: Plan, transcript: Path, folder: Path, decisions: Mapping[str, Any]) -> None:
    # Only a load pays for the import.
    import tomli_w

    (folder / files.INTERVIEW).write_text(tomli_w.dumps(plan.interview), "utf-8")
    write_lines(folder / files.QUOTES_STREAMED, plan.quotes)
    write_lines(folder / files.ANSWERS, plan.answers)
    if decisions:
        (folder / files.READING).write_text(tomli_w.dumps(decisions), "utf-8")
    shutil.copyfile(transcript, folder / f"{_COPY}{transcript.suffix}")


def _refuse_mistakes(plan: Plan, folder: Path) -> None:
    """Refuse what `check` would: a bot would leave the interview out, or not start."""
    for mistake in mistakes_in([*plan.beside, folder]):
        raise OperatorError(
            _(
                "The interview wouldn't pass the check: {file}, line {line}: {mistake}.",
                file=mistake.path.name,
                line=mistake.line,
                mistake=mistake.sentence(),
            ),
            _("Nothing was written. Fix that spot in the transcript, then load it again."),
        )


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


def transcript_of(folder: Path) -> Path | None:
    """Give the copy of what a pack was loaded from; None where somebody took it away."""
    return next(iter(sorted(folder.glob(f"{_COPY}*"))), None)


def undo(data_dir: Path, slug: str | None) -> Path:
    """Take away what was loaded under a name, or last; raises OperatorError if it is nothing."""
    folders = [folder for folder in loaded_folders(data_dir) if slug in (None, folder.name)]
    if not folders:
        raise OperatorError(
            _("There's nothing loaded to remove."),
            _("What's loaded is in {folder}.", folder=files.loaded_dir(data_dir)),
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
