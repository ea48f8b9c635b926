"""What messages are made of."""

from collections.abc import Callable, Sequence
from typing import Any

import discord

from bot.ui.budget import Line, TextBlock, spend
from bot.ui.custom_ids import is_sendable

Item = discord.ui.Item[Any]


class Localised:
    """A component with words of ours on it."""

    def put_into_words(self, locale: str) -> None:
        """Say on it what it is for, in a language."""


class Card(discord.ui.LayoutView):
    """A message in Components V2: made afresh for each answer and each edit, never changed.

    It has no timeout, and all that can be pressed on it are persistent buttons and links; these
    are put into words here, in the language of who reads it. Whatever its texts hold, together
    they fit into a message.
    """

    def __init__(self, locale: str, *children: Item | str) -> None:
        super().__init__(timeout=None)
        for child in children:
            self.add_item(discord.ui.TextDisplay(child) if isinstance(child, str) else child)
        texts: list[discord.ui.TextDisplay[Any]] = []
        for item in self.walk_children():
            if isinstance(item, Localised):
                item.put_into_words(locale)
            elif isinstance(item, discord.ui.TextDisplay):
                texts.append(item)
        spend(texts)

    @property
    def timeout(self) -> float | None:
        return None

    @timeout.setter
    def timeout(self, value: float | None) -> None:
        """Stay without one: the library would keep each private answer for a quarter of an hour."""


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


def turning(
    page: int, last: int, earlier: Callable[[int, bool], Item], later: Callable[[int, bool], Item]
) -> list[Item]:
    """Make the two buttons that turn pages; each is given its page, and whether it is disabled."""
    return [earlier(max(0, page - 1), page == 0), later(min(page + 1, last), page == last)]
