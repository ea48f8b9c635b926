"""Putting a backup in place."""

from pathlib import Path

from bot.state.backups import BACKUP_DAYS
from bot.state.locks import hold_data_alone
from bot.state.restoring import delete_unfinished_restores, finish_restoring, unpack
from bot.text import Text, _


def restore(file: Path, data_dir: Path) -> Path | None:
    """Put a backup in the place of a folder's data; gives where that is kept, if there was any.

    Raises OperatorError where the file is foreign, newer or damaged, UnavailableError while a bot
    uses the folder; nothing is changed then.
    """
    with hold_data_alone(data_dir):
        delete_unfinished_restores(data_dir)
        # One that was interrupted comes first: each restore keeps what was there before it.
        finish_restoring(data_dir)
        unpack(file, data_dir)
        return finish_restoring(data_dir)


def where_former_data_is(folder: Path) -> Text:
    return _(
        "What was there before is in {folder}. A running bot deletes it after {days} days.",
        folder=folder,
        days=BACKUP_DAYS,
    )
