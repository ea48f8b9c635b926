"""What an editor does with packs at the command line: checks them, counts what comes out."""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.errors import OperatorError
from bot.interview.audience import SpoilerPolicy, audience
from bot.interview.library.build import build_content
from bot.interview.library.reader import open_library
from bot.interview.pack.files import INTERVIEW, pack_folders
from bot.interview.pack.mistakes import Mistake
from bot.text import _
from bot.trivia.making import Making
from bot.trivia.questions import Kind


def folders_to_check(folder: Path) -> list[Path]:
    """List the packs that a folder is or holds; raises OperatorError where there is none."""
    folders = [folder] if (folder / INTERVIEW).is_file() else pack_folders(folder)
    if not folders:
        raise OperatorError(
            _("There is no interview in {folder}.", folder=folder),
            _("Name a folder with an interview.toml, or one that holds such folders."),
        )
    return folders


def check(folders: Sequence[Path]) -> Iterator[Mistake]:
    """Find every mistake in some packs."""
    # Validation is slow to import; `run` does without it.
    from bot.interview.pack.reading import read_packs

    found = read_packs(folders)
    for pack in found.packs:
        for _item in (*pack.quotes(), *pack.answers()):
            pass
    yield from found.mistakes


async def count_rounds(folders: Sequence[Path]) -> dict[str, Counter[Kind]]:
    """Count the different trivia questions of each pack, by making every one of them."""
    everything = audience(SpoilerPolicy.SHOW, allows_mature=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "content.sqlite3")
        build_content(path, list(folders))
        async with open_library(path) as library:
            making = Making(library, random.Random(0))
            return {
                slug: await making.count(interview, everything)
                for slug, interview in library.interviews.items()
            }
