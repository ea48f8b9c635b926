"""Copying what members have done to a file, when the host asks for it."""

import os.path
from pathlib import Path

from bot.errors import OperatorError
from bot.process.progress import showing
from bot.state.copies.backups import new_backup, todays_backup, write_backup
from bot.state.copies.contents import Amounts, amounts_in_file, spoken_content
from bot.text import Text, _


def back_up(data_dir: Path, file: Path | None, database_url: str | None = None) -> Text:
    """Write a copy to a file, to a folder or among the daily ones; gives what was written.

    Raises OperatorError where the file is there already, or no copy can be made.
    """
    if file is None:
        file = new_backup(data_dir)
    elif os.path.isdir(file):
        file /= todays_backup(data_dir).name
    _check_is_new(file)
    amounts: list[Amounts] = []
    with showing("Writing the backup"):
        write_backup(
            data_dir,
            file,
            database_url=database_url,
            look=lambda state: amounts.append(amounts_in_file(state)),
        )
    return _(
        "Wrote {file} ({size}): {content}.",
        file=file,
        size=_spoken_size(file.stat().st_size),
        content=spoken_content(amounts[0], data_dir),
    )


def _check_is_new(file: Path) -> None:
    # A name that no file can have is told when it is written.
    if os.path.lexists(file):
        raise OperatorError(
            _("{file} already exists.", file=file),
            _("Name another file, or delete it first; nothing was changed."),
        )


def _spoken_size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.1f} kB"
