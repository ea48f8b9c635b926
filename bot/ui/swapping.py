"""A message as it stands, with one of its buttons swapped for another."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import discord

from bot.ui.cards import Card, Localised

_GALLERY: Final = discord.ComponentType.media_gallery.value

Component = dict[str, Any]


class SentItem(discord.ui.Item[Any]):
    """A component that was sent already, and is sent again as it is."""

    def __init__(self, component: Component) -> None:
        super().__init__()
        self._component = component

    @property
    def type(self) -> discord.ComponentType:
        return discord.ComponentType(self._component["type"])

    def to_component_dict(self) -> Component:
        return self._component

    def _is_v2(self) -> bool:
        return True


def swapped(
    message: discord.Message, button: Callable[[str], discord.ui.Item[Any] | None], locale: str
) -> Card | None:
    """Make the card of a message with other buttons, each given by the id of the one before.

    None where there is nothing to swap, or a picture, whose address would be another, or where
    two would have the same id.
    """
    components: list[Any] = [component.to_dict() for component in message.components]
    count = 0
    for part in _parts(components):
        if part.get("type") == _GALLERY:
            return None
        if (other := button(part.get("custom_id") or "")) is not None:
            if isinstance(other, Localised):
                other.put_into_words(locale)
            part.update(other.to_component_dict())
            count += 1
    ids = [part["custom_id"] for part in _parts(components) if "custom_id" in part]
    is_whole = count > 0 and len(set(ids)) == len(ids)
    return Card(locale, *map(SentItem, components)) if is_whole else None


def _parts(components: list[Any]) -> Iterator[Component]:
    for component in components:
        yield component
        yield from _parts(component.get("components") or [])
        if accessory := component.get("accessory"):
            yield accessory
