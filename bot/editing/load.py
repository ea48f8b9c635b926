"""Transcripts loaded: what they would become, what was understood of them, a draft to edit."""

import os.path
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.errors import OperatorError
from bot.interview.loading.draft import write_draft
from bot.interview.loading.loaded_packs import earlier_quotes, loaded_folders
from bot.interview.loading.plan import Plan
from bot.interview.loading.planning import follow, plan_load, plan_new
from bot.interview.pack.files import is_slug, pack_folders
from bot.interview.pack.packs import read_packs
from bot.interview.transcript import Transcript, parse_transcript
from bot.text import _

# About a screen: whoever wants all of them has --json.
_NOTES: Final = 30


def plan_of(transcript: Transcript, packs_dir: Path, data_dir: Path, slug: str | None) -> Plan:
    """Plan what loading a transcript writes; raises PackError where a pack there is wrong."""
    shipped_packs = read_packs(pack_folders(packs_dir))
    shipped_packs.mistakes.raise_if_any()
    shipped_slugs = {pack.interview.slug for pack in shipped_packs.packs}
    loaded_packs = [
        pack
        for pack in read_packs(loaded_folders(data_dir)).packs
        if pack.interview.slug not in shipped_slugs
    ]
    plan = plan_load(transcript, shipped_packs.packs, loaded_packs, slug)
    follow(plan, earlier_quotes(plan, data_dir), tomorrow())
    return plan


def draft(file: Path, folder: Path, speakers: Mapping[str, str]) -> Transcript:
    """Write a new pack out of a transcript; gives what was understood of it."""
    # Not `resolve`, which raises RuntimeError where links lead in a circle.
    slug = Path(os.path.realpath(folder)).name
    if not is_slug(slug):
        raise OperatorError(
            _("The folder's name {name!r} cannot stand in a button.", name=folder.name),
            _("Use at most 32 small letters, digits and hyphens."),
        )
    transcript = parse_transcript(file, speakers=speakers)
    write_draft(plan_new(transcript, slug), folder)
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
    in_draw = sum(row.get("drawn", True) for row in plan.quotes)
    yield (
        f"Adds to {plan.adds_to}: {len(plan.quotes)} passages, {in_draw} of them drawn at random"
        if plan.adds_to
        else f"A new interview, {plan.slug}: {len(plan.quotes)} passages, {in_draw} drawn at random"
    )
    yield from notes_on(transcript, plan.left_out)


def notes_on(transcript: Transcript, left_out: Sequence[str] = ()) -> Iterator[str]:
    """Say what was not certain in a transcript."""
    if notes := [
        *(f"line {note.line}: {note.why}" for note in transcript.unsure),
        *(f"left out: {reason}" for reason in left_out),
    ]:
        yield "Unsure:"
        yield from (f"  {note}" for note in notes[:_NOTES])
        if len(notes) > _NOTES:
            yield f"  and {len(notes) - _NOTES} more; --dry-run --json shows all"
