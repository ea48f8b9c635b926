"""The bots of the end-to-end tests serve those of the commands too."""

from tests.end_to_end.conftest import (
    bot,
    content,
    discord,
    hasty_bot,
    own_bot,
    own_discord,
    table,
)

__all__ = ["bot", "content", "discord", "hasty_bot", "own_bot", "own_discord", "table"]
