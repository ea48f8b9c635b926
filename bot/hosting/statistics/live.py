"""What only a process that runs knows of itself, as it tells it on /health."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Live(NamedTuple):
    """How a process is just now; of several each knows its own servers and memory only."""

    is_connected: bool
    servers: int
    gateway_ms: int | None
    memory_bytes: int | None
    outages: Mapping[str, str]
    processes: int


def live_of(report: Any) -> Live:
    """Read what /health tells; raises LookupError, TypeError or ValueError where it is no such."""
    others: Sequence[object] = report["processes"]
    outages: Mapping[object, object] = report["outages"]
    return Live(
        is_connected=bool(report["is_connected"]),
        servers=int(report["servers"]),
        gateway_ms=_number(report.get("gateway_ms")),
        memory_bytes=_number(report.get("memory_bytes")),
        outages={str(part): str(reason) for part, reason in outages.items()},
        processes=max(1, len(others)),
    )


def _number(value: Any) -> int | None:
    return None if value is None else int(value)
