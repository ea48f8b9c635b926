"""Who reads an answer, and what may be shown to them: the only rule about spoilers there is."""

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bot.interview.model import Spoiler
from bot.text import SOURCE_LOCALE, Text, say


class MaturePolicy(StrEnum):
    """Where a server shows mature language."""

    RESTRICTED = "restricted"
    EVERYWHERE = "everywhere"
    NOWHERE = "nowhere"


class SpoilerPolicy(StrEnum):
    """What a server, or a member for private answers, has chosen."""

    SHOW = "show"
    HIDE = "hide"
    OMIT = "omit"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads an answer; every read of the library takes one.

    Spoilers up to `plain` are shown as they are, those above it up to `limit` behind a veil,
    the others not at all.
    """

    plain: Spoiler = Spoiler.MILD
    limit: Spoiler = Spoiler.MAJOR
    allows_mature: bool = False
    left_out: frozenset[tuple[str, int]] = frozenset()
    """Quotes, by slug and number, that a server does not want to see."""

    def admits(self, spoiler: Spoiler, is_mature: bool) -> bool:
        """Say whether an item may be shown at all, veiled or not."""
        return spoiler <= self.limit and (self.allows_mature or not is_mature)

    def veils(self, spoiler: Spoiler) -> bool:
        """Say whether an item that is admitted stands behind a spoiler."""
        return spoiler > self.plain

    def leaves_out(self, slug: str, number: int) -> bool:
        return (slug, number) in self.left_out

    def numbers_left_out(self, slug: str) -> str:
        """List the quotes of an interview that are left out, as JSON for a statement."""
        return json.dumps([number for quote_slug, number in self.left_out if quote_slug == slug])

    def stricter(self, other: "Audience") -> "Audience":
        """Show only what both may see."""
        return Audience(
            min(self.plain, other.plain),
            min(self.limit, other.limit),
            self.allows_mature and other.allows_mature,
            self.left_out | other.left_out,
        )

    def for_game(self) -> "Audience":
        """Leave out what would be veiled: buttons cannot be hidden."""
        return replace(self, limit=self.plain)


EVERYONE: Final = Audience(plain=Spoiler.NONE, limit=Spoiler.NONE)
STRICTEST: Final = Audience(plain=Spoiler.NONE, limit=Spoiler.MILD)

_REMEMBERED: Final = 256
"""Audiences that are remembered: each answer asks for its own."""
_BOUNDS: Final = {
    SpoilerPolicy.SHOW: (Spoiler.MAJOR, Spoiler.MAJOR),
    SpoilerPolicy.HIDE: (Spoiler.MILD, Spoiler.MAJOR),
    SpoilerPolicy.OMIT: (Spoiler.NONE, Spoiler.MILD),
}


@lru_cache(_REMEMBERED)
def audience(
    policy: SpoilerPolicy,
    *,
    allows_mature: bool,
    left_out: frozenset[tuple[str, int]] = frozenset(),
) -> Audience:
    plain, limit = _BOUNDS[policy]
    return Audience(plain, limit, allows_mature, left_out)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads one answer: what they may be shown, in which language, alone or with others.

    `interview` is the slug that the server has chosen, or empty.
    """

    audience: Audience
    locale: str = SOURCE_LOCALE
    is_private: bool = False
    interview: str = ""

    def say(self, text: Text) -> str:
        return say(text, self.locale)
