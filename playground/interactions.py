"""Interactions: what members start, and how far the bot has answered."""

import json
import secrets
import time
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

from playground.application import Application
from playground.bounds import Bounded
from playground.clock import Clock
from playground.events import Events
from playground.gateway import Gateway
from playground.messages import Message
from playground.people import User
from playground.places import Channel
from playground.record import Request
from playground.validation import limits
from playground.wire import Json, Snowflakes, expired_token, is_object, unknown_interaction
from playground.world import World

TOKEN_SECONDS: Final = 15 * 60
MAX_INTERACTIONS: Final = 5_000
MAX_INTERACTION_BYTES: Final = 16 << 20
MAX_REFUSED: Final = 50
"""Refusals that are remembered with one interaction."""
MAX_FOLLOW_UPS: Final = 100
"""Follow-ups that are remembered with one interaction."""
GUEST_FOLLOW_UPS: Final = 5
"""Follow-ups that an app may send in a server of which it is no member."""


class InteractionKind(IntEnum):
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Answer(IntEnum):
    """Types of first answers."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False)
class Interaction:
    id: int
    token: str
    kind: InteractionKind
    user: User
    channel: Channel
    data: Json
    owners: dict[str, str]
    """Who brought the app: `0` the guild, `1` the user."""
    created_at: float
    message: Message | None = None
    """The message whose component was used."""
    trigger: "Interaction | None" = None
    """What opened the modal that is submitted."""
    started_at: float = field(default_factory=time.perf_counter)
    answer: Answer | None = None
    ms: float | None = None
    original: Message | None = None
    modal: Json | None = None
    choices: list[Json] | None = None
    follow_ups: list[Message] = field(default_factory=list[Message])
    refused: list[Json] = field(default_factory=list[Json])
    has_failed: bool = False
    is_expired: bool = False

    @property
    def is_guest(self) -> bool:
        """Say whether the app was brought by the user alone, into a server it is not in."""
        return self.channel.guild is not None and "0" not in self.owners

    def metadata(self) -> Json:
        """Write what a message tells about the interaction that it answers."""
        payload: Json = {
            "id": str(self.id),
            "type": int(self.kind),
            "user": self.user.payload(),
            "authorizing_integration_owners": self.owners,
        }
        if self.kind is InteractionKind.COMMAND:
            payload |= {"name": self.data["name"], "command_type": self.data["type"]}
        if self.message is not None and self.kind is InteractionKind.COMPONENT:
            payload["interacted_message_id"] = str(self.message.id)
        if self.trigger is not None:
            payload["triggering_interaction_metadata"] = self.trigger.metadata()
        if "target_id" in self.data:
            payload["target_message_id"] = self.data["target_id"]
        return payload


@dataclass
class Interactions:
    """The latest 5,000 interactions, of 16 MiB of options at most; one that went has expired."""

    app: Application
    world: World
    ids: Snowflakes
    clock: Clock
    events: Events
    gateway: Gateway
    first_answer_seconds: float
    by_token: Bounded[str, Interaction] = field(
        default_factory=lambda: Bounded[str, Interaction](MAX_INTERACTIONS, MAX_INTERACTION_BYTES)
    )
    by_id: Bounded[int, Interaction] = field(
        default_factory=lambda: Bounded[int, Interaction](MAX_INTERACTIONS, MAX_INTERACTION_BYTES)
    )

    def start(
        self,
        kind: InteractionKind,
        user: User,
        channel: Channel,
        data: Json,
        *,
        message: Message | None = None,
        trigger: Interaction | None = None,
    ) -> Interaction:
        """Tell the bot that a member did something."""
        interaction = Interaction(
            self.ids.next(),
            secrets.token_urlsafe(96),
            kind,
            user,
            channel,
            data,
            self.owners(user, channel),
            self.clock.now(),
            message=message,
            trigger=trigger,
        )
        size = len(json.dumps(data))
        self.by_token.put(interaction.token, interaction, size)
        self.by_id.put(interaction.id, interaction, size)
        self.events.emit(
            "interaction_started",
            interaction_id=str(interaction.id),
            kind=kind.name.lower(),
            user_id=str(user.id),
            channel_id=str(channel.id),
            data=data,
        )
        guild_id = self._route(interaction)
        self.gateway.dispatch("INTERACTION_CREATE", self._payload(interaction), guild_id=guild_id)
        return interaction

    def _route(self, interaction: Interaction) -> int | None:
        """Choose whose shard is told: the guild's or, where None, that of direct messages."""
        guild = interaction.channel.guild
        # Discord doesn't say which shard a guest hears through, so it may be either.
        if guild is None or (interaction.is_guest and not self.gateway.serves(guild.id)):
            return None
        return guild.id

    def owners(self, user: User, channel: Channel) -> dict[str, str]:
        owners: dict[str, str] = {}
        if channel.guild is None:
            owners["0"] = "0"
        elif self.world.bot.id in channel.guild.members:
            owners["0"] = str(channel.guild.id)
        if user.has_installed_app:
            owners["1"] = str(user.id)
        return owners

    def answerable(self, interaction_id: int, token: str) -> Interaction:
        """Find an interaction that waits for its first answer, or has one."""
        interaction = self.by_id.get(interaction_id)
        if interaction is None or interaction.token != token:
            raise unknown_interaction()
        is_late = self.clock.now() - interaction.created_at > self.first_answer_seconds
        if interaction.answer is None and (is_late or interaction.has_failed):
            self.fail(interaction)
            raise unknown_interaction()
        return interaction

    def continuable(self, token: str) -> Interaction:
        """Find an interaction by the token that follow-ups and edits carry."""
        interaction = self.by_token.get(token)
        if interaction is None:
            raise expired_token()
        age = self.clock.now() - interaction.created_at
        if interaction.is_expired or age > TOKEN_SECONDS:
            raise expired_token()
        return interaction

    def answered(self, interaction: Interaction, answer: Answer) -> None:
        interaction.answer = answer
        interaction.ms = (time.perf_counter() - interaction.started_at) * 1000
        self.events.emit(
            "interaction_answered",
            interaction_id=str(interaction.id),
            answer=answer.name.lower(),
            ms=interaction.ms,
        )

    def fail(self, interaction: Interaction) -> None:
        """Show the member that nothing came."""
        if not interaction.has_failed:
            interaction.has_failed = True
            self.events.emit(
                "interaction_failed",
                interaction_id=str(interaction.id),
                user_id=str(interaction.user.id),
                channel_id=str(interaction.channel.id),
            )

    def note(self, request: Request) -> None:
        """Remember a refusal with the interaction that it belongs to."""
        interaction = self.by_id.get(request.interaction_id or 0)
        if interaction and request.is_refused and is_object(request.response):
            interaction.refused.append({"status": request.status, **request.response})
            del interaction.refused[:-MAX_REFUSED]

    def expire_all(self) -> None:
        for interaction in self.by_id:
            interaction.is_expired = True

    def _payload(self, interaction: Interaction) -> Json:
        user, channel = interaction.user, interaction.channel
        permissions = str(int(channel.permissions_of(user)))
        payload: Json = {
            "id": str(interaction.id),
            "application_id": str(self.app.id),
            "type": int(interaction.kind),
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel_id": str(channel.id),
            "channel": channel.payload() | {"permissions": permissions},
            "app_permissions": str(int(self._app_permissions(channel))),
            "locale": user.locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": interaction.owners,
            "context": 0 if channel.guild else 1,
            "attachment_size_limit": limits.FILE_BYTES,
        }
        if interaction.message is not None:
            payload["message"] = interaction.message.payload
        return payload | self._origin(user, channel, permissions)

    def _origin(self, user: User, channel: Channel, permissions: str) -> dict[str, Any]:
        if channel.guild is None:
            return {"user": user.payload()}
        member = channel.guild.members[user.id].payload()
        return {
            "member": member | {"permissions": permissions},
            "guild_id": str(channel.guild.id),
            "guild": channel.guild.partial(),
            "guild_locale": channel.guild.locale,
        }

    def _app_permissions(self, channel: Channel) -> int:
        in_guild = channel.guild is None or self.world.bot.id in channel.guild.members
        # A guest has what the member who brought it may let it do: here, all that matters.
        account = self.world.bot if in_guild else self.world.robin
        return channel.permissions_of(account)
