"""What a card shows, as text."""

from collections.abc import Iterator
from typing import Any

from bot.ui.cards import Card


def words_of(card: Card) -> str:
    """Give all the text of a card."""
    return "\n".join(_contents(card.to_components()))


def _contents(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in components:
        if "content" in component:
            yield component["content"]
        yield from _contents(component.get("components", []))
