"""Guilds, their channels and threads, and how Discord's API writes them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from playground.people import JOINED_AT, Member, Role, User
from playground.permissions import ALL, BOT, DIRECT, EVERYONE, NOTHING, Permission
from playground.wire import Json

GUILD_TEXT: Final = 0
DIRECT_MESSAGE: Final = 1
PUBLIC_THREAD: Final = 11


@dataclass
class Overwrite:
    """What a channel allows or denies one role."""

    role_id: int
    allow: Permission = NOTHING
    deny: Permission = NOTHING

    def payload(self) -> Json:
        return {
            "id": str(self.role_id),
            "type": 0,
            "allow": str(int(self.allow)),
            "deny": str(int(self.deny)),
        }


@dataclass(eq=False)
class Channel:
    id: int
    name: str = ""
    guild: "Guild | None" = None
    is_nsfw: bool = False
    overwrites: list[Overwrite] = field(default_factory=list[Overwrite])
    recipient: User | None = None
    last_message_id: int | None = None
    parent: "Channel | None" = None
    """The channel below one of whose messages this thread was opened."""
    owner: User | None = None
    """Who opened this thread."""

    @property
    def type(self) -> int:
        if self.parent is not None:
            return PUBLIC_THREAD
        return GUILD_TEXT if self.guild else DIRECT_MESSAGE

    @property
    def needed_to_write(self) -> Permission:
        if self.parent is not None:
            return Permission.SEND_MESSAGES_IN_THREADS
        return Permission.SEND_MESSAGES

    def payload(self) -> Json:
        shared: Json = {
            "id": str(self.id),
            "type": self.type,
            "last_message_id": str(self.last_message_id) if self.last_message_id else None,
            "flags": 0,
        }
        if self.guild is None:
            recipients = [self.recipient.payload()] if self.recipient else []
            return shared | {"recipients": recipients}
        if self.parent is not None:
            return shared | self._thread_payload(self.guild, self.parent)
        return shared | {
            "guild_id": str(self.guild.id),
            "name": self.name,
            "position": self.guild.channels.index(self),
            "permission_overwrites": [overwrite.payload() for overwrite in self.overwrites],
            "nsfw": self.is_nsfw,
            "topic": None,
            "rate_limit_per_user": 0,
            "parent_id": None,
        }

    def _thread_payload(self, guild: "Guild", parent: "Channel") -> Json:
        return {
            "guild_id": str(guild.id),
            "name": self.name,
            "parent_id": str(parent.id),
            "owner_id": str(self.owner.id) if self.owner else None,
            "rate_limit_per_user": 0,
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 60,
                "archive_timestamp": JOINED_AT,
                "create_timestamp": JOINED_AT,
                "locked": False,
            },
        }

    def permissions_of(self, user: User) -> Permission:
        """Work out what somebody may do here; nothing for who is not a member."""
        if self.parent is not None:
            return self.parent.permissions_of(user)
        if self.guild is None:
            return DIRECT
        member = self.guild.members.get(user.id)
        if member is None:
            return NOTHING
        roles = [self.guild.everyone, *member.roles]
        permissions = _union(role.permissions for role in roles)
        if user.id == self.guild.owner_id or permissions & Permission.ADMINISTRATOR:
            return ALL
        role_ids = {role.id for role in member.roles}
        # Discord's order: those of @everyone first, then those of all roles at once.
        for ids in ({self.guild.everyone.id}, role_ids):
            overwrites = [overwrite for overwrite in self.overwrites if overwrite.role_id in ids]
            permissions &= ~_union(overwrite.deny for overwrite in overwrites)
            permissions |= _union(overwrite.allow for overwrite in overwrites)
        return permissions if permissions & Permission.VIEW_CHANNEL else NOTHING


@dataclass(eq=False)
class Guild:
    id: int
    name: str
    owner_id: int
    bot_role_id: int
    locale: str = "en-US"
    everyone: Role = field(init=False)
    bot_role: Role = field(init=False)
    roles: list[Role] = field(default_factory=list[Role])
    members: dict[int, Member] = field(default_factory=dict[int, Member])
    channels: list[Channel] = field(default_factory=list[Channel])
    threads: list[Channel] = field(default_factory=list[Channel])

    def __post_init__(self) -> None:
        self.everyone = Role(self.id, "@everyone", EVERYONE)
        self.bot_role = Role(self.bot_role_id, "bot", BOT, is_managed=True)
        self.roles.insert(0, self.everyone)

    def join(self, user: User, *roles: Role) -> None:
        if user.is_bot:
            roles = (self.bot_role, *roles)
        self.members[user.id] = Member(user, list(roles))
        self.roles += [role for role in roles if role not in self.roles]

    def places(self) -> Iterator[Channel]:
        """Give the channels, each followed by its threads."""
        for channel in self.channels:
            yield channel
            yield from (thread for thread in self.threads if thread.parent is channel)

    def search(self, query: str) -> list[Member]:
        """Find members by the beginning of their name."""
        start = query.lower()
        return [
            member for member in self.members.values() if member.user.name.lower().startswith(start)
        ]

    def partial(self) -> Json:
        """Write the little that an interaction tells about its guild."""
        return {"id": str(self.id), "locale": self.locale, "features": []}

    def listing(self, user: User) -> Json:
        """Write what a list of somebody's guilds tells of it."""
        permissions = self.everyone.permissions | _union(
            role.permissions for role in self.members[user.id].roles
        )
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "banner": None,
            "owner": self.owner_id == user.id,
            "permissions": str(int(permissions)),
            "features": [],
        }

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "splash": None,
            "discovery_splash": None,
            "owner_id": str(self.owner_id),
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "roles": [role.payload(place) for place, role in enumerate(self.roles)],
            "emojis": [],
            "stickers": [],
            "features": [],
            "mfa_level": 0,
            "application_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "vanity_url_code": None,
            "description": None,
            "banner": None,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": self.locale,
            "public_updates_channel_id": None,
            "nsfw_level": 0,
            "premium_progress_bar_enabled": False,
            "safety_alerts_channel_id": None,
        }

    def creation_payload(self, bot: User, *, is_new: bool = False) -> Json:
        """Write the event by which a bot learns that it is, or has become, a member."""
        # A guild that READY announced says so; discord.py takes one without the field for joined.
        availability = {} if is_new else {"unavailable": False}
        return self.payload() | {
            **availability,
            "joined_at": JOINED_AT,
            "large": False,
            "member_count": len(self.members),
            "voice_states": [],
            "members": [self.members[bot.id].payload()],
            "channels": [channel.payload() for channel in self.channels],
            "threads": [thread.payload() for thread in self.threads],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }


def _union(permissions: Iterable[Permission]) -> Permission:
    union = NOTHING
    for permission in permissions:
        union |= permission
    return union
