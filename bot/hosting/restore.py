"""Putting a backup in place."""

from pathlib import Path

from bot.state.backups import finish_restoring, unpack
from bot.state.locks import hold_data_alone


def restore(file: Path, data_dir: Path) -> Path | None:
    """Put a backup in the place of a folder's data; gives where that is kept, if there was any.

    Raises OperatorError where the file is foreign, newer or damaged, UnavailableError while a bot
    uses the folder; nothing is changed then.
    """
    with hold_data_alone(data_dir):
        unpack(file, data_dir)
        return finish_restoring(data_dir)
