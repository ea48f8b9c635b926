"""The routes of the REST API, a module a subject."""

from typing import Final

from playground.rest import Route
from playground.routes import account, commands, guilds, interactions, messages

ALL: Final[tuple[Route, ...]] = (
    *account.ROUTES,
    *commands.ROUTES,
    *interactions.ROUTES,
    *messages.ROUTES,
    *guilds.ROUTES,
)
