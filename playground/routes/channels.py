"""Routes of channels, where the bot writes of its own accord."""

from typing import Final

from playground.composer import EDITABLE_FLAGS, SENDABLE_FLAGS
from playground.messages import Message
from playground.permissions import Permission
from playground.places import Channel
from playground.postoffice import Draft
from playground.rest import Call, Route
from playground.sessions import Intent
from playground.validation.shapes import Fields, OneOf, Text, Whole, refuse
from playground.wire import (
    Reply,
    has_a_thread,
    missing_access,
    missing_permissions,
    not_in_this_channel,
    not_the_author,
    unknown_channel,
    unknown_message,
)

_HISTORY: Final = 50
_THREAD: Final = Fields(
    {
        "auto_archive_duration": OneOf((60, 1440, 4320, 10080)),
        "rate_limit_per_user": Whole(0, 21_600),
    },
    {"name": Text(100, 1)},
)


def _writable(call: Call) -> Channel:
    """Find a channel or thread in which the bot may write."""
    permissions = [Permission.ATTACH_FILES] if call.files else []
    channel = _channel(call, *permissions)
    if not channel.permissions_of(call.platform.world.bot) & channel.needed_to_write:
        raise missing_permissions()
    return channel


def _channel(call: Call, *permissions: Permission) -> Channel:
    """Find a channel in which the bot has these permissions."""
    world = call.platform.world
    channel = world.find_channel(call.id("channel_id"))
    if channel is None:
        raise unknown_channel()
    own = channel.permissions_of(world.bot)
    if not own & Permission.VIEW_CHANNEL:
        raise missing_access()
    if any(not own & permission for permission in permissions):
        raise missing_permissions()
    return channel


def _get_channel(call: Call) -> Reply:
    return Reply(200, _channel(call).payload())


def _send(call: Call) -> Reply:
    channel, post = _writable(call), call.platform.post
    body = call.json()
    message = post.by_nonce(channel, body)
    if message is None:
        draft = Draft(body, call.files, allowed_flags=SENDABLE_FLAGS, mentions_all=True)
        message = post.send(channel, call.platform.world.bot, draft)
    return Reply(200, message.payload)


def _list(call: Call) -> Reply:
    channel = _channel(call)
    may_read = channel.permissions_of(call.platform.world.bot) & Permission.READ_MESSAGE_HISTORY
    messages = call.platform.post.in_channel(channel) if may_read else ()
    public = [message.payload for message in messages if not message.is_ephemeral]
    newest = public[-call.number("limit", _HISTORY) :]
    return Reply(200, newest[::-1])


def _message(call: Call, *permissions: Permission) -> Message:
    """Find a message of a channel; what is ephemeral is not there for these routes."""
    channel = _channel(call, *permissions)
    message = call.platform.post.get(call.id("message_id"))
    if message.channel is not channel or message.is_ephemeral:
        raise unknown_message()
    return message


def _get(call: Call) -> Reply:
    return Reply(200, _message(call, Permission.READ_MESSAGE_HISTORY).payload)


def _edit(call: Call) -> Reply:
    message = _message(call)
    if message.author is not call.platform.world.bot:
        raise not_the_author()
    draft = Draft(call.json(), call.files, allowed_flags=EDITABLE_FLAGS, mentions_all=True)
    call.platform.post.edit(message, draft)
    return Reply(200, message.payload)


def _delete(call: Call) -> Reply:
    message = _message(call)
    if message.author is not call.platform.world.bot:
        _channel(call, Permission.MANAGE_MESSAGES)
    call.platform.post.delete(message)
    return Reply(204)


def _type(call: Call) -> Reply:
    channel = _writable(call)
    bot = call.platform.world.bot
    call.platform.events.emit("typing", channel_id=str(channel.id), user_id=str(bot.id))
    return Reply(204)


def _open_thread(call: Call) -> Reply:
    """Open a thread below a message; it has the message's id."""
    message, platform = _message(call, Permission.CREATE_PUBLIC_THREADS), call.platform
    body, parent = call.json(), message.channel
    refuse(list(_THREAD.check(body, ())))
    if parent.guild is None or parent.parent is not None:
        raise not_in_this_channel()
    if any(thread.id == message.id for thread in parent.guild.threads):
        raise has_a_thread()
    bot = platform.world.bot
    thread = Channel(message.id, body["name"], parent.guild, parent=parent, owner=bot)
    parent.guild.threads.append(thread)
    payload = thread.payload() | {"newly_created": True}
    guild_id = parent.guild.id
    platform.gateway.dispatch("THREAD_CREATE", payload, guild_id=guild_id, intent=Intent.GUILDS)
    platform.events.emit("places_changed")
    return Reply(201, thread.payload())


_MESSAGES: Final = "/channels/{channel_id}/messages"
_MESSAGE: Final = f"{_MESSAGES}/{{message_id}}"
ROUTES: Final = (
    Route("GET", "/channels/{channel_id}", _get_channel),
    Route("POST", "/channels/{channel_id}/typing", _type),
    Route("POST", _MESSAGES, _send),
    Route("GET", _MESSAGES, _list),
    Route("GET", _MESSAGE, _get),
    Route("PATCH", _MESSAGE, _edit),
    Route("DELETE", _MESSAGE, _delete),
    Route("POST", f"{_MESSAGE}/threads", _open_thread),
)
