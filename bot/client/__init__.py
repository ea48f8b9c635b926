"""The bot as its cogs see it, and its connection to Discord."""

from bot.client.bot import EXTENSIONS, Bot, Interaction
from bot.client.connection import Connection, Pressable, feature_of

__all__ = ["EXTENSIONS", "Bot", "Connection", "Interaction", "Pressable", "feature_of"]
