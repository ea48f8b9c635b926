"""What to say of a number that leads to nothing."""

from typing import Final

from bot.errors import UserError
from bot.interview.model import ItemKind
from bot.text import Text, _

_NO_LONGER: Final = {
    ItemKind.QUOTE: (_("Quote {number} was withdrawn."), _("Type /quote for another one.")),
    ItemKind.FACT: (_("Fact {number} was withdrawn."), _("Type /fact for another one.")),
}
_UNKNOWN: Final = {
    ItemKind.QUOTE: (
        _("I have no quote {number} to show here."),
        _("Type /quote for another one."),
    ),
    ItemKind.FACT: (
        _("I have no fact {number} to show here."),
        _("Type /fact for another one."),
    ),
}


class UnknownNumberError(UserError):
    """There is no item of this number, or none that may be shown."""

    def __init__(self, kind: ItemKind, number: int, *, was_withdrawn: bool) -> None:
        text, remedy = (_NO_LONGER if was_withdrawn else _UNKNOWN)[kind]
        super().__init__(Text(text.message, {"number": number}), remedy)
