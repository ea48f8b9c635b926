"""A way to a PostgreSQL on which its last words arrive before its end does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.postgresql import ROLE, Server, name_in

_SOCKET = ".s.PGSQL.5432"
_LAST_WORDS = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"


class Relay:
    """Passes on what is said, and stands in for a server that is about to hang up."""

    def __init__(self, server: Server, folder: str, database_url: str) -> None:
        self.url = f"postgresql://{ROLE}@/{name_in(database_url)}?host={folder}&port=5432"
        self._target = server.home / _SOCKET
        self._clients: list[asyncio.StreamWriter] = []

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, asked = await asyncio.open_unix_connection(self._target)
        self._clients.append(writer)
        # Whoever asks hangs up, in the middle of anything.
        with suppress(ConnectionError):
            await asyncio.gather(_pump(reader, asked), _pump(answers, writer))

    def say_last_words(self) -> None:
        """Tell all who are connected that they are not, and leave it at that."""
        for client in self._clients:
            client.write(b"E" + (len(_LAST_WORDS) + 4).to_bytes(4, "big") + _LAST_WORDS)
        self._clients.clear()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while said := await reader.read(65_536):
            writer.write(said)
    writer.close()


@asynccontextmanager
async def relayed(server: Server, database_url: str) -> AsyncIterator[Relay]:
    with TemporaryDirectory(prefix="encore-") as folder:
        relay = Relay(server, folder, database_url)
        listener = await asyncio.start_unix_server(relay.pass_on, Path(folder, _SOCKET))
        try:
            yield relay
        finally:
            listener.close()
