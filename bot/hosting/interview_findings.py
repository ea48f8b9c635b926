"""Which interviews there are, what is wrong with them, and which of them were loaded."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.config import Settings
from bot.editing.check import check, folders_to_check
from bot.errors import OperatorError
from bot.hosting.finding import Finding
from bot.interview.loading.loaded_packs import loaded_folders, transcript_of
from bot.interview.pack.files import MAX_STREAMED, QUOTES, QUOTES_STREAMED, all_folders
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.toml_files import read_toml
from bot.process.progress import showing
from bot.reading.bounded import FileError, is_there, open_bounded
from bot.text import ENCORE, _, plural, say, spoken

_SHIPPED: Final = "interviews"
_LOADED: Final = "loaded"
_PLACE: Final = _(
    "Set PACKS_DIR to a folder with an interview.toml, or to one that holds such folders."
)


def interview_findings(settings: Settings) -> Iterator[Finding]:
    """Check them all as `check` does, and tell what members can be shown."""
    folder = settings.packs_dir
    try:
        folders = all_folders(folder, settings.data_dir) or folders_to_check(folder, _PLACE)
        loaded = loaded_folders(settings.data_dir)
        with showing("Checking the interviews") as progress:
            mistakes = check(folders, progress=progress)
            wrong = Counter(mistake.path.parent for mistake in mistakes)
    except OperatorError as error:
        yield Finding.of(_SHIPPED, error)
        return
    except OSError as error:
        yield Finding(_SHIPPED, f"can't be checked ({spoken(error)})", f"Check what's in {folder}.")
        return
    shipped = [place for place in folders if place not in loaded and place not in wrong]
    if shipped:
        yield Finding(_SHIPPED, ", ".join(map(_amount, shipped)))
    for place, count in sorted(wrong.items()):
        yield _mistaken(place, count, is_loaded=place in loaded)
    yield from (_loaded(place) for place in loaded if place not in wrong)
    if not loaded:
        yield Finding(_LOADED, "none yet")


def _mistaken(folder: Path, mistakes: int, *, is_loaded: bool) -> Finding:
    count = say(plural("1 mistake", "{count} mistakes", mistakes))
    how = f"{count} in {folder}, so members don't see it"
    remedy = f"See each: {ENCORE} check {folder}"
    if not is_loaded:
        return Finding(_SHIPPED, how, remedy)
    copy = transcript_of(folder)
    again = f"load it again: {ENCORE} load {copy} --pack {folder.name}" if copy else ""
    undo = f"remove it: {ENCORE} load --undo --pack {folder.name}"
    return Finding(_LOADED, how, "; or ".join(filter(None, (remedy, again, undo))))


def _loaded(folder: Path) -> Finding:
    copy = transcript_of(folder)
    day = datetime.fromtimestamp(folder.stat().st_mtime, UTC).date()
    source = f", from {copy}" if copy else ""
    return Finding(_LOADED, f"{_amount(folder)}{source}, on {day}")


def _amount(folder: Path) -> str:
    quotes = plural("1 quote", "{count:,} quotes", _quotes_in(folder))
    return f"{folder.name} ({say(quotes)})"


def _quotes_in(folder: Path) -> int:
    """Count what is there already known to be right, without reading it all once more."""
    table = read_toml(folder / QUOTES, Mistakes()) if is_there(folder / QUOTES) else None
    listed: Sequence[object] = table.content.get("quotes", ()) if table else ()
    try:
        with open_bounded(folder / QUOTES_STREAMED, MAX_STREAMED) as file:
            return len(listed) + sum(1 for line in file if line.strip())
    except FileError:
        return len(listed)
