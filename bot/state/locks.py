"""One bot for one data folder; several may share it where each has shards of its own."""

from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from bot.errors import UnavailableError
from bot.text import _

_FOLDER: Final = "locks"
_WHOLE: Final = "all"


@contextmanager
def hold_data(data_dir: Path, shard_ids: Sequence[int] | None = None) -> Generator[None]:
    """Hold a data folder; raises UnavailableError where another bot does.

    The system lets go of it when the process ends, however that comes about.
    """
    names = [_WHOLE] if shard_ids is None else [str(shard_id) for shard_id in shard_ids]
    with ExitStack() as stack:
        for name in names:
            _hold(stack, data_dir, name)
        yield


@contextmanager
def hold_data_alone(data_dir: Path) -> Generator[None]:
    """Hold a data folder as a whole; raises UnavailableError where any bot uses it."""
    with ExitStack() as stack:
        for name in sorted({_WHOLE, *(path.name for path in (data_dir / _FOLDER).glob("*"))}):
            _hold(stack, data_dir, name)
        yield


def _hold(stack: ExitStack, data_dir: Path, name: str) -> None:
    folder = data_dir / _FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stack.enter_context(FileLock(folder / name, timeout=0))
    except Timeout:
        raise UnavailableError(
            _("Another bot uses {folder}.", folder=data_dir),
            _("Stop it, or set DATA_DIR to another folder."),
        ) from None
    except OSError as error:
        raise UnavailableError(
            _("{folder} cannot be used: {why}.", folder=data_dir, why=error),
            _("Check that the bot's user may write in the folder and that the disk is not full."),
        ) from error
