"""What to say of a number that leads to nothing."""

from typing import Final

from bot.errors import UserError
from bot.interview.model import ItemKind
from bot.text import Text, _

_WITHDRAWN: Final = {
    ItemKind.QUOTE: (_("Quote {number} was withdrawn."), _("Type /quote for one of the others.")),
    ItemKind.FACT: (_("Fact {number} was withdrawn."), _("Type /fact for one of the others.")),
}
_UNKNOWN: Final = {
    ItemKind.QUOTE: (
        _("No quote that may be shown here has the number {number}."),
        _("Type /quote for any of them."),
    ),
    ItemKind.FACT: (
        _("No fact that may be shown here has the number {number}."),
        _("Type /fact for any of them."),
    ),
}


def missing(kind: ItemKind, number: int, *, was_withdrawn: bool) -> UserError:
    """Say that there is no such item, or no longer."""
    text, remedy = (_WITHDRAWN if was_withdrawn else _UNKNOWN)[kind]
    return UserError(Text(text.message, {"number": number}), remedy)
