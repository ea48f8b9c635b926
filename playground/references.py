"""The objects behind the ids that an interaction names."""

from dataclasses import dataclass, field

from playground.files import Files, Upload
from playground.messages import Message
from playground.people import Role, User
from playground.places import Channel
from playground.wire import Json


class MemberError(Exception):
    """Something that a member could not do in a real client."""


@dataclass
class References:
    """Collects what is named; each `add` gives the id that stands for it."""

    user: User
    channel: Channel
    files: Files
    payload: Json = field(default_factory=dict[str, object])

    def add(self, thing: object, takes: tuple[type, ...]) -> str:
        if not isinstance(thing, takes):
            names = " or ".join(kind.__name__.lower() for kind in takes)
            raise MemberError(f"{thing!r} is no {names}.")
        match thing:
            case User():
                return self._add_user(thing)
            case Role():
                return self._put("roles", thing.id, thing.payload(0))
            case Channel():
                permissions = str(int(thing.permissions_of(self.user)))
                return self._put(
                    "channels", thing.id, thing.payload() | {"permissions": permissions}
                )
            case Message():
                return self._put("messages", thing.id, thing.payload)
            case Upload():
                attachment = self.files.add(thing, self.channel.id) | {"ephemeral": True}
                return self._put("attachments", int(attachment["id"]), attachment)
            case _:
                raise MemberError(f"{thing!r} cannot be named.")

    def _add_user(self, user: User) -> str:
        guild = self.channel.guild
        member = guild.members.get(user.id) if guild else None
        if member is not None:
            permissions = str(int(self.channel.permissions_of(user)))
            payload = member.payload() | {"permissions": permissions}
            # Its user stands under `users`, and Discord does not say it twice.
            del payload["user"]
            self._put("members", user.id, payload)
        return self._put("users", user.id, user.payload())

    def _put(self, kind: str, thing_id: int, payload: Json) -> str:
        self.payload.setdefault(kind, {})[str(thing_id)] = payload
        return str(thing_id)
