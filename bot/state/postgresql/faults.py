"""Which errors of PostgreSQL's pass, and what a host has to do about those that do not."""

import os
import ssl
from typing import Final

import asyncpg
from asyncpg.exceptions import (
    InsufficientPrivilegeError,
    InvalidAuthorizationSpecificationError,
    InvalidCatalogNameError,
)

from bot.errors import OperatorError, UnavailableError
from bot.text import _, spoken

FAULTS: Final = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)
"""What the server says, the driver, and the way between them."""
LOSSES: Final = (asyncpg.InterfaceError, asyncpg.PostgresConnectionError, ConnectionError)
"""A connection ended, whatever was under way on it."""
# Connection, transaction, resources, operator's doing, system: by the first letters of SQLSTATE.
_PASSING: Final = ("08", "40", "53", "55P03", "57", "58")
# A standby that has not taken over yet takes no writes.
_IS_STANDBY: Final = "25006"
_IS_LOST: Final = ("40001", "40P01")


def is_passing(error: BaseException) -> bool:
    """Say whether the server, or the way to it, is to blame, and not a statement."""
    if isinstance(error, asyncpg.PostgresError):
        return (error.sqlstate or "").startswith((*_PASSING, _IS_STANDBY))
    if isinstance(error, asyncpg.InterfaceError):
        # It has no code of its own for a connection that was lost, or a pool that is being closed.
        return not isinstance(error, ValueError)
    return isinstance(error, OSError | asyncpg.InternalClientError)


def has_lost_a_race(error: asyncpg.PostgresError) -> bool:
    """Say whether somebody else was faster, so that the statement is right when run again."""
    return error.sqlstate in _IS_LOST


def reason(error: BaseException) -> str:
    """Say in a few words what went wrong; some errors have none of their own."""
    if isinstance(error, TimeoutError):
        return "the server doesn't answer"
    if isinstance(error, OSError) and error.errno and error.errno > 0:
        return os.strerror(error.errno)
    return str(spoken(error)) or type(error).__name__


def explained(error: BaseException, place: str) -> OperatorError:
    """Put what a server says at a start into sentences for its host; `place` names no password."""
    match error:
        case InvalidAuthorizationSpecificationError():
            return OperatorError(
                _("The PostgreSQL at {place} refuses the login: {why}.", place=place, why=error),
                _("Check the name and the password in DATABASE_URL."),
            )
        case InvalidCatalogNameError():
            return OperatorError(
                _("There's no such database: {place}.", place=place),
                _("Create it, or correct DATABASE_URL."),
            )
        case InsufficientPrivilegeError():
            return OperatorError(
                _("The bot's role lacks a right in {place}: {why}.", place=place, why=error),
                _("Let the bot's role own the database, or its schema."),
            )
        case ssl.SSLError():
            return OperatorError(
                _("The TLS of {place} can't be trusted: {why}.", place=place, why=error),
                _("Check sslmode and sslrootcert in DATABASE_URL."),
            )
        case _ if is_passing(error):
            return UnavailableError(
                _(
                    "The PostgreSQL at {place} can't be reached: {why}.",
                    place=place,
                    why=reason(error),
                ),
                _("Check that it runs, and the host and port in DATABASE_URL."),
            )
        case _:
            return OperatorError(
                _("The database {place} can't be used: {why}.", place=place, why=reason(error)),
                _("Check DATABASE_URL."),
            )
