"""Users, their roles and their memberships, and how Discord's API writes them."""

from dataclasses import dataclass, field
from typing import Final

from playground.permissions import Permission
from playground.wire import Json

JOINED_AT: Final = "2026-01-01T12:00:00.000000+00:00"


@dataclass(eq=False)
class User:
    id: int
    name: str
    locale: str = "en-US"
    is_bot: bool = False
    has_installed_app: bool = False
    picture: str = ""
    """The file of the page that shows them; without one it is their first letter."""

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "username": self.name.lower(),
            "discriminator": "0",
            "global_name": None if self.is_bot else self.name,
            "avatar": None,
            "bot": self.is_bot,
            "public_flags": 0,
        }


@dataclass(eq=False)
class Role:
    id: int
    name: str
    permissions: Permission
    is_managed: bool = False

    def payload(self, position: int) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "icon": None,
            "unicode_emoji": None,
            "position": position,
            "permissions": str(int(self.permissions)),
            "managed": self.is_managed,
            "mentionable": False,
            "flags": 0,
        }


@dataclass
class Member:
    user: User
    roles: list[Role] = field(default_factory=list[Role])

    def payload(self) -> Json:
        return {
            "user": self.user.payload(),
            "nick": None,
            "avatar": None,
            "banner": None,
            "roles": [str(role.id) for role in self.roles],
            "joined_at": JOINED_AT,
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "communication_disabled_until": None,
            "flags": 0,
        }
