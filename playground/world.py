"""Who and what there is: two servers, three members and the bot, and who a test adds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from playground.people import Role, User
from playground.permissions import EVERYONE, Permission
from playground.places import Channel, Guild, Overwrite
from playground.sessions import handles

# Fixed, so that what a bot has stored about them is found again after a restart.
_FIRST_ID: Final = 1_300_000_000_000_000_000


_FIRST_ADDED: Final = 1 << 19
"""The number of the first that is added; below it are channels of direct messages."""


def _id(number: int) -> int:
    return _FIRST_ID + (number << 22)


@dataclass
class World:
    """The Academy, where the bot is a member, and Elsewhere, where it is not.

    Noor manages the Academy; Robin alone has installed the bot as an app, and so brings it along
    to Elsewhere.
    """

    bot: User = field(
        default_factory=lambda: User(_id(1), "Encore", is_bot=True, picture="encore.svg")
    )
    robin: User = field(default_factory=lambda: User(_id(2), "Robin", has_installed_app=True))
    mika: User = field(default_factory=lambda: User(_id(3), "Mika"))
    noor: User = field(default_factory=lambda: User(_id(4), "Noor"))
    academy: Guild = field(init=False)
    elsewhere: Guild = field(init=False)
    general: Channel = field(init=False)
    after_dark: Channel = field(init=False)
    backstage: Channel = field(init=False)
    lounge: Channel = field(init=False)
    added_users: list[User] = field(default_factory=list[User])
    added_guilds: list[Guild] = field(default_factory=list[Guild])
    _numbers: Iterator[int] = field(default_factory=lambda: count(_FIRST_ADDED))
    _direct: dict[int, Channel] = field(default_factory=dict[int, Channel])

    def __post_init__(self) -> None:
        self.academy = self._academy()
        self.general, self.after_dark, self.backstage = self.academy.channels
        self.elsewhere = self._elsewhere()
        (self.lounge,) = self.elsewhere.channels

    def _academy(self) -> Guild:
        guild = Guild(_id(10), "The Academy", owner_id=_id(19), bot_role_id=_id(11))
        admin = Role(_id(12), "Admin", EVERYONE | Permission.MANAGE_GUILD)
        for user in (self.robin, self.mika, self.bot):
            guild.join(user)
        guild.join(self.noor, admin)
        hidden = Overwrite(guild.bot_role.id, deny=Permission.VIEW_CHANNEL)
        guild.channels += [
            Channel(_id(13), "general", guild),
            Channel(_id(14), "after-dark", guild, is_nsfw=True),
            Channel(_id(15), "backstage", guild, overwrites=[hidden]),
        ]
        return guild

    def _elsewhere(self) -> Guild:
        guild = Guild(_id(20), "Elsewhere", owner_id=_id(29), bot_role_id=_id(21))
        for user in self.users:
            guild.join(user)
        guild.channels.append(Channel(_id(22), "lounge", guild))
        return guild

    def add_user(self, name: str) -> User:
        """Add somebody, who is a member of the servers that are added later."""
        user = User(_id(next(self._numbers)), name)
        self.added_users.append(user)
        return user

    def add_guild(self, shard: int = 0, shard_count: int = 1) -> Guild:
        """Add a server of the bot and everybody, whose events come through a shard.

        Noor manages it, and it has one channel. A bot that is connected learns of it by
        `Platform.invite_bot`.
        """
        first = next(_id(n) for n in self._numbers if handles((shard, shard_count), _id(n)))
        name = f"Server {len(self.added_guilds) + 1}"
        guild = Guild(first, name, owner_id=first + 4, bot_role_id=first + 1)
        for user in (*self.users, self.bot):
            guild.join(user)
        guild.join(self.noor, Role(first + 2, "Admin", EVERYONE | Permission.MANAGE_GUILD))
        guild.channels.append(Channel(first + 3, "stage", guild))
        self.added_guilds.append(guild)
        return guild

    def speak(self, locale: str) -> None:
        """Let everybody and every server have a language, as `fr`."""
        for user in self.users:
            user.locale = locale
        for guild in self.guilds:
            guild.locale = locale

    @property
    def users(self) -> tuple[User, ...]:
        """The people; the bot is none of them."""
        return self.robin, self.mika, self.noor, *self.added_users

    @property
    def guilds(self) -> tuple[Guild, ...]:
        return self.academy, self.elsewhere, *self.added_guilds

    @property
    def bot_guilds(self) -> list[Guild]:
        return [guild for guild in self.guilds if self.bot.id in guild.members]

    def dm(self, user: User) -> Channel:
        """Open the direct message channel of somebody and the bot."""
        # Above the ids of `_id`, and below those that the clock gives.
        channel_id = user.id + (1 << 40)
        return self._direct.setdefault(user.id, Channel(channel_id, recipient=user))

    def channels(self) -> Iterator[Channel]:
        for guild in self.guilds:
            yield from guild.places()
        yield from self._direct.values()

    def find_channel(self, channel_id: int) -> Channel | None:
        for user in self.users:
            self.dm(user)
        return next((channel for channel in self.channels() if channel.id == channel_id), None)

    def find_guild(self, guild_id: int) -> Guild | None:
        return next((guild for guild in self.guilds if guild.id == guild_id), None)

    def find_role(self, role_id: int) -> Role | None:
        roles = (role for guild in self.guilds for role in guild.roles)
        return next((role for role in roles if role.id == role_id), None)

    def find_user(self, user_id: int) -> User | None:
        accounts = (*self.users, self.bot)
        return next((user for user in accounts if user.id == user_id), None)
