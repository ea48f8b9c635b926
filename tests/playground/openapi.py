"""What Discord's own description of its API says against a request."""

import functools
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from playground import Request

DESCRIPTION = Path(__file__).parents[3] / "shared" / "discord-openapi.json"
needs_openapi = pytest.mark.skipif(
    not DESCRIPTION.exists(),
    reason=f"cannot be avoided: {DESCRIPTION} is not part of the repository",
)


def violations(request: Request) -> list[str]:
    """List what is wrong with a request's body, a sentence each."""
    validator = _validator(request.method, request.route)
    if validator is None:
        return []
    return list(_sentences(validator.iter_errors(request.body)))


def _sentences(errors: Iterator[ValidationError]) -> Iterator[str]:
    for error in errors:
        cause = _cause(error)
        place = ".".join(map(str, cause.absolute_path)) or "body"
        yield f"{place}: {cause.message[:200]}"


def _cause(error: ValidationError) -> ValidationError:
    """Follow the alternative that was meant: the group of the right type, else the closest."""
    while error.context:
        by_alternative = defaultdict[Any, list[ValidationError]](list)
        for inner in error.context:
            by_alternative[inner.relative_schema_path[0]].append(inner)
        alternatives = list(by_alternative.values())
        meant = [group for group in alternatives if not any(map(_is_of_another_type, group))]
        error = min(meant or alternatives, key=len)[0]
    return error


def _is_of_another_type(error: ValidationError) -> bool:
    path = list(error.relative_path)
    return path == ["type"] or (error.validator == "type" and not path)


@functools.cache
def _validator(method: str, route: str) -> Draft202012Validator | None:
    """Build the validator of a route's body; None where the route takes no body."""
    operation = _document()["paths"].get(route, {}).get(method.lower())
    if operation is None:
        raise LookupError(f"Discord has no {method} {route}")
    if "requestBody" not in operation:
        return None
    escaped = route.replace("~", "~0").replace("/", "~1")
    body = f"/paths/{escaped}/{method.lower()}/requestBody/content/application~1json/schema"
    return Draft202012Validator({"$ref": f"discord#{body}"}, registry=_registry())


@functools.cache
def _registry() -> Registry[Any]:
    resource = DRAFT202012.create_resource(_document())
    return Registry().with_resource("discord", resource)


@functools.cache
def _document() -> dict[str, Any]:
    document = json.loads(DESCRIPTION.read_text("utf-8"))
    # Discord takes ids as numbers too, and discord.py sends some of them so.
    document["components"]["schemas"]["SnowflakeType"]["type"] = ["string", "integer"]
    return document
