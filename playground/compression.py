"""The two transports that gateway clients ask for, by the standard library alone."""

import zlib
from typing import Final, Protocol

_ZSTD_HEADER: Final = b"\x28\xb5\x2f\xfd" + b"\x00" + b"\x58"
"""Magic number, no options, a window of 2 MiB."""
_ZSTD_BLOCK: Final = 1 << 17


class Compressor(Protocol):
    def compress(self, text: str) -> bytes: ...


class ZlibStream:
    def __init__(self) -> None:
        self._context = zlib.compressobj()

    def compress(self, text: str) -> bytes:
        return self._context.compress(text.encode()) + self._context.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """A zstd frame of stored blocks: valid for any decoder, and nothing has to be compressed."""

    def __init__(self) -> None:
        self._header = _ZSTD_HEADER

    def compress(self, text: str) -> bytes:
        data = text.encode()
        blocks = [data[at : at + _ZSTD_BLOCK] for at in range(0, len(data), _ZSTD_BLOCK)]
        # By RFC 8878 a block's header holds its size above two bits of kind (0 is "raw"), and one
        # that would say that no block follows.
        frame = b"".join((len(block) << 3).to_bytes(3, "little") + block for block in blocks)
        header, self._header = self._header, b""
        return header + frame


COMPRESSORS: Final[dict[str, type[Compressor]]] = {
    "zlib-stream": ZlibStream,
    "zstd-stream": ZstdStream,
}
