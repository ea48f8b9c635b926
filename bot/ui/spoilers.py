"""What a policy about spoilers is called."""

from typing import Final

from bot.interview.audience import SpoilerPolicy
from bot.text import _

SPOILERS: Final = {
    SpoilerPolicy.SHOW: _("Show all"),
    SpoilerPolicy.HIDE: _("Show mild ones, hide major ones behind a veil"),
    SpoilerPolicy.OMIT: _("Hide mild ones behind a veil, leave out major ones"),
}
