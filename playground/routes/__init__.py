"""The routes of the REST API, a module a subject."""

from typing import Final

from playground.rest import Route
from playground.routes import account, answers, channels, commands, guilds

ALL: Final[tuple[Route, ...]] = (
    *account.ROUTES,
    *commands.ROUTES,
    *answers.ROUTES,
    *channels.ROUTES,
    *guilds.ROUTES,
)
