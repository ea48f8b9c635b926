"""Statements of a connection that are done as a whole or not at all."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
from asyncpg import Connection, Record

if TYPE_CHECKING:
    # Only its types know what rows a connection gives.
    AnyConnection = Connection[Record] | asyncpg.pool.PoolConnectionProxy[Record]


@asynccontextmanager
async def undivided(connection: "AnyConnection", **options: Any) -> AsyncGenerator[None]:
    """Run what is within as one transaction.

    Where the server has refused none of it, but it fails, the connection ends with it: to roll back
    would be to wait for a server that may say nothing more.
    """
    transaction = connection.transaction(**options)
    await transaction.start()
    try:
        yield
    except BaseException as error:
        if isinstance(error, asyncpg.PostgresError) and not connection.is_closed():
            await transaction.rollback()
        else:
            connection.terminate()
        raise
    await transaction.commit()
