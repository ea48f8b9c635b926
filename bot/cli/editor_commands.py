"""What an editor types."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from bot.cli.arguments import (
    HAS_PAGE,
    PATH,
    decision_options,
    decisions_of,
    json_option,
    need_page,
    page_options,
    yes_option,
)
from bot.cli.checkout import packs_dir, read_settings
from bot.cli.help_pages import GuidedCommand
from bot.errors import OperatorError
from bot.process.progress import showing
from bot.process.terminal import json_text, tell
from bot.text import ENCORE, _, plural, say

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from bot.interview.pack.mistakes import Mistake
    from bot.interview.transcript import Decisions
    from bot.trivia.kinds import Kind


@click.command(cls=GuidedCommand)
@click.argument("file", required=False, type=PATH)
@click.option("--pack", metavar="SLUG", help="The interview it belongs to.")
@click.option("--dry-run", is_flag=True, help="Only show what was understood.")
@json_option
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

    if options["preview"]:
        need_page()
    return load_file(LoadOptions(**options), read_settings(), decisions_of(shape, speakers))


@click.command("new-pack", cls=GuidedCommand)
@click.argument("folder", type=PATH)
@click.option(
    "--from", "file", metavar="FILE", type=PATH, help="The transcript; leave it out to start empty."
)
@click.option(
    "--preview",
    is_flag=True,
    hidden=not HAS_PAGE,
    help="Correct it and pick quotes in the browser.",
)
@page_options
@decision_options
def new_pack(
    folder: Path,
    file: Path | None,
    preview: bool,
    port: int,
    no_open: bool,
    shape: str,
    speakers: Sequence[tuple[str, str]],
) -> int:
    """Start an interview of your own.

    FOLDER is where the files go; their comments say what to fill in.
    """
    from bot.editing.load import notes_on
    from bot.editing.new_pack import begin, draft

    decisions = decisions_of(shape, speakers)
    if file is not None:
        decisions = _as_loaded(file, decisions)
    if preview:
        return _pick_new(file, folder, decisions, port=port, opens=not no_open)
    notes: Iterable[str] = ()
    if file is None:
        begin(folder)
    else:
        with showing("Reading the transcript"):
            notes = notes_on(draft(file, folder, decisions))
    tell(say(_("Wrote {folder}. Now fill in what its comments ask for.", folder=folder)))
    for note in notes:
        tell(note)
    _tell_next(folder)
    return 0


def _as_loaded(file: Path, overrides: "Decisions") -> "Decisions":
    """Take over what was decided when the same file was loaded, and say that it is."""
    from bot.editing.kept_decisions import decisions_in, loaded_from

    folder = loaded_from(file, read_settings().data_dir)
    if folder is None:
        return overrides
    undo = f"{ENCORE} load --undo --pack {folder.name}"
    sentence = _(
        "{file} is loaded already and is read as it was then; so that members don't have the"
        " interview twice, take that one away: {undo}",
        file=file.name,
        undo=undo,
    )
    tell(say(sentence), sys.stderr)
    return decisions_in(folder).but(overrides)


def _pick_new(
    file: Path | None, folder: Path, decisions: "Decisions", *, port: int, opens: bool
) -> int:
    need_page()
    from bot.editing.new_pack import NewPack
    from bot.editing.quote_page import pick_new_quotes

    if file is None:
        raise OperatorError(_("Which transcript?"), _("Name it, as in: --from talk.txt"))
    pack = NewPack(file, folder, picks=True)
    if pick_new_quotes(pack, decisions, tell, port=port, opens=opens) is None:
        tell(say(_("Nothing was written.")))
        return 1
    _tell_next(folder)
    return 0


def _tell_next(folder: Path) -> None:
    tell(f"Check it: {ENCORE} check {folder}")
    tell(f"See it:   {ENCORE} playground --pack {folder}")


@click.command(cls=GuidedCommand)
@click.argument("folder", type=PATH)
@click.option(
    "--from", "file", metavar="FILE", type=PATH, help="The transcript, for a pack that holds none."
)
@page_options
@decision_options
def edit(
    folder: Path,
    file: Path | None,
    port: int,
    no_open: bool,
    shape: str,
    speakers: Sequence[tuple[str, str]],
) -> int:
    """Pick quotes for an interview on a page in your browser.

    FOLDER is a pack that new-pack began. Each quote is saved as you pick it.
    """
    need_page()
    from bot.editing.quote_page import pick_quotes
    from bot.editing.spoken_answers import source_of

    source = source_of(folder, file, decisions_of(shape, speakers))
    pick_quotes(source, tell, port=port, opens=not no_open)
    _tell_next(folder)
    return 0


@click.command(cls=GuidedCommand)
@click.argument("folder", required=False, type=PATH)
@click.option(
    "--transcript", metavar="FILE", type=PATH, help="Compare the quotes with the original."
)
@click.option("--fix", is_flag=True, help="Fill in missing numbers and marks first.")
@click.option("--count", is_flag=True, help="Count the trivia questions that it makes.")
@json_option
@decision_options
def check(
    folder: Path | None,
    transcript: Path | None,
    fix: bool,
    count: bool,
    as_json: bool,
    shape: str,
    speakers: Sequence[tuple[str, str]],
) -> int:
    """Find every mistake in an interview's files.

    FOLDER is a pack or holds packs; leave it out to check those in PACKS_DIR.
    """
    from bot.editing.check import check as find_mistakes
    from bot.editing.check import count_rounds, folders_to_check, hints_at
    from bot.editing.mistake_report import comparison, json_rows, show, summary

    folders = folders_to_check(folder or packs_dir())
    if fix:
        _fix(folders, sys.stderr if as_json else None)
    with showing("Checking the interviews") as progress:
        mistakes = list(find_mistakes(folders, packs_dir, progress))
    compared = 0
    if transcript:
        untrue, compared = _untrue(folders, transcript, decisions_of(shape, speakers))
        mistakes += untrue
    with showing("Looking for hints") as progress:
        hints = list(hints_at(folders, progress))
    if as_json:
        tell(json_text(json_rows(mistakes, hints)))
    else:
        show(mistakes, hints)
    aside = sys.stderr if mistakes or as_json else None
    if transcript:
        tell(say(comparison(compared, transcript)), aside)
    tell(say(summary(mistakes, hints, len(folders))), aside)
    if mistakes:
        return 1
    if count:
        _tell_counts(count_rounds(folders), aside)
    return 0


def _untrue(
    folders: Sequence[Path], transcript: Path, decisions: "Decisions"
) -> "tuple[Sequence[Mistake], int]":
    from bot.editing.check import untrue_quotes
    from bot.interview.transcript import parse_transcript

    with showing("Reading the transcript"):
        original = parse_transcript(transcript, decisions=decisions)
    with showing("Comparing the quotes with it") as progress:
        of_each = [untrue_quotes(folder, original, progress) for folder in folders]
    mistakes = [mistake for untrue, _compared in of_each for mistake in untrue]
    return mistakes, sum(compared for _untrue, compared in of_each)


def _fix(folders: Sequence[Path], file: TextIO | None) -> None:
    from bot.editing.load import tomorrow
    from bot.interview.pack.numbers import add_numbers
    from bot.interview.pack.translation_marks import mark_translations

    with showing("Filling in the numbers"):
        added = sum(add_numbers(folder, tomorrow()) for folder in folders)
    sentence = plural("Added 1 number.", "Added {count} numbers.", added)
    tell(say(sentence if added else _("No number was missing.")), file)
    if marked := sum(map(mark_translations, folders)):
        tell(say(plural("Marked 1 translation.", "Marked {count} translations.", marked)), file)


def _tell_counts(counts: "Mapping[str, Counter[Kind]]", file: TextIO | None) -> None:
    for slug, by_kind in counts.items():
        tell(f"{slug}: {by_kind.total()} questions", file)
        for kind, number in by_kind.most_common():
            tell(f"  {kind}: {number}", file)
