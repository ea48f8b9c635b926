"""The check against Discord's description finds what is wrong, and says where."""

from typing import Any

import pytest

from playground import Request
from tests.playground.openapi import needs_openapi, violations

pytestmark = needs_openapi
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
MESSAGES = "/channels/{channel_id}/messages"
COMMANDS = "/applications/{application_id}/commands"


def request(method: str, route: str, body: Any = None) -> Request:
    return Request(method, route, route, body)


@pytest.mark.parametrize(
    ("method", "route", "body", "place"),
    [
        ("POST", MESSAGES, {"content": "x" * 4001}, "content: "),
        ("POST", MESSAGES, {"components": [{"type": 10}]}, "components.0: 'content' is a required"),
        ("POST", CALLBACK, {"type": 4, "data": {"content": 5}}, "data.content: 5 is not of type"),
        ("POST", CALLBACK, {"type": 9, "data": {"title": "t"}}, "data: 'custom_id' is a required"),
        ("PUT", COMMANDS, [{"name": ""}], "0.name: '' should be non-empty"),
    ],
)
def test_what_is_not_as_described_is_named(method: str, route: str, body: Any, place: str) -> None:
    sentences = violations(request(method, route, body))
    assert any(sentence.startswith(place) for sentence in sentences), sentences


def test_what_is_as_described_passes() -> None:
    body = {"type": 4, "data": {"content": "x", "components": []}}
    assert violations(request("POST", CALLBACK, body)) == []
    assert violations(request("GET", MESSAGES)) == []


def test_a_route_that_discord_does_not_have_is_an_error() -> None:
    with pytest.raises(LookupError, match="Discord has no GET /nothing"):
        violations(request("GET", "/nothing"))
