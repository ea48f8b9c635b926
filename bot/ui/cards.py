"""What messages are made of."""

from typing import Any

import discord


class Card(discord.ui.LayoutView):
    """A message in Components V2: made afresh for each answer and each edit, never changed.

    It has no timeout, and all that can be pressed on it are persistent buttons and links.
    """

    def __init__(self, *children: discord.ui.Item[Any] | str) -> None:
        super().__init__(timeout=None)
        for child in children:
            self.add_item(discord.ui.TextDisplay(child) if isinstance(child, str) else child)
