"""What a policy about spoilers is called."""

from typing import Final

from bot.interview.audience import SpoilerPolicy
from bot.text import _

SPOILERS: Final = {
    SpoilerPolicy.SHOW: _("Show all"),
    SpoilerPolicy.HIDE: _("Show mild ones, blur major ones"),
    SpoilerPolicy.OMIT: _("Blur mild ones, leave out major ones"),
}
