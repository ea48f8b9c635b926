"""What the bot asked of the REST API, and what it was told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Final

from playground.bounds import Bounded
from playground.wire import Json, is_object

MAX_REQUESTS: Final = 10_000
MAX_REQUEST_BYTES: Final = 16 << 20


@dataclass
class Request:
    method: str
    path: str
    route: str
    """The template of the path, as Discord's documentation writes it."""
    body: Any = None
    files: list[str] = field(default_factory=list[str])
    status: int = 0
    response: Any = None
    refusals: list[str] = field(default_factory=list[str])
    """Why it was refused, a sentence each."""
    interaction_id: int | None = None
    ms_since_interaction: float | None = None

    @property
    def is_refused(self) -> bool:
        return self.status >= 400

    def matches(self, pattern: str) -> bool:
        """Match a pattern such as `POST /interactions/*` or just `*/callback`."""
        return fnmatchcase(self.route, pattern) or fnmatchcase(
            f"{self.method} {self.route}", pattern
        )

    def payload(self) -> Json:
        return {
            "method": self.method,
            "path": self.path,
            "route": self.route,
            "body": self.body,
            "files": self.files,
            "status": self.status,
            "response": self.response,
            "refusals": self.refusals,
            "interaction_id": str(self.interaction_id) if self.interaction_id else None,
            "ms_since_interaction": self.ms_since_interaction,
        }


class Record:
    """The latest 10,000 requests, of 16 MiB at most, and as many to routes that there are not."""

    def __init__(self) -> None:
        self._requests = Bounded[int, Request](MAX_REQUESTS, MAX_REQUEST_BYTES)
        self._unknown = Bounded[int, Request](MAX_REQUESTS, MAX_REQUEST_BYTES)
        self._count = 0

    @property
    def requests(self) -> list[Request]:
        return list(self._requests)

    @property
    def unknown(self) -> list[Request]:
        """Requests to routes that this Discord does not have."""
        return list(self._unknown)

    def add(self, request: Request, size: int, *, is_known: bool) -> None:
        """Keep a request whose body and answer have so many bytes."""
        self._count += 1
        size += len(request.path)
        (self._requests if is_known else self._unknown).put(self._count, request, size)

    def __iter__(self) -> Iterator[Request]:
        return iter(self._requests)

    def __len__(self) -> int:
        return len(self._requests)

    def find(
        self,
        pattern: str = "*",
        *,
        status: int | None = None,
        interaction_id: int | None = None,
    ) -> list[Request]:
        return [
            request
            for request in self._requests
            if request.matches(pattern)
            and status in (None, request.status)
            and interaction_id in (None, request.interaction_id)
        ]

    def refused(self) -> list[Request]:
        return [request for request in self._requests if request.is_refused]

    def clear(self) -> None:
        self._requests.clear()
        self._unknown.clear()


def sentences(body: Any) -> list[str]:
    """Read out of a refusal what is wrong where, a sentence each."""
    if not is_object(body):
        return []
    lines = list(_error_lines(body.get("errors"), ())) if body.get("errors") else []
    return lines or [str(body.get("message", ""))]


def _error_lines(errors: Any, path: tuple[str, ...]) -> Iterator[str]:
    for key, inner in errors.items():
        if key == "_errors":
            for error in inner:
                yield f"{'.'.join(path) or 'body'}: {error['message']}"
        else:
            yield from _error_lines(inner, (*path, key))
