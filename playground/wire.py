"""What goes over the wire: JSON objects, snowflakes and refusals."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, TypeGuard

from playground.clock import Clock

Json: TypeAlias = dict[str, Any]

_EPOCH_MS: Final = 1_420_070_400_000
"""The first moment of 2015, from which Discord counts."""
MAX_DEPTH: Final = 40
"""Levels of JSON within one another: twice what Discord's deepest object has."""
_MAX_DIGITS: Final = 20
"""Those of an id of 64 bits."""
_TIME_SHIFT: Final = 22
"""Bits below the time: a worker, a process, a counter."""


@dataclass
class Snowflakes:
    """Ids that grow with the clock, never the same one twice."""

    clock: Clock
    last: int = 0

    def next(self) -> int:
        earliest = (int(self.clock.now() * 1000) - _EPOCH_MS) << _TIME_SHIFT
        self.last = max(self.last + 1, earliest)
        return self.last


def created_at(snowflake: int) -> float:
    """Read the unix time out of an id."""
    return ((snowflake >> _TIME_SHIFT) + _EPOCH_MS) / 1000


def is_object(value: Any) -> TypeGuard[Json]:
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def parse_json(text: str | bytes) -> Any:
    """Read JSON that anybody may have written; raises ValueError for what is none, or too deep."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("too deep") from None
    level = [value]
    for _depth in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _inner(outer)]
        if not level:
            return value
    raise ValueError("too deep")


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _inner(value: Any) -> list[Any]:
    if is_object(value):
        return list(value.values())
    return value if is_list(value) else []


def read_id(value: Any) -> int:
    """Read an id that anybody may have written; what is none is 0, which is nobody's."""
    text = str(value) if isinstance(value, str | int) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else 0


def items(value: Any, key: str) -> list[Any]:
    """Give what stands in the list of a field; nothing where there is no list."""
    inner = value.get(key) if is_object(value) else None
    return inner if is_list(inner) else []


def objects(value: Any, key: str) -> list[Json]:
    """Give the objects that stand in the list of a field."""
    return [item for item in items(value, key) if is_object(item)]


def without_nulls(value: Any) -> Any:
    """Copy JSON, leaving out fields that are null: Discord takes them for absent."""
    if is_object(value):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    if is_list(value):
        return [without_nulls(inner) for inner in value]
    return value


@dataclass(frozen=True)
class Reply:
    status: int
    body: Any = None
    content_type: str = "application/json"
    """Any other type is text, and sent as it is."""


@dataclass
class ApiError(Exception):
    """A refusal as the REST API words it."""

    status: int
    code: int
    message: str
    errors: Json | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def body(self) -> Json:
        body: Json = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


def unauthorized() -> ApiError:
    return ApiError(401, 0, "401: Unauthorized")


def unknown_route() -> ApiError:
    return ApiError(404, 0, "404: Not Found")


def unknown_channel() -> ApiError:
    return ApiError(404, 10003, "Unknown Channel")


def unknown_guild() -> ApiError:
    return ApiError(404, 10004, "Unknown Guild")


def unknown_member() -> ApiError:
    return ApiError(404, 10007, "Unknown Member")


def unknown_message() -> ApiError:
    return ApiError(404, 10008, "Unknown Message")


def unknown_user() -> ApiError:
    return ApiError(404, 10013, "Unknown User")


def unknown_webhook() -> ApiError:
    return ApiError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> ApiError:
    return ApiError(404, 10062, "Unknown interaction")


def unknown_command() -> ApiError:
    return ApiError(404, 10063, "Unknown application command")


def already_answered() -> ApiError:
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def too_many_follow_ups() -> ApiError:
    return ApiError(
        400, 40094, "This interaction has reached the maximum number of follow-up messages."
    )


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def not_the_author() -> ApiError:
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> ApiError:
    return ApiError(400, 50006, "Cannot send an empty message")


def has_a_thread() -> ApiError:
    return ApiError(400, 160004, "A thread has already been created for this message")


def not_in_this_channel() -> ApiError:
    return ApiError(400, 50024, "Cannot execute action on this channel type")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def expired_token() -> ApiError:
    return ApiError(401, 50027, "Invalid Webhook Token")


def too_large() -> ApiError:
    return ApiError(413, 40005, "Request entity too large")


def too_slow() -> ApiError:
    return ApiError(408, 0, "408: Request Timeout")


def invalid_json() -> ApiError:
    return ApiError(400, 50109, "The request body contains invalid JSON.")
