"""Routes of channels, where the bot writes of its own accord."""

from typing import Final

from playground.composer import EDITABLE_FLAGS, SENDABLE_FLAGS
from playground.messages import Message
from playground.people import Channel
from playground.permissions import Permission
from playground.postoffice import Draft
from playground.rest import Call, Route
from playground.wire import (
    Reply,
    missing_access,
    missing_permissions,
    not_the_author,
    unknown_channel,
    unknown_message,
)

_HISTORY: Final = 50


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
    permissions = [Permission.SEND_MESSAGES, *([Permission.ATTACH_FILES] if call.files else [])]
    channel, post = _channel(call, *permissions), call.platform.post
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
    channel = _channel(call, Permission.SEND_MESSAGES)
    bot = call.platform.world.bot
    call.platform.events.emit("typing", channel_id=str(channel.id), user_id=str(bot.id))
    return Reply(204)


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
)
