"""What reads alike in a message: who hears it can't tell what each does."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from playground import Request
from playground.components import SELECTS, ComponentKind, walk


def alike(request: Request) -> list[str]:
    """List the names under which a request offers several different things, a sentence each."""
    body = request.body if isinstance(request.body, dict) else {}
    # The answer to an interaction has its message, or its suggestions, inside.
    message = body.get("data") or body
    groups = [_pressables(message.get("components")), *_options(message.get("components"))]
    groups.append((one["name"], one["value"]) for one in message.get("choices") or ())
    return [sentence for group in groups for sentence in _sentences(group)]


def _pressables(components: Any) -> Iterator[tuple[str, str]]:
    """Give what can be pressed: its name, and what tells one press from another."""
    for component, _place in walk(components):
        if component["type"] == ComponentKind.BUTTON:
            yield component.get("label", ""), component.get("custom_id") or component["url"]
        elif component["type"] in SELECTS:
            chosen = [one["label"] for one in component.get("options", ()) if one.get("default")]
            yield component.get("placeholder") or " ".join(chosen), component["custom_id"]


def _options(components: Any) -> Iterator[Iterable[tuple[str, str]]]:
    for component, _place in walk(components):
        yield [
            (f"{option['label']} {option.get('description', '')}", option["value"])
            for option in component.get("options", ())
        ]


def _sentences(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    effects = defaultdict[str, set[str]](set)
    for name, effect in pairs:
        effects[name.casefold().strip()].add(effect)
    for name, different in effects.items():
        if len(different) > 1:
            yield f"{len(different)} things are called {name!r}: {sorted(different)[:3]}"
