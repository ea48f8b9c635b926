"""Uploaded files, and where they are served."""

import re
from dataclasses import dataclass, field
from typing import Final

from playground.bounds import Bounded
from playground.wire import Json, Snowflakes

MAX_FILES: Final = 500
MAX_FILE_BYTES: Final = 64 << 20
_UNSAFE: Final = re.compile(r"[^\w.()+-]")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_KINDS: Final = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv",
}


@dataclass(frozen=True)
class Upload:
    """A file as it is sent."""

    filename: str
    data: bytes
    content_type: str = "application/octet-stream"


@dataclass
class Files:
    """What stands behind the addresses of attachments: the latest 500, of 64 MiB at most."""

    ids: Snowflakes
    url: str = ""
    stored: Bounded[str, Upload] = field(
        default_factory=lambda: Bounded[str, Upload](MAX_FILES, MAX_FILE_BYTES)
    )

    def add(self, upload: Upload, channel_id: int, description: str | None = None) -> Json:
        """Store a file; gives it as an attachment."""
        attachment_id = self.ids.next()
        filename = safe_name(upload.filename)
        path = f"attachments/{channel_id}/{attachment_id}/{filename}"
        self.stored.put(path, upload, len(upload.data))
        kind = _KINDS.get(filename.rpartition(".")[2].lower())
        attachment: Json = {
            "id": str(attachment_id),
            "filename": filename,
            "size": len(upload.data),
            "url": f"{self.url}/{path}",
            "proxy_url": f"{self.url}/{path}",
            "content_type": kind or upload.content_type,
            **_size(upload.data),
        }
        return attachment | ({"description": description} if description else {})


def safe_name(filename: str) -> str:
    """Write a file's name as Discord does; attachment:// refers to that."""
    return _UNSAFE.sub("_", filename) or "file"


def _size(data: bytes) -> Json:
    if not data.startswith(_PNG) or len(data) < 24:
        return {}
    # The first chunk of every PNG begins with them.
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    return {"width": width, "height": height}
