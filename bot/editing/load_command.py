"""`encore load`: a transcript understood, shown, asked about and written."""

import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.config import Settings
from bot.editing.kept_decisions import Load
from bot.editing.load import summary_of
from bot.editing.voices_heard import is_doubtful, sureness
from bot.errors import OperatorError
from bot.interview.loading.loaded_packs import hold_packs, undo
from bot.interview.transcript import Decisions, Transcript
from bot.process.progress import showing
from bot.process.terminal import agrees, json_text, tell
from bot.state.paths import packs_path
from bot.text import ENCORE, Text, _, say

_RESTART: Final = _("If the bot is running, restart it to see this.")
_HOSTS: Final = _(
    "Each host that runs this bot needs the same: run this there too, or copy {packs} to its"
    " DATA_DIR. Then restart them all; until then members see what their server's process has."
)
_AS_DECIDED: Final = _("Read with last time's decisions; --preview shows and changes them.")


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What was typed after `load`, besides the decisions."""

    file: Path | None
    pack: str | None
    yes: bool
    dry_run: bool
    as_json: bool
    undo: bool
    preview: bool
    port: int
    no_open: bool


def load(options: LoadOptions, settings: Settings, overrides: Decisions) -> int:
    """Do what was typed; `overrides` are its decisions. Gives the exit code."""
    if options.undo:
        return _undo(settings, options.pack)
    if options.file is None:
        remedy = _("Name it, as in: {encore} load talk.html", encore=ENCORE)
        raise OperatorError(_("Which file?"), remedy)
    what = Load(options.file, settings.packs_dir, settings.data_dir, options.pack)
    if options.preview:
        return _tell_end(_preview(what, options, overrides), settings)
    with nullcontext() if options.dry_run else hold_packs(settings.data_dir):
        return _show_and_write(what, options, settings, overrides)


def _show_and_write(
    what: Load, options: LoadOptions, settings: Settings, overrides: Decisions
) -> int:
    with showing("Reading the transcript"):
        decisions = what.decisions(overrides)
        transcript = what.parse(decisions, overrides)
    if decisions is not overrides:
        tell(say(_AS_DECIDED), sys.stderr)
    if options.as_json:
        tell(json_text(transcript.to_json()))
    if options.as_json and options.dry_run:
        return 0
    with showing("Looking for its interview"):
        plan = what.plan(transcript)
    tell("\n".join(summary_of(transcript, plan)), sys.stderr if options.as_json else None)
    if options.dry_run:
        return 0
    if options.yes or agrees(question_about(transcript)):
        with showing("Writing the interview"):
            folder = what.write(plan, decisions)
        return _tell_end(folder, settings)
    return _tell_end(None, settings)


def question_about(transcript: Transcript) -> Text:
    """Ask, and say again what above is easily passed over."""
    if is_doubtful(transcript):
        sure = sureness(transcript)
        return _("I'm {sure}. Load it anyway? [y/N] ", sure=sure)
    return _("Load it? [y/N] ")


def _undo(settings: Settings, slug: str | None) -> int:
    with hold_packs(settings.data_dir):
        folder = undo(settings.data_dir, slug)
    tell(say(_("Removed {folder}.", folder=folder)))
    tell(say(_what_next(settings)))
    return 0


def _preview(what: Load, options: LoadOptions, overrides: Decisions) -> Path | None:
    # The playground may not be installed.
    from bot.editing.transcript_preview import preview_transcript

    if options.dry_run or options.as_json or options.yes:
        raise OperatorError(
            _("--preview opens a page and asks there."),
            _("Leave out --dry-run, --json and --yes."),
        )
    decisions = what.decisions(overrides)
    port, opens = options.port, not options.no_open
    return preview_transcript(what, decisions, tell, port=port, opens=opens)


def _tell_end(folder: Path | None, settings: Settings) -> int:
    if folder is None:
        tell(say(_("Nothing was changed.")))
        return 1
    tell(say(_("Wrote {folder}.", folder=folder)))
    tell(say(_what_next(settings)))
    return 0


def _what_next(settings: Settings) -> Text:
    """Say how what was loaded comes to members; a database that hosts share holds no interviews."""
    if settings.database_url is None:
        return _RESTART
    return Text(_HOSTS.message, {"packs": packs_path(settings.data_dir)})
