"""What the page is told, as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from playground.messages import Message
from playground.outcome import Outcome
from playground.people import User
from playground.permissions import Permission
from playground.places import Channel
from playground.record import Request, sentences
from playground.server import LoopbackDiscord
from playground.web.door import PAGE
from playground.wire import Json

_RECENT_REQUESTS: Final = 50
_LANGUAGES: Final = sorted(path.stem for path in PAGE.glob("*.json"))
"""Those that the page has its own words in, besides English."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that whoever looks at the page should know, such as the mistakes of a pack."""

    title: str
    lines: tuple[str, ...]

    def view(self) -> Json:
        return {"title": self.title, "lines": list(self.lines)}


class Views:
    def __init__(self, discord: LoopbackDiscord) -> None:
        self._discord = discord
        self.restarts = 0
        self.notices: Sequence[Notice] = ()

    def state(self, user: User) -> Json:
        """Tell all that does not change from message to message."""
        world = self._discord.world
        guild_roles = [role for role in world.academy.roles if role is not world.academy.everyone]
        return {
            "user": self._user(user),
            "users": [self._user(user) for user in world.users],
            "members": [self._user(user) for user in (*world.users, world.bot)],
            "roles": [{"id": str(role.id), "name": role.name} for role in guild_roles],
            "guilds": [
                {
                    "id": str(guild.id),
                    "name": guild.name,
                    "channels": [self._channel(channel, user) for channel in guild.places()],
                }
                for guild in world.guilds
            ],
            "direct": self._channel(world.dm(user), user),
            "languages": _LANGUAGES,
            "bot": {**self._user(world.bot), **self.bot()},
            "notices": [notice.view() for notice in self.notices],
        }

    def bot(self) -> Json:
        return {"connected": self._discord.is_connected, "restarts": self.restarts}

    def message(self, message: Message) -> Json:
        """Tell a message, who caused it, and what was sent for it."""
        metadata: Json = message.payload.get("interaction_metadata") or {}
        by_id = self._discord.platform.interactions.by_id
        interaction = by_id.get(int(metadata.get("id", 0)))
        used_by = None
        if metadata.get("name"):
            user = metadata["user"]
            name = user.get("global_name") or user["username"]
            used_by = {"id": user["id"], "name": name, "command": f"/{metadata['name']}"}
        return {
            "payload": message.payload,
            "is_ephemeral": message.is_ephemeral,
            "is_thinking": message.is_thinking,
            "used_by": used_by,
            "report": {
                "ms": interaction.ms if interaction else None,
                "sent": message.bodies,
                "refused": self._refusals(message),
            },
        }

    def result(self, outcome: Outcome) -> Json:
        modal = outcome.modal
        return {
            "status": outcome.status,
            "ms": outcome.ms,
            "interaction": str(outcome.interaction.id),
            "modal": modal.payload if modal else None,
            "refused": [line for body in outcome.refused for line in sentences(body)],
        }

    def requests(self, message: Message | None) -> list[Json]:
        """List what the bot asked of Discord for a message, or of late."""
        if message is None:
            requests = list(self._discord.record)[-_RECENT_REQUESTS:]
        else:
            requests = list(self._requests(message))
        return [request.payload() for request in requests]

    def failure(self, interaction_id: str) -> Json | None:
        """Tell that an interaction got no answer in time, if it is still known."""
        interaction = self._discord.platform.interactions.by_id.get(int(interaction_id))
        if interaction is None:
            return None
        return {
            "event": "failed",
            "channel_id": str(interaction.channel.id),
            "interaction": interaction_id,
            "command": interaction.data.get("name"),
            "message": str(interaction.message.id) if interaction.message else None,
        }

    def _refusals(self, message: Message) -> list[str]:
        return [line for request in self._requests(message) for line in request.refusals]

    def _requests(self, message: Message) -> Iterator[Request]:
        """Give the requests about a message: of the interaction that it answers, and its edits."""
        metadata: Json = message.payload.get("interaction_metadata") or {}
        interaction_id = int(metadata.get("id", 0))
        for request in self._discord.record:
            is_answer = interaction_id and request.interaction_id == interaction_id
            if is_answer or request.path.endswith(f"/messages/{message.id}"):
                yield request

    def _user(self, user: User) -> Json:
        member = self._discord.world.academy.members.get(user.id)
        roles = member.roles if member else []
        return {
            "id": str(user.id),
            "name": user.name,
            "locale": user.locale,
            "is_bot": user.is_bot,
            "is_admin": any(role.permissions & Permission.MANAGE_GUILD for role in roles),
            "has_app": user.has_installed_app,
            "picture": user.picture,
        }

    def _channel(self, channel: Channel, user: User) -> Json:
        bot = self._discord.world.bot
        guild = channel.guild
        return {
            "id": str(channel.id),
            "name": channel.name,
            "is_nsfw": channel.is_nsfw,
            "is_thread": channel.parent is not None,
            "is_bot_member": guild is None or bot.id in guild.members,
            "is_bot_absent": not channel.permissions_of(bot) & Permission.VIEW_CHANNEL,
            "can_view": bool(channel.permissions_of(user) & Permission.VIEW_CHANNEL),
        }
