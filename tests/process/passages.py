"""What may stand between the bot and Discord: a proxy, and who decrypts on the way."""

import asyncio
import re
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from bot.process.tasks import cancel

AUTHORITY = Path(__file__).with_name("authority.pem")
"""Whoever trusts it takes the server of `decrypting` for Discord."""
_SERVER = Path(__file__).with_name("server.pem")
_THEIR_NAMES = re.compile(rb"Host: (discord\.com|gateway\.discord\.gg)")
_Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def _join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    """Pass on everything to a port and back until both have hung up."""
    there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.gather(_copy(reader, there_writer), _copy(there_reader, writer))


async def _join_as_neighbour(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int
) -> None:
    """Pass on everything as `_join` does; a port of this machine wants to be called by its name."""
    there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)

    own = f"Host: localhost:{port}".encode()

    async def ask() -> None:
        while data := await reader.read(65536):
            there_writer.write(_THEIR_NAMES.sub(own, data))
        there_writer.close()

    with suppress(OSError):
        await asyncio.gather(ask(), _copy(there_reader, writer))


@asynccontextmanager
async def _listening(handler: _Handler, context: ssl.SSLContext | None) -> AsyncGenerator[int]:
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        await handler(reader, writer)

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await cancel(tasks)


@asynccontextmanager
async def decrypting(port: int) -> AsyncGenerator[int]:
    """Give a port that speaks TLS as discord.com, and passes on what it hears to another."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(_SERVER)
    async with _listening(partial(_join_as_neighbour, port=port), context) as tls_port:
        yield tls_port


class Proxy:
    """An HTTP proxy that leads to one port, whatever it is asked for."""

    def __init__(self, target: int, status: str = "200 OK") -> None:
        self.port = 0
        self.hosts: list[str] = []
        self.credentials: set[str] = set()
        self._target = target
        self._status = status

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator["Proxy"]:
        async with _listening(self._connect, None) as self.port:
            yield self

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request, *headers = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        method, host, _version = request.split()
        assert method == "CONNECT", request
        self.hosts.append(host)
        self.credentials.update(
            header.split()[-1] for header in headers if header.startswith("Proxy-Authorization")
        )
        writer.write(f"HTTP/1.1 {self._status}\r\n\r\n".encode())
        if self._status == "200 OK":
            await _join(reader, writer, self._target)
        writer.close()
