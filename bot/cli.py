"""The command line: one function a sub-command, and the only place that ends the process."""

import argparse
import asyncio
import gc
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.config import Settings, check_authorities, load_env_file
from bot.errors import OperatorError
from bot.process.log import set_up as set_up_log
from bot.process.terminal import agrees, open_streams, output, tell
from bot.reading.values import port
from bot.text import _, plural, say

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from bot.interview.transcript import Decisions
    from bot.trivia.kinds import Kind

ROOT: Final = Path(__file__).resolve().parent.parent


def main() -> None:
    open_streams()
    try:
        arguments = _arguments()
        check_authorities(os.environ)
        exit_code = arguments.command(arguments)
    except OperatorError as error:
        print(error, file=sys.stderr)
        exit_code = error.exit_code
    except BrokenPipeError:
        # Whoever reads has seen enough, as `head` has.
        exit_code = 1
    sys.exit(exit_code)


def _arguments() -> argparse.Namespace:
    try:
        return _parser().parse_args()
    finally:
        # It may have written its help.
        with output():
            sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Encore, a Discord bot.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("run", help="run the bot").set_defaults(command=_run)
    # The container's image does without it.
    if find_spec("playground"):
        _add_playground(commands.add_parser("playground", help="try the bot without Discord"))
    _add_check(commands.add_parser("check", help="find every mistake in an interview's files"))
    _add_new_pack(
        commands.add_parser("new-pack", help="start an interview of your own from a transcript")
    )
    commands.add_parser("reports", help="list the mistakes members reported").set_defaults(
        command=_reports
    )
    commands.add_parser("health", help="ask a running bot whether it's healthy").set_defaults(
        command=_health
    )
    commands.add_parser("doctor", help="check that everything the bot needs is there").set_defaults(
        command=_doctor
    )
    _add_backup(
        commands.add_parser("backup", help="save scores, settings and everything else to a file")
    )
    _add_restore(commands.add_parser("restore", help="go back to a backup"))
    _add_forget(commands.add_parser("forget", help="delete everything stored about a member"))
    _add_load(commands.add_parser("load", help="turn a transcript into an interview"))
    return parser


def _run(_arguments: argparse.Namespace) -> int:
    settings = _settings(needs_token=True)
    # What is imported is kept: to look for garbage in it would be a tenth of the start.
    gc.disable()
    # The other commands do without Discord, and whom to trust may stand in `.env`.
    from bot.hosting.run import run

    gc.freeze()
    gc.enable()
    set_up_log(settings.log_level, settings.log_format, *settings.secrets)
    run(settings)
    return 0


def _add_playground(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_playground)
    _add_page(parser)
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="keep the bot's data in this folder"
    )
    parser.add_argument("--pack", type=Path, metavar="FOLDER", help="preview an interview")
    parser.add_argument("--locale", default="en-US", help="the language of the page, such as fr")


def _add_page(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=_port, default=8787, help="port of the page; if it's taken, another one"
    )
    parser.add_argument("--no-open", action="store_true", help="don't open a browser")


def _port(value: str) -> int:
    try:
        # 0 is any that is free.
        return 0 if value == "0" else port(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _playground(arguments: argparse.Namespace) -> int:
    from discord import Locale

    from bot.editing.preview import Preview, show_preview

    if arguments.locale not in (locales := [locale.value for locale in Locale]):
        raise OperatorError(
            _("Discord has no language {locale!r}.", locale=arguments.locale),
            _("Choose one of {known}.", known=", ".join(locales)),
        )

    settings = _settings()
    preview = Preview(
        root=ROOT,
        packs_dir=settings.packs_dir,
        port=arguments.port,
        data_dir=arguments.data,
        pack=arguments.pack,
        opens=not arguments.no_open,
        locale=arguments.locale,
        has_database=settings.database_url is not None,
    )
    show_preview(preview, tell)
    return 0


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_check)
    parser.add_argument("folder", nargs="?", type=Path, help="a pack, or a folder of packs")
    parser.add_argument("--transcript", type=Path, help="compare the quotes with the original")
    parser.add_argument(
        "--fix", action="store_true", help="fill in missing numbers and marks first"
    )
    parser.add_argument("--count", action="store_true", help="count the trivia questions it makes")
    _add_decisions(parser)


def _add_new_pack(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_new_pack)
    parser.add_argument("folder", type=Path, help="where to put the files")
    parser.add_argument(
        "--from", dest="file", type=Path, required=True, metavar="FILE", help="the transcript"
    )
    _add_decisions(parser)


def _add_backup(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_backup)
    parser.add_argument(
        "file", nargs="?", type=Path, help="a new file, or a folder (else with the daily backups)"
    )


def _add_restore(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_restore)
    parser.add_argument("file", type=Path, help="a file that backup wrote")


def _add_forget(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_forget)
    parser.add_argument("user_id", type=int, metavar="USER_ID", help="in Discord: Copy User ID")
    parser.add_argument("--yes", action="store_true", help="don't ask first")


def _add_load(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_load)
    parser.add_argument("file", nargs="?", type=Path, help="a transcript, in any usual format")
    parser.add_argument("--pack", metavar="SLUG", help="the interview it belongs to")
    parser.add_argument("--yes", action="store_true", help="don't ask first")
    parser.add_argument("--dry-run", action="store_true", help="only show what was understood")
    parser.add_argument("--json", action="store_true", help="show it as JSON")
    parser.add_argument("--undo", action="store_true", help="remove what was loaded")
    if find_spec("playground"):
        parser.add_argument(
            "--preview", action="store_true", help="check and correct it in the browser"
        )
        _add_page(parser)
    _add_decisions(parser)


