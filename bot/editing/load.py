"""Transcripts loaded: what they would become, and what was understood of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.editing.voices_heard import (
    first_and_last,
    longest_answer,
    sureness,
    unspoken,
)
from bot.interview.loading.loaded_packs import earlier_quotes, loaded_folders
from bot.interview.loading.plan import Plan
from bot.interview.loading.planning import follow, plan_load
from bot.interview.pack.files import pack_folders
from bot.interview.pack.packs import read_packs
from bot.interview.transcript import Transcript
from bot.text import plural, say

# About a screen: whoever wants all of them has --json.
_NOTES: Final = 30
_SHAPES: Final = 2
"""Other shapes that are named."""
_LEFT_OUT: Final = "Left out: {count} lines that are nobody's words"
_IN_ANSWER: Final = "{sentences} in 1 answer"
_IN_ANSWERS: Final = "{sentences} in {count} answers"


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


def tomorrow() -> date:
    """Give the next UTC day: the first whose card may show what is added now."""
    return datetime.now(UTC).date() + timedelta(days=1)


def summary_of(transcript: Transcript, plan: Plan) -> Iterator[str]:
    """Say what was understood, what would be written and what was not certain."""
    yield f"Title: {transcript.title or _title_of(plan)}"
    yield f"Interviewer: {transcript.interviewer or '(not named)'}"
    yield f"Questions: {len(transcript.exchanges)}"
    yield from _voices(transcript)
    if longest := longest_answer(transcript):
        yield longest
    if count := unspoken(transcript):
        yield say(plural("Left out: 1 line that is nobody's words", _LEFT_OUT, count))
    if transcript.shape:
        yield f"Shape of the labels: {transcript.shape}{_others(transcript)}"
    yield f"How sure: {sureness(transcript)}"
    yield _planned(plan)
    if topics := _topics(plan):
        yield f"Topics: {', '.join(topics)}"
    yield from notes_on(transcript, plan.left_out)


def _others(transcript: Transcript) -> str:
    """Say how else the file could be read."""
    others = [shape for shape in transcript.shapes if shape != transcript.shape]
    return f" (or perhaps --shape {' or '.join(others[:_SHAPES])})" if others else ""


def _planned(plan: Plan) -> str:
    quotes = say(plural("1 quote", "{count} quotes", len(plan.passages)))
    if plan.adds_to:
        return f"Adds to {plan.adds_to}: {quotes}, {plan.in_draw} of them drawn at random"
    return f"A new interview, {plan.slug}: {quotes}, {plan.in_draw} drawn at random"


def _title_of(plan: Plan) -> str:
    """Give the title of an interview whose file has none."""
    title = plan.interview.get("title")
    return f"{title} (the file has none)" if title else "(none)"


def _voices(transcript: Transcript) -> Iterator[str]:
    """Say how much each voice says, and show its first and last words."""
    answers = [answer for exchange in transcript.exchanges for answer in exchange.answers]
    yield f"Answers: {len(answers)}"
    ends = dict(first_and_last(transcript))
    for name in transcript.people:
        own = [answer for answer in answers if answer.speaker == name]
        sentences = sum(len(answer.sentences) for answer in own)
        amount = plural("1 sentence", "{count} sentences", sentences)
        yield f"  {name}: {say(plural(_IN_ANSWER, _IN_ANSWERS, len(own), sentences=amount))}"
        yield from (f"    {end}" for end in ends.pop(name, ()))
    for name, own_ends in ends.items():
        yield f"  {name} asks:"
        yield from (f"    {end}" for end in own_ends)


def _topics(plan: Plan) -> list[str]:
    exchanges = plan.interview.get("exchanges", [])
    counts = Counter(topic for exchange in exchanges for topic in exchange.get("topics", ()))
    return [topic for topic, _count in counts.most_common()]


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
        yield "To check and correct each of them: --preview"
