"""The help card."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.interview.audience import Reader
from bot.interview.model import Interview
from bot.text import Text, _
from bot.ui.cards import Card, box
from bot.ui.markdown import link, plain, plain_cut

_INTERVIEWS: Final = 5


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
    lines = [reader.say(text) for text in (_set_up(mentions) if is_manager else ())]
    lines.append(reader.say(_("### What you can type")))
    for name, description in commands.items():
        lines.append(f"- {mentions[name]} · {plain(reader.say(description))}")
    lines.append(reader.say(_("- *Apps*, *Save quote* in the menu of a message saves its quote.")))
    lines.append(reader.say(_("### Whose words these are")))
    lines += [_origin(interview, reader) for interview in interviews[:_INTERVIEWS]]
    return Card(reader.locale, box(lines))


def _set_up(mentions: Mapping[str, str]) -> tuple[Text, ...]:
    return (
        _("### Three steps to set it up"),
        _("1. {settings} says what is shown, and where.", settings=mentions["settings"]),
        _("2. Try {quote} in the channel that it is for.", quote=mentions["quote"]),
        _("3. *Server Settings*, *Integrations* says who may use which command."),
    )


def _origin(interview: Interview, reader: Reader) -> str:
    where = link(interview.title, interview.link)
    origin = _(
        "{where} by {byline}, {outlet}.",
        where=where,
        byline=plain(interview.byline),
        outlet=plain(interview.outlet),
    )
    if not interview.byline:
        origin = _("{where}, {outlet}.", where=where, outlet=plain(interview.outlet))
    return f"- {reader.say(origin)} {plain_cut(interview.rights, 500)}".rstrip()