def _add_decisions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--shape",
        default="",
        metavar="NAME",
        help="how speakers are labelled, as load names it; a wrong name lists all",
    )
    parser.add_argument(
        "--speaker",
        action="append",
        default=[],
        type=_speaker,
        metavar="LABEL=NAME",
        help='who a label stands for, such as "Speaker 1=Ada Example"',
    )


def _speaker(value: str) -> tuple[str, str]:
    label, equals, name = (part.strip() for part in value.partition("="))
    if not (label and equals and name):
        raise argparse.ArgumentTypeError('it must be LABEL=NAME, such as "Speaker 1=Ada Example"')
    return label, name


def _decisions(arguments: argparse.Namespace) -> "Decisions":
    from bot.interview.transcript import Decisions

    return Decisions(shape=arguments.shape, names=dict(arguments.speaker))


def _check(arguments: argparse.Namespace) -> int:
    from bot.editing.check import (
        check,
        count_rounds,
        folders_to_check,
        hints_at,
        untrue_quotes,
    )
    from bot.editing.load import tomorrow
    from bot.interview.pack.numbers import add_numbers
    from bot.interview.pack.translation_marks import mark_translations
    from bot.interview.transcript import parse_transcript

    folders = folders_to_check(arguments.folder or _packs_dir())
    if arguments.fix:
        added = sum(add_numbers(folder, tomorrow()) for folder in folders)
        tell(say(plural("Added 1 number.", "Added {count} numbers.", added)))
        if marked := sum(map(mark_translations, folders)):
            tell(say(plural("Marked 1 translation.", "Marked {count} translations.", marked)))
    mistakes = list(check(folders, _packs_dir))
    if arguments.transcript:
        transcript = parse_transcript(arguments.transcript, decisions=_decisions(arguments))
        mistakes += [untrue for folder in folders for untrue in untrue_quotes(folder, transcript)]
    for mistake in mistakes:
        tell(mistake)
    for hint in hints_at(folders):
        tell(hint.as_hint())
    if mistakes:
        print(say(plural("1 mistake.", "{count} mistakes.", len(mistakes))), file=sys.stderr)
        return 1
    tell(say(plural("1 interview, no mistakes.", "{count} interviews, no mistakes.", len(folders))))
    if arguments.count:
        _print_counts(asyncio.run(count_rounds(folders)))
    return 0


def _print_counts(counts: "Mapping[str, Counter[Kind]]") -> None:
    for slug, by_kind in counts.items():
        tell(f"{slug}: {by_kind.total()} questions")
        for kind, number in by_kind.most_common():
            tell(f"  {kind}: {number}")


def _new_pack(arguments: argparse.Namespace) -> int:
    from bot.editing.load import notes_on
    from bot.editing.new_pack import draft

    folder: Path = arguments.folder
    transcript = draft(arguments.file, folder, _decisions(arguments))
    tell(say(_("Wrote {folder}. Now fill in what its comments ask for.", folder=folder)))
    for note in notes_on(transcript):
        tell(note)
    tell(f"Check it: python -m bot check {folder}")
    tell(f"See it:   python -m bot playground --pack {folder}")
    return 0


def _reports(_arguments: argparse.Namespace) -> int:
    from bot.hosting.report_list import reported

    settings = _settings()
    lines = reported(settings.packs_dir, settings.data_dir, settings.database_url)
    tell("\n".join(lines) or say(_("Nobody has reported anything.")))
    return 0


def _health(_arguments: argparse.Namespace) -> int:
    from bot.hosting.ask_health import ask_health

    is_well, sentence = ask_health(_settings().health_port)
    tell(sentence)
    return 0 if is_well else 1


def _doctor(_arguments: argparse.Namespace) -> int:
    from bot.hosting.doctor import examine

    exit_code = 0
    for finding in examine(os.environ, ROOT):
        tell(finding)
        exit_code = max(exit_code, finding.exit_code)
    return exit_code


def _backup(arguments: argparse.Namespace) -> int:
    from bot.hosting.backup import back_up

    settings = _settings()
    tell(say(back_up(settings.data_dir, arguments.file, settings.database_url)))
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from bot.hosting.restore import about_other_hosts, restore, where_former_data_is

    settings = _settings()
    folder = restore(arguments.file, settings.data_dir, settings.database_url)
    tell(say(_("Restored {file}.", file=arguments.file)))
    if folder is not None:
        tell(say(where_former_data_is(folder)))
    if settings.database_url:
        tell(say(about_other_hosts(settings.data_dir)))
    return 0


def _forget(arguments: argparse.Namespace) -> int:
    from bot.hosting.forget import forget

    settings = _settings()
    sentence, is_well = forget(
        settings.data_dir,
        arguments.user_id,
        lambda text: arguments.yes or agrees(text),
        settings.database_url,
    )
    tell(say(sentence))
    return 0 if is_well else 1


def _load(arguments: argparse.Namespace) -> int:
    from bot.editing.load_command import load

    return load(arguments, _settings(), _decisions(arguments))


def _packs_dir() -> Path:
    return _settings().packs_dir


def _settings(*, needs_token: bool = False) -> Settings:
    load_env_file(ROOT / ".env")
    return Settings.from_env(os.environ, ROOT, needs_token=needs_token)
