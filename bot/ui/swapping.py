"""A message as it stands, with one of its buttons swapped for another."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

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

    None where there is nothing to swap, or a picture that is none of the message's own files, or
    where two would have the same id.
    """
    components: list[Any] = [component.to_dict() for component in message.components]
    count = 0
    for part in _parts(components):
        if part.get("type") == _GALLERY and not _keeps_files(part, message.attachments):
            return None
        if (other := button(part.get("custom_id") or "")) is not None:
            if isinstance(other, Localised):
                other.put_into_words(locale)
            part.update(other.to_component_dict())
            count += 1
    ids = [part["custom_id"] for part in _parts(components) if "custom_id" in part]
    is_whole = count > 0 and len(set(ids)) == len(ids)
    return Card(locale, *map(SentItem, components)) if is_whole else None


def _keeps_files(gallery: Component, files: Sequence[discord.Attachment]) -> bool:
    """Name pictures as files of their message, as whose they stay; False where one is none."""
    names = {urlsplit(file.url).path: file.filename for file in files}
    for item in gallery["items"]:
        name = names.get(urlsplit(str(item["media"]["url"])).path)
        if name is None:
            return False
        # By their address they would be sent for again, and that expires.
        item["media"] = {"url": f"attachment://{name}"}
    return True


def _parts(components: list[Any]) -> Iterator[Component]:
    for component in components:
        yield component
        yield from _parts(component.get("components") or [])
        if accessory := component.get("accessory"):
            yield accessory
