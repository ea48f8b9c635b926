"""What an editor types."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.arguments import (
    HAS_PAGE,
    PATH,
    decision_options,
    decisions_of,
    page_options,
    yes_option,
)
from bot.cli.checkout import packs_dir, read_settings
from bot.cli.help_pages import GuidedCommand
from bot.errors import OperatorError
from bot.process.progress import showing
from bot.process.terminal import tell
from bot.text import ENCORE, _, plural, say

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from bot.interview.pack.mistakes import Mistake
    from bot.interview.transcript import Decisions
    from bot.trivia.kinds import Kind


@click.command(cls=GuidedCommand)
@click.argument("file", required=False, type=PATH)
@click.option("--pack", metavar="SLUG", help="The interview that it belongs to.")
@click.option("--dry-run", is_flag=True, help="Only show what was understood.")
@click.option("--json", is_flag=True, help="Show it as JSON.")
@click.option("--undo", is_flag=True, help="Remove what was loaded.")
@click.option(
    "--preview", is_flag=True, hidden=not HAS_PAGE, help="Check and correct it in the browser."
)
@page_options
@yes_option
@decision_options
def load(shape: str, speakers: Sequence[tuple[str, str]], **options: Any) -> int:
    """Turn a transcript into an interview.

    FILE is text, Markdown, a web page, subtitles (.srt, .vtt), JSON, CSV or TSV.
    """
    from bot.editing.load_command import LoadOptions
    from bot.editing.load_command import load as load_file

    if options["preview"] and not HAS_PAGE:
        raise OperatorError(
            _("There's no page in this installation."), _("Use --preview in a checkout.")
        )
    return load_file(LoadOptions(**options), read_settings(), decisions_of(shape, speakers))


@click.command("new-pack", cls=GuidedCommand)
@click.argument("folder", type=PATH)
@click.option("--from", "file", required=True, metavar="FILE", type=PATH, help="The transcript.")
@decision_options
def new_pack(folder: Path, file: Path, shape: str, speakers: Sequence[tuple[str, str]]) -> int:
    """Start an interview of your own.

    FOLDER is where the files go; their comments say what to fill in.
    """
    from bot.editing.load import draft, notes_on

    with showing("Reading the transcript"):
        transcript = draft(file, folder, decisions_of(shape, speakers))
    tell(say(_("Wrote {folder}. Now fill in what its comments ask for.", folder=folder)))
    for note in notes_on(transcript):
        tell(note)
    tell(f"Check it: {ENCORE} check {folder}")
    tell(f"See it:   {ENCORE} playground --pack {folder}")
    return 0


@click.command(cls=GuidedCommand)
@click.argument("folder", required=False, type=PATH)
@click.option(
    "--transcript", metavar="FILE", type=PATH, help="Compare the quotes with the original."
)
@click.option("--fix", is_flag=True, help="Fill in missing numbers and marks first.")
@click.option("--count", is_flag=True, help="Count the trivia questions that it makes.")
@decision_options
def check(
    folder: Path | None,
    transcript: Path | None,
    fix: bool,
    count: bool,
    shape: str,
    speakers: Sequence[tuple[str, str]],
) -> int:
    """Find every mistake in an interview's files.

    FOLDER is a pack, or holds packs; without it those in PACKS_DIR are checked.
    """
    from bot.editing.check import check as find_mistakes
    from bot.editing.check import count_rounds, folders_to_check, hints_at

    folders = folders_to_check(folder or packs_dir())
    if fix:
        _fix(folders)
    with showing("Checking the interviews") as progress:
        mistakes = list(find_mistakes(folders, packs_dir, progress))
    if transcript:
        mistakes += _untrue(folders, transcript, decisions_of(shape, speakers))
    for mistake in mistakes:
        tell(mistake)
    with showing("Looking for hints") as progress:
        hints = list(hints_at(folders, progress))
    for hint in hints:
        tell(hint.as_hint())
    if mistakes:
        print(say(plural("1 mistake.", "{count} mistakes.", len(mistakes))), file=sys.stderr)
        return 1
    tell(say(plural("1 interview, no mistakes.", "{count} interviews, no mistakes.", len(folders))))
    if count:
        _tell_counts(count_rounds(folders))
    return 0


def _untrue(
    folders: Sequence[Path], transcript: Path, decisions: "Decisions"
) -> "Sequence[Mistake]":
    from bot.editing.check import untrue_quotes
    from bot.interview.transcript import parse_transcript

    with showing("Reading the transcript"):
        original = parse_transcript(transcript, decisions=decisions)
    with showing("Comparing the quotes with it") as progress:
        return [
            untrue for folder in folders for untrue in untrue_quotes(folder, original, progress)
        ]


def _fix(folders: Sequence[Path]) -> None:
    from bot.editing.load import tomorrow
    from bot.interview.pack.numbers import add_numbers
    from bot.interview.pack.translation_marks import mark_translations

    with showing("Filling in the numbers"):
        added = sum(add_numbers(folder, tomorrow()) for folder in folders)
    tell(say(plural("Added 1 number.", "Added {count} numbers.", added)))
    if marked := sum(map(mark_translations, folders)):
        tell(say(plural("Marked 1 translation.", "Marked {count} translations.", marked)))


def _tell_counts(counts: "Mapping[str, Counter[Kind]]") -> None:
    for slug, by_kind in counts.items():
        tell(f"{slug}: {by_kind.total()} questions")
        for kind, number in by_kind.most_common():
            tell(f"  {kind}: {number}")
