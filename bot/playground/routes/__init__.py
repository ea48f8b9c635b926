"""The routes of the REST API, a module a subject."""

from typing import Final

from bot.playground.rest import Route
from bot.playground.routes import account, commands, guilds, interactions, messages

ALL: Final[tuple[Route, ...]] = (
    *account.ROUTES,
    *commands.ROUTES,
    *interactions.ROUTES,
    *messages.ROUTES,
    *guilds.ROUTES,
)
