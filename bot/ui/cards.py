"""What messages are made of."""

from collections.abc import Sequence
from typing import Any

import discord


class Localised:
    """A component with words of ours on it."""

    def put_into_words(self, locale: str) -> None:
        """Say on it what it is for, in a language."""


class Card(discord.ui.LayoutView):
    """A message in Components V2: made afresh for each answer and each edit, never changed.

    It has no timeout, and all that can be pressed on it are persistent buttons and links; these
    are put into words here, in the language of who reads it.
    """

    def __init__(self, locale: str, *children: discord.ui.Item[Any] | str) -> None:
        super().__init__(timeout=None)
        for child in children:
            self.add_item(discord.ui.TextDisplay(child) if isinstance(child, str) else child)
        for item in self.walk_children():
            if isinstance(item, Localised):
                item.put_into_words(locale)

    @property
    def timeout(self) -> float | None:
        return None

    @timeout.setter
    def timeout(self, value: float | None) -> None:
        """Stay without one: the library would keep each private answer for a quarter of an hour."""


def row_of(buttons: Sequence[discord.ui.Item[Any]]) -> list[discord.ui.Item[Any]]:
    """Put buttons into a row; none where there are no buttons."""
    return [discord.ui.ActionRow(*buttons)] if buttons else []
