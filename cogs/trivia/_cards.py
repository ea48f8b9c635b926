"""What is said beside a verdict: praise, and the question what is wrong with it."""

from collections.abc import Sequence

from bot.interview.audience import Reader
from bot.interview.model import Interview
from bot.text import _
from bot.trivia.practice import Mastery
from bot.ui.cards import Card, Item, box, row_of
from bot.ui.markdown import plain


def celebration(mastery: Mastery, interview: Interview, reader: Reader) -> str:
    """Praise who has mastered all there is."""
    praise = _(
        "### All {total} mastered!\nNobody can catch you out on {work} any more.",
        total=mastery.total,
        work=plain(interview.work),
    )
    return reader.say(praise)


def report_card(reader: Reader, row: Sequence[Item]) -> Card:
    """Ask what is wrong; nothing is typed, so nothing has to be read."""
    heading = _("### What's wrong with it?\nWhoever runs this bot will see it.")
    return Card(reader.locale, box([reader.say(heading)], *row_of(row)))
