"""How the bot comes to a server: a link, and where somebody watches, a frame and a code to scan."""

import io
import logging
import sys
from typing import TextIO

from bot.client import Bot

log = logging.getLogger(__name__)


async def invite(bot: Bot) -> None:
    """Tell the link once the bot is connected; who begins, in no server yet, can't pass it over."""
    await bot.wait_until_ready()
    is_watched = sys.stderr.isatty() and bot.settings.log_format != "json"
    if is_watched and not bot.guilds:
        show_invitation(bot.invite_url(), sys.stderr)
    else:
        log.info("invite the bot to a server: %s", bot.invite_url())


def show_invitation(link: str, screen: TextIO) -> None:
    """Draw the link in a frame; its line is never broken, so that it can be copied whole."""
    # For the first start on a terminal alone.
    from rich.console import Console
    from rich.text import Text

    console = Console(file=screen, highlight=False)
    code = _code(link)
    # Broken by a narrow terminal it is none.
    has_code = console.encoding.startswith("utf") and code.index("\n") <= console.width
    how = "Open this link, or scan it" if has_code else "Open this link"
    console.rule("[bold]Invite the bot to your server")
    console.print(f"\n{how}:\n\n{link}\n", soft_wrap=True, markup=False)
    if has_code:
        console.print(Text(code, "bright_white on black"), soft_wrap=True)
    console.rule("Then type /quote there")


def _code(link: str) -> str:
    """Draw a link in half blocks: light on dark, as the style of whoever prints it has to be."""
    import segno

    drawn = io.StringIO()
    segno.make(link, error="l").terminal(drawn, border=2, compact=True)
    return drawn.getvalue()
