"""What messages are made of."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

import discord

from bot.text import SOURCE_LOCALE, _
from bot.ui.budget import Line, TextBlock, spend
from bot.ui.custom_ids import is_sendable

Item = discord.ui.Item[Any]
KEPT_CARDS: Final = 128
"""Cards of a kind that are kept, as long as the same is asked for: most cost more than sending."""
TURNS: Final = {"previous": _("Previous"), "next": _("Next")}


class Localised:
    """A component with words of ours on it."""

    def put_into_words(self, locale: str) -> None:
        """Say on it what it is for, in a language."""


class Card(discord.ui.LayoutView):
    """A message in Components V2: never changed once it is made, and sent as often as wanted.

    It has no timeout, and all that can be pressed on it are persistent buttons and links; these
    are put into words here, in the language of who reads it. Whatever its texts hold, together
    they fit into a message.
    """

    def __init__(self, locale: str, *children: Item | str) -> None:
        super().__init__(timeout=None)
        self._described: list[dict[str, Any]] = []
        for child in children:
            self.add_item(discord.ui.TextDisplay(child) if isinstance(child, str) else child)
        texts: list[discord.ui.TextDisplay[Any]] = []
        for item in self.walk_children():
            if isinstance(item, Localised):
                item.put_into_words(locale)
            elif isinstance(item, discord.ui.TextDisplay):
                texts.append(item)
        spend(texts)

    def to_components(self) -> list[dict[str, Any]]:
        """Describe the card, once; what it was made of is then let go."""
        if not self._described:
            self._described = super().to_components()
            self.clear_items()
        return self._described

    def has_components_v2(self) -> bool:
        """Say so without a look at all that is on it."""
        return True

    def followed_by(self, line: str) -> "Card":
        """Make a card of this one and a line, for which each has room."""
        card = Card(SOURCE_LOCALE)
        card._described = [*self.to_components(), discord.ui.TextDisplay(line).to_component_dict()]
        return card

    def is_finished(self) -> bool:
        """Let the library keep no card: a press finds what answers it by its id."""
        return True


def box(
    lines: Sequence[Line], *items: Item | str, accent: int | None = None, is_veiled: bool = False
) -> discord.ui.Container[Any]:
    """Frame lines of text, as one paragraph, and what stands below them."""
    return discord.ui.Container(
        TextBlock(lines),
        *(discord.ui.TextDisplay[Any](item) if isinstance(item, str) else item for item in items),
        accent_colour=accent,
        spoiler=is_veiled,
    )


def small(text: str) -> str:
    """Write a line in small print."""
    return f"-# {text}"


def row_of(items: Sequence[Item]) -> list[Item]:
    """Put buttons, or a select, into a row; none where there is nothing to put.

    A button whose id is too long is left out, rather than the answer refused.
    """
    sendable = [item for item in items if is_sendable(getattr(item, "custom_id", None) or "")]
    return [discord.ui.ActionRow(*sendable)] if sendable else []


def rows_of(items: Sequence[Item]) -> list[Item]:
    """Put each button into a row of its own."""
    return [discord.ui.ActionRow(item) for item in items]


class PageTurner(Protocol):
    """Makes a button that turns to a page; `move` is one of `TURNS`."""

    def __call__(self, *, move: str, page: int, is_disabled: bool) -> Item: ...


def turning(page: int, last: int, button: PageTurner) -> list[Item]:
    """Make the two buttons that turn pages."""
    return [
        button(move="previous", page=max(0, page - 1), is_disabled=page == 0),
        button(move="next", page=min(page + 1, last), is_disabled=page == last),
    ]
