"""Messages as they stand, and what can be read from them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from playground.components import ComponentKind, walk
from playground.people import User
from playground.places import Channel
from playground.validation import limits
from playground.wire import Json, objects


@dataclass(eq=False)
class Message:
    """One message; `payload` is what the API gives for it, and changes with every edit."""

    payload: Json
    channel: Channel
    author: User
    viewer: User | None = None
    """Who alone sees it, where it is ephemeral."""
    is_deleted: bool = False
    is_dismissed: bool = False
    bodies: list[Json] = field(default_factory=list[Json])
    """The bodies by which the bot wrote it, oldest first."""

    @property
    def id(self) -> int:
        return int(self.payload["id"])

    @property
    def content(self) -> str:
        return self.payload["content"]

    @property
    def flags(self) -> int:
        return self.payload["flags"]

    @property
    def is_ephemeral(self) -> bool:
        return bool(self.flags & limits.EPHEMERAL)

    @property
    def is_thinking(self) -> bool:
        return bool(self.flags & limits.LOADING)

    @property
    def is_layout(self) -> bool:
        return bool(self.flags & limits.COMPONENTS_V2)

    @property
    def attachments(self) -> list[Json]:
        return self.payload["attachments"]

    @property
    def embeds(self) -> list[Json]:
        return self.payload["embeds"]

    def components(self) -> Iterator[Json]:
        """Give all components, nested ones too, in reading order."""
        return (component for component, _path in walk(self.payload["components"]))

    @property
    def text(self) -> str:
        """All that can be read, a line a part; without labels of buttons."""
        parts = [self.content, *(line for embed in self.embeds for line in _lines(embed))]
        parts += [
            component["content"]
            for component in self.components()
            if component["type"] == ComponentKind.TEXT_DISPLAY
        ]
        return "\n".join(part for part in parts if part)

    @property
    def custom_ids(self) -> list[str]:
        return self._values("custom_id")

    @property
    def labels(self) -> list[str]:
        return self._values("label")

    def _values(self, key: str) -> list[str]:
        return [component[key] for component in self.components() if component.get(key)]

    def is_visible_to(self, user: User) -> bool:
        if self.is_deleted or self.is_dismissed:
            return False
        return self.viewer in (None, user)

    def find(self, custom_id_or_label: str) -> Json | None:
        """Find a component by its custom id, else by its label."""
        for key in ("custom_id", "label"):
            for component in self.components():
                if component.get(key) == custom_id_or_label:
                    return component
        return None


def _lines(embed: Json) -> Iterator[str]:
    for part in _parts(embed, "author"):
        yield part["name"]
    yield embed.get("title") or ""
    yield embed.get("description") or ""
    for entry in objects(embed, "fields"):
        yield entry["name"]
        yield entry["value"]
    for part in _parts(embed, "footer"):
        yield part["text"]


def _parts(embed: Json, key: str) -> list[Json]:
    return [embed[key]] if embed.get(key) else []
