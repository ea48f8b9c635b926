"""Reads what a bot sends: no more of it than Discord takes, and no longer than it may last."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any, Final

from aiohttp import BodyPartReader, web

from playground.files import Upload
from playground.wire import invalid_json, parse_json, too_large, too_slow

MAX_BODY_BYTES: Final = 25 << 20
"""Discord's limit on a whole request, files included."""
MAX_JSON_BYTES: Final = 4 << 20
"""More than a hundred commands have in every language."""
MAX_PARTS: Final = 32
_CHUNK: Final = 1 << 16
_FILE_FIELD: Final = re.compile(r"files?\[(\d{1,3})\]", re.ASCII)

Body = tuple[Any, dict[int, Upload], int]
"""The JSON, the files by their numbers, and how many bytes they were."""


async def read_body(http: web.Request, seconds: float) -> Body:
    """Read a request; raises ApiError for what is too large, too slow, or malformed."""
    try:
        async with asyncio.timeout(seconds):
            if http.content_type == "multipart/form-data":
                return await _read_parts(http)
            chunks = http.content.iter_chunked(_CHUNK)
            data = await _read(chunks, MAX_JSON_BYTES)
    except TimeoutError:
        raise too_slow() from None
    except (ValueError, web.RequestPayloadError, web.PayloadAccessError):
        # A boundary that is missing, a part without an end, a body that is cut off.
        raise invalid_json() from None
    return (_parse(data) if data else None), {}, len(data)


async def _read(chunks: AsyncIterator[bytes], most: int) -> bytes:
    data = bytearray()
    async for chunk in chunks:
        data += chunk
        if len(data) > most:
            raise too_large()
    return bytes(data)


async def _read_parts(http: web.Request) -> Body:
    body: Any = None
    files: dict[int, Upload] = {}
    size = count = 0
    async for part in await http.multipart():
        count += 1
        if not isinstance(part, BodyPartReader) or count > MAX_PARTS:
            raise invalid_json()
        is_json = part.name == "payload_json"
        data = await _read(_chunks(part), MAX_JSON_BYTES if is_json else MAX_BODY_BYTES - size)
        size += len(data)
        file_field = _FILE_FIELD.fullmatch(part.name or "")
        if is_json:
            body = _parse(data)
        elif file_field:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files[int(file_field[1])] = Upload(part.filename or "file", data, kind)
    return body, files, size


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(_CHUNK):
        yield chunk


def _parse(data: bytes) -> Any:
    try:
        return parse_json(data)
    except ValueError:
        raise invalid_json() from None
