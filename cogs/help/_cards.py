"""The help card."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.interview.audience import Reader
from bot.interview.model import Interview
from bot.text import Text, _, plural
from bot.ui.budget import FlexibleText, Line, pages
from bot.ui.cards import Card, box
from bot.ui.markdown import link, plain

_MENUS: Final = _(
    "- Hold or right-click a message, then *Apps*: *Save quote* keeps its quote, *Answer"
    " with a quote* finds one that fits."
)


def help_card(
    commands: Mapping[str, Text],
    command_ids: Mapping[str, int],
    interviews: Sequence[Interview],
    reader: Reader,
    *,
    is_manager: bool = False,
) -> Card:
    """List the commands as something to press, then whose words these are.

    Whoever manages the server first reads how to set it up.
    """
    mentions = {
        name: f"</{name}:{command_ids[name]}>" if name in command_ids else f"**/{name}**"
        for name in commands
    }
    lines: list[Line] = [reader.say(text) for text in (_set_up(mentions) if is_manager else ())]
    lines.append(reader.say(_("### What you can type")))
    for name, description in commands.items():
        lines.append(f"- {mentions[name]} · {plain(reader.say(description))}")
    lines.append(reader.say(_MENUS))
    lines.append(reader.say(_("### Where the words come from")))
    origins = [_origin(interview, reader) for interview in interviews]
    more = _more(len(interviews), mentions)
    count = pages(origins, [*lines, reader.say(more)])[0].stop
    lines += origins[:count]
    if left := len(interviews) - count:
        lines.append(reader.say(_more(left, mentions)))
    return Card(reader.locale, box(lines))


def _more(count: int, mentions: Mapping[str, str]) -> Text:
    """Say that there are more interviews, and where their words stand."""
    return plural(
        "- and 1 more: {interview} shows it.",
        "- and {count} more: {interview} shows each.",
        count,
        interview=mentions.get("interview", "/interview"),
    )


def _set_up(mentions: Mapping[str, str]) -> tuple[Text, ...]:
    return (
        _("### Set me up in three steps"),
        _("1. {settings}: choose what I show, and where.", settings=mentions["settings"]),
        _("2. {quote}: try it in the channel you want me in.", quote=mentions["quote"]),
        _("3. *Server Settings*, *Integrations*: choose who can use which command."),
    )


def _origin(interview: Interview, reader: Reader) -> Line:
    where = link(interview.title, interview.link)
    origin = _(
        "{where} by {byline}, {outlet}.",
        where=where,
        byline=plain(interview.byline),
        outlet=plain(interview.outlet),
    )
    if not interview.byline:
        origin = _("{where}, {outlet}.", where=where, outlet=plain(interview.outlet))
    before = f"- {reader.say(origin)} "
    return FlexibleText(interview.rights, before) if interview.rights else before.rstrip()
