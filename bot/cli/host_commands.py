"""What a host types."""

import gc
import os
from collections.abc import Sequence
from pathlib import Path

import click

from bot.cli.arguments import PATH, days, json_option, page_options, user_id, yes_option
from bot.cli.checkout import ROOT, read_settings
from bot.cli.help_pages import GuidedCommand
from bot.config import take_out_authorities
from bot.errors import OperatorError
from bot.process.log import set_up as set_up_log
from bot.process.progress import showing
from bot.process.terminal import agrees, json_text, tell
from bot.text import ENCORE, _, say


@click.command(cls=GuidedCommand)
def run() -> int:
    """Run the bot."""
    settings = read_settings(needs_token=True)
    # What is imported is kept: to look for garbage in it would be a tenth of the start.
    gc.disable()
    # The other commands do without Discord, and whom to trust may stand in `.env`.
    from bot.hosting.run import run as run_bot

    gc.freeze()
    gc.enable()
    set_up_log(settings.log_level, settings.log_format, *settings.secrets)
    run_bot(settings)
    return 0


def _locales() -> Sequence[str]:
    from discord import Locale

    return [locale.value for locale in Locale]


def _complete_locale(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    return [locale for locale in _locales() if locale.startswith(begun)]


@click.command(cls=GuidedCommand)
@click.option("--pack", metavar="FOLDER", type=PATH, help="Preview an interview.")
@click.option("--data", metavar="DIR", type=PATH, help="Keep the bot's data in this folder.")
@click.option(
    "--locale",
    default="en-US",
    show_default=True,
    metavar="LOCALE",
    shell_complete=_complete_locale,
    help="The language of the page, such as fr.",
)
@page_options
def playground(pack: Path | None, data: Path | None, locale: str, port: int, no_open: bool) -> int:
    """Try the bot without Discord, on a page in your browser."""
    from bot.editing.preview import Preview, show_preview

    if locale not in (locales := _locales()):
        raise OperatorError(
            _("Discord has no language {locale!r}.", locale=locale),
            _("Choose one of {known}.", known=", ".join(locales)),
        )
    settings = read_settings()
    preview = Preview(
        root=ROOT,
        packs_dir=settings.packs_dir,
        port=port,
        data_dir=data,
        pack=pack,
        opens=not no_open,
        locale=locale,
        has_database=settings.database_url is not None,
    )
    show_preview(preview, tell)
    return 0


@click.command(cls=GuidedCommand)
@json_option
def reports(as_json: bool) -> int:
    """List the mistakes that members reported."""
    from bot.hosting.report_list import reported

    settings = read_settings()
    items = reported(settings.packs_dir, settings.data_dir, settings.database_url)
    if as_json:
        tell(json_text([item.as_json() for item in items]))
    else:
        tell("\n".join(map(str, items)) or say(_("Nobody has reported anything.")))
    return 0


@click.command(cls=GuidedCommand)
@click.option(
    "--days",
    type=days,
    default="30",
    show_default=True,
    metavar="DAYS",
    help="How many days to look back, up to 366.",
)
@json_option
def stats(days: int, as_json: bool) -> int:
    """See how the bot is used: answers, players and questions worth a look."""
    from bot.hosting.statistics.listings import json_document
    from bot.hosting.statistics.stats_command import overview_of, show

    report = overview_of(read_settings(), days)
    if report is None:
        raise OperatorError(
            _("No bot has run here yet, so there's nothing to count."),
            _("Start one with: {encore} run", encore=ENCORE),
        )
    if as_json:
        tell(json_text(json_document(report)))
    else:
        show(report)
    return 0


@click.command(cls=GuidedCommand)
@json_option
def health(as_json: bool) -> int:
    """Ask a running bot whether it's well.

    It asks this machine at HEALTH_PORT, never through a proxy.
    """
    from bot.hosting.ask_health import ask_health

    is_well, words = ask_health(read_settings().health_port, as_json=as_json)
    tell(words)
    return 0 if is_well else 1


@click.command(cls=GuidedCommand)
@json_option
def doctor(as_json: bool) -> int:
    """Check that everything the bot needs is there."""
    # A pipe would be waited for while all is imported.
    mistakes = take_out_authorities(os.environ)
    from bot.hosting.doctor import examine
    from bot.hosting.doctor_report import report

    return report(examine(os.environ, ROOT, mistakes), as_json=as_json)


@click.command(cls=GuidedCommand)
@click.argument("file", required=False, type=PATH)
def backup(file: Path | None) -> int:
    """Save scores, settings and everything else to a file.

    FILE is a new file or a folder; leave it out to put the backup with the daily ones.
    """
    from bot.hosting.backup import back_up

    settings = read_settings()
    tell(say(back_up(settings.data_dir, file, settings.database_url)))
    return 0


@click.command(cls=GuidedCommand)
@click.argument("file", type=PATH)
def restore(file: Path) -> int:
    """Go back to a backup.

    FILE is a backup.
    """
    from bot.hosting.restore import (
        about_other_hosts,
        what_came_back,
        where_former_data_is,
        who_was_forgotten,
    )
    from bot.hosting.restore import restore as put_back

    settings = read_settings()
    with showing("Restoring the backup"):
        restored = put_back(file, settings.data_dir, settings.database_url)
    tell(say(what_came_back(file, settings.data_dir, settings.database_url)))
    if restored.forgotten:
        tell(say(who_was_forgotten(restored.forgotten)))
    if restored.former is not None:
        tell(say(where_former_data_is(restored.former)))
    if settings.database_url:
        tell(say(about_other_hosts(settings.data_dir)))
    return 0


@click.command(cls=GuidedCommand)
@click.argument("user_id", type=user_id)
@yes_option
def forget(user_id: int, yes: bool) -> int:
    """Delete everything stored about a member.

    USER_ID is what Copy User ID gives you in Discord, with Developer Mode on.
    """
    from bot.hosting.forget import forget as delete

    settings = read_settings()
    sentence, is_well = delete(
        settings.data_dir, user_id, lambda text: yes or agrees(text), settings.database_url
    )
    tell(say(sentence))
    return 0 if is_well else 1
