"""What an editor does with packs at the command line: checks them, counts what comes out."""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.errors import OperatorError
from bot.interview.audience import SpoilerPolicy, audience
from bot.interview.library.build import build_content
from bot.interview.library.library import open_library
from bot.interview.loading.draft import write_draft
from bot.interview.loading.loaded_packs import loaded_folders, read_earlier
from bot.interview.loading.plan import Plan, follow, plan_load, plan_new
from bot.interview.pack.files import INTERVIEW, is_slug, pack_folders
from bot.interview.pack.hints import hints
from bot.interview.pack.mistakes import Mistake
from bot.interview.pack.packs import read_pack, read_packs
from bot.interview.transcript import Transcript, parse_transcript
from bot.interview.truth import Truth
from bot.text import _
from bot.trivia.kinds import Kind
from bot.trivia.question_maker import QuestionMaker

_NOTES: Final = 30


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
    found = read_packs(folders)
    for pack in found.packs:
        for _item in (*pack.quotes(), *pack.answers()):
            pass
    yield from found.mistakes


def hints_at(folders: Sequence[Path]) -> Iterator[Mistake]:
    """Find what an editor may want to change in some packs."""
    for pack in read_packs(folders).packs:
        yield from hints(pack)


def untrue_quotes(folder: Path, transcript: Transcript) -> Iterator[Mistake]:
    """Find the quotes of a pack that are not in a transcript as the pack says."""
    pack = read_pack(folder)
    if pack is not None:
        truth = Truth(transcript, pack.interview)
        for placed in pack.quote_entries():
            yield from truth.mistakes_in(placed)


async def count_rounds(folders: Sequence[Path]) -> dict[str, Counter[Kind]]:
    """Count the different trivia questions of each pack, by making every one of them."""
    everything = audience(SpoilerPolicy.SHOW, allows_mature=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "content.sqlite3")
        build_content(path, list(folders))
        async with open_library(path) as library:
            making = QuestionMaker(library, random.Random(0))
            return {
                slug: await making.count(interview, everything)
                for slug, interview in library.interviews.items()
            }


def plan_of(transcript: Transcript, packs_dir: Path, data_dir: Path, slug: str | None) -> Plan:
    """Plan what loading a transcript writes; raises PackError where a pack there is wrong."""
    shipped = read_packs(pack_folders(packs_dir))
    shipped.mistakes.raise_if_any()
    own = [
        pack
        for pack in read_packs(loaded_folders(data_dir)).packs
        if pack.interview.slug not in {one.interview.slug for one in shipped.packs}
    ]
    plan = plan_load(transcript, shipped.packs, own, slug)
    follow(plan, read_earlier(plan, data_dir), tomorrow())
    return plan


def draft(file: Path, folder: Path, speakers: Mapping[str, str]) -> Transcript:
    """Write a new pack out of a transcript; gives what was understood of it."""
    if not is_slug(folder.resolve().name):
        raise OperatorError(
            _("The folder's name {name!r} cannot stand in a button.", name=folder.name),
            _("Use at most 32 small letters, digits and hyphens."),
        )
    transcript = parse_transcript(file, speakers=speakers)
    write_draft(plan_new(transcript, folder.resolve().name), folder)
    return transcript


def tomorrow() -> date:
    """Give the next UTC day: the first whose card may show what is added now."""
    return datetime.now(UTC).date() + timedelta(days=1)


def summary_of(transcript: Transcript, plan: Plan) -> Iterator[str]:
    """Say what was understood, what would be written and what was not certain."""
    answers = [answer for exchange in transcript.exchanges for answer in exchange.answers]
    sentences = Counter[str]()
    for answer in answers:
        sentences[answer.speaker] += len(answer.sentences)
    yield f"Title: {transcript.title or '(none)'}"
    yield f"Interviewer: {transcript.interviewer or '(not named)'}"
    yield f"Questions: {len(transcript.exchanges)}"
    yield f"Answers: {len(answers)}"
    for name, number in sentences.items():
        turns = sum(answer.speaker == name for answer in answers)
        yield f"  {name}: {number} sentences in {turns} answers"
    drawn = sum(row.get("drawn", True) for row in plan.quotes)
    yield (
        f"Adds to {plan.adds_to}: {len(plan.quotes)} passages, {drawn} of them drawn at random"
        if plan.adds_to
        else f"A new interview, {plan.slug}: {len(plan.quotes)} passages, {drawn} drawn at random"
    )
    yield from notes_on(transcript, plan.left_out)


def notes_on(transcript: Transcript, left_out: Sequence[str] = ()) -> Iterator[str]:
    """Say what was not certain in a transcript."""
    if notes := [
        *(f"line {note.line}: {note.why}" for note in transcript.unsure),
        *(f"left out: {what}" for what in left_out),
    ]:
        yield "Unsure:"
        yield from (f"  {note}" for note in notes[:_NOTES])
        if len(notes) > _NOTES:
            yield f"  and {len(notes) - _NOTES} more; --dry-run --json shows all"
