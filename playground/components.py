"""Components: their kinds, and how to walk through a tree of them."""

from collections.abc import Iterator
from enum import IntEnum
from typing import Any, Final

from playground.wire import Json, is_list, is_object, objects


class ComponentKind(IntEnum):
    """Types of components."""

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


class ButtonStyle(IntEnum):
    PRIMARY = 1
    SECONDARY = 2
    SUCCESS = 3
    DANGER = 4
    LINK = 5
    PREMIUM = 6


SELECTS: Final = (
    ComponentKind.STRING_SELECT,
    ComponentKind.USER_SELECT,
    ComponentKind.ROLE_SELECT,
    ComponentKind.MENTIONABLE_SELECT,
    ComponentKind.CHANNEL_SELECT,
)
Place = tuple[str | int, ...]


def walk(components: Any, path: Place = ("components",)) -> Iterator[tuple[Json, Place]]:
    """Give every component with its path, in the order in which they are read."""
    if not is_list(components):
        return
    for place, component in enumerate(components):
        if is_object(component):
            yield from _walk_component(component, (*path, place))


def _walk_component(component: Json, path: Place) -> Iterator[tuple[Json, Place]]:
    yield component, path
    yield from walk(component.get("components"), (*path, "components"))
    for inner in ("accessory", "component"):
        if is_object(component.get(inner)):
            yield from _walk_component(component[inner], (*path, inner))


def media_of(component: Json) -> list[Json]:
    """Give the media of a thumbnail, a gallery or a file: objects that hold a `url`."""
    holders = [component, *objects(component, "items")]
    candidates = [holder.get(key) for holder in holders for key in ("media", "file")]
    return [media for media in candidates if is_object(media)]
