"""The bots of the end-to-end tests serve those of the commands too."""

from tests.end_to_end.conftest import bot, discord, hasty_bot, own_bot, own_discord, table

__all__ = ["bot", "discord", "hasty_bot", "own_bot", "own_discord", "table"]
