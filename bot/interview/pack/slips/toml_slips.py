"""Which slip keeps a piece of a TOML file from being read."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from bot.interview.pack.slips.fault import Fault, Slip
from bot.interview.pack.slips.line_rest import rest_slip
from bot.interview.pack.slips.line_slips import line_slip
from bot.interview.pack.slips.list_slips import list_slip
from bot.interview.pack.slips.missing_brackets import bracket_slip
from bot.interview.pack.slips.text_slips import text_slip
from bot.interview.pack.slips.word_slips import word_slip
from bot.text import _

_INVISIBLE: Final = ("Cc", "Cf", "Zs", "Zl", "Zp", "Cn", "Co", "Cs")


def recognised_slip(text: str, position: int, complaint: str) -> Slip:
    """Say what is wrong with a piece of TOML in which the parser gave up at an offset."""
    fault = Fault(text, min(position, len(text)), complaint)
    for recognise in _WAYS:
        if slip := recognise(fault):
            return slip
    problem = _("this can't be read")
    remedy = _('compare it with the lines around it: name = "text", name = 5, name = ["a", "b"]')
    return fault.here(problem, remedy)


def _invisible(fault: Fault) -> Slip | None:
    letter = fault.letter
    if not letter or letter in " \t\n\r" or unicodedata.category(letter) not in _INVISIBLE:
        return None
    sign = f"U+{ord(letter):04X}"
    if unicodedata.category(letter) == "Zs":
        problem = _("an unusual space ({sign}), as web pages and Word use", sign=sign)
        return fault.here(problem, _("replace it with an ordinary space"))
    problem = _("an invisible character ({sign})", sign=sign)
    return fault.here(problem, _("delete it"))


_WAYS: Final[Sequence[Callable[[Fault], Slip | None]]] = (
    _invisible,
    line_slip,
    bracket_slip,
    rest_slip,
    text_slip,
    list_slip,
    word_slip,
)
