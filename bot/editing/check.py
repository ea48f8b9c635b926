"""Packs checked: their mistakes, hints, untrue quotes, and the trivia that comes out of them."""

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.errors import OperatorError
from bot.interview.audience import SpoilerPolicy, audience
from bot.interview.hints.pack_hints import hints
from bot.interview.library.build import build_content
from bot.interview.library.opening import open_library
from bot.interview.pack.files import is_pack, pack_folders
from bot.interview.pack.mistakes import Mistake
from bot.interview.pack.pack import read_pack
from bot.interview.pack.packs import bases_of, meter_of, mistakes_in, read_packs
from bot.interview.transcript import Transcript
from bot.interview.truth import Truth
from bot.process.progress import NOBODY, Progress, showing
from bot.text import Text, _
from bot.trivia.kinds import Kind
from bot.trivia.question_maker import QuestionMaker

_WHERE: Final = _("Name a folder with an interview.toml, or one that holds such folders.")


def folders_to_check(folder: Path, remedy: Text = _WHERE) -> list[Path]:
    """List the packs that a folder is or holds; raises OperatorError where there is none."""
    folders = [folder] if is_pack(folder) else pack_folders(folder)
    if not folders:
        if (misnamed := next(folder.glob("[Ii]nterview*.toml*"), None)) is not None:
            remedy = _("Rename {name}: it has to be interview.toml.", name=misnamed.name)
        raise OperatorError(_("There's no interview in {folder}.", folder=folder), remedy)
    return folders


def check(
    folders: Sequence[Path],
    packs_dir: Callable[[], Path] | None = None,
    progress: Progress = NOBODY,
) -> Iterator[Mistake]:
    """Find every mistake in some packs; what they add to may lie in `packs_dir`, asked for then."""
    bases = bases_of(folders, packs_dir) if packs_dir else []
    yield from mistakes_in([*bases, *folders], progress)


def hints_at(folders: Sequence[Path], progress: Progress = NOBODY) -> Iterator[Mistake]:
    """Find what an editor may want to change in some packs."""
    for pack in read_packs(folders, meter_of(folders, progress)).packs:
        yield from hints(pack)


def untrue_quotes(
    folder: Path, transcript: Transcript, progress: Progress = NOBODY
) -> tuple[Sequence[Mistake], int]:
    """Find the quotes of a pack that are not in a transcript as it says, of how many compared."""
    pack = read_pack(folder)
    if pack is None:
        return [], 0
    pack.meter = meter_of([folder], progress)
    truth, mistakes, compared = Truth(transcript, pack.interview), list[Mistake](), 0
    for record in pack.quote_entries():
        mistakes += truth.mistakes_in(record)
        compared += not record.entry.withdrawn
    return mistakes, compared


def count_rounds(folders: Sequence[Path]) -> dict[str, Counter[Kind]]:
    """Count the different trivia questions of each pack, by question_maker every one of them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "content.sqlite3")
        # Outside of a loop, where Ctrl-C would wait for its end.
        with showing("Building the interviews") as progress:
            build_content(path, list(folders), progress)
        with showing("Counting the questions") as progress:
            return asyncio.run(_counts(path, progress))


async def _counts(path: Path, progress: Progress) -> dict[str, Counter[Kind]]:
    everything = audience(SpoilerPolicy.SHOW, allows_mature=True)
    async with open_library(path) as library:
        question_maker = QuestionMaker(library, random.Random(0))
        return {
            slug: await question_maker.count(interview, everything, progress)
            for slug, interview in library.interviews.items()
        }
