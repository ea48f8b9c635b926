"""Facts as cards."""

from collections.abc import Iterable, Sequence

from bot.interview.audience import Reader
from bot.interview.model import Fact, Interview
from bot.text import Text, _
from bot.ui.budget import TextBlock
from bot.ui.cards import Card, Item
from bot.ui.quote_cards import accent_of, fact_text, veiled_card


def fact_card(
    fact: Fact,
    interview: Interview,
    reader: Reader,
    *,
    buttons: Sequence[Item] = (),
    notes: Iterable[Text] = (),
) -> Card:
    """Show a fact about the cast or the series."""
    text, *source = fact_text(fact, interview, reader, notes)
    accent = accent_of(interview, fact.people[0]) if len(fact.people) == 1 else None
    hidden = _("Spoiler: this fact gives away part of the story. Press to read it.")
    apart = [TextBlock(source)]
    return veiled_card([text], fact.spoiler, hidden, reader, [buttons], apart=apart, accent=accent)
