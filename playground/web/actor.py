"""Does what the page asks for, as the member who is chosen on it."""

import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from playground.components import ComponentKind
from playground.files import Upload
from playground.messages import Message
from playground.options import find_leaf
from playground.outcome import Modal
from playground.people import Role, User
from playground.places import Channel
from playground.references import MemberError
from playground.server import LoopbackDiscord
from playground.validation.command_shapes import ATTACHMENT, CHANNEL, MENTIONABLE, ROLE, USER
from playground.web.views import Views
from playground.wire import Json, is_list, is_object, objects

_TARGET_OPTIONS: Final = (USER, CHANNEL, ROLE, MENTIONABLE)
_TARGET_SELECTS: Final = (
    ComponentKind.USER_SELECT,
    ComponentKind.ROLE_SELECT,
    ComponentKind.MENTIONABLE_SELECT,
    ComponentKind.CHANNEL_SELECT,
)


class Actor:
    """The member of one page; raises MemberError for what no member could do, or asks wrongly."""

    def __init__(self, discord: LoopbackDiscord, views: Views) -> None:
        self._discord = discord
        self._views = views
        self._members = discord.members
        self.user: User = discord.world.users[0]
        self._actions: Mapping[str, Callable[[Json], Awaitable[Json]]] = {
            "state": self._state,
            "become": self._become,
            "open": self._open,
            "post": self._post,
            "command": self._command,
            "autocomplete": self._autocomplete,
            "press": self._press,
            "select": self._select,
            "submit": self._submit,
            "message_menu": self._message_menu,
            "user_menu": self._user_menu,
            "dismiss": self._dismiss,
            "requests": self._requests,
        }

    async def act(self, request: Json) -> Json:
        """Do what a request asks for; its result."""
        action = self._actions.get(str(request.get("do")))
        if action is None:
            raise MemberError(f"Nothing can be done that is called {request.get('do')!r}.")
        return await action(request)

    def sees(self, message: Message) -> bool:
        """Say whether the member sees a message, now."""
        channel = message.channel
        is_theirs = channel.recipient in (None, self.user)
        return is_theirs and message.is_visible_to(self.user) and self._views_channel(channel)

    def sees_channel(self, channel_id: str) -> bool:
        channel = self._discord.world.find_channel(int(channel_id))
        return channel is not None and channel.recipient in (None, self.user)

    def _views_channel(self, channel: Channel) -> bool:
        return bool(channel.permissions_of(self.user))

    async def _state(self, _request: Json) -> Json:
        return self._views.state(self.user)

    async def _become(self, request: Json) -> Json:
        user = self._discord.world.find_user(_id(request, "user"))
        if user is None or user.is_bot:
            raise MemberError("There is nobody with this id to act as.")
        self.user = user
        return self._views.state(user)

    async def _open(self, request: Json) -> Json:
        channel = self._channel(request)
        history = self._members.history(self.user, channel)
        return {
            "messages": [self._views.message(message) for message in history],
            "commands": self._members.commands(self.user, channel),
        }

    async def _post(self, request: Json) -> Json:
        self._members.post(self.user, self._channel(request), _text(request, "text"))
        return {}

    async def _command(self, request: Json) -> Json:
        channel, command = self._channel(request), _text(request, "command")
        options = self._options(request, channel, command)
        outcome = await self._members.use_command(self.user, channel, command, options)
        return self._views.result(outcome)

    async def _autocomplete(self, request: Json) -> Json:
        channel, command = self._channel(request), _text(request, "command")
        outcome = await self._members.autocomplete(
            self.user,
            channel,
            command,
            _text(request, "option"),
            _text(request, "typed"),
            self._options(request, channel, command),
        )
        return {"choices": outcome.choices, "status": outcome.status, "ms": outcome.ms}

    async def _press(self, request: Json) -> Json:
        message = self._message(request)
        outcome = await self._members.press(self.user, message, _text(request, "custom_id"))
        return self._views.result(outcome)

    async def _select(self, request: Json) -> Json:
        message, custom_id = self._message(request), _text(request, "custom_id")
        component = message.find(custom_id) or {}
        values = self._select_values(component, _list(request, "values"))
        outcome = await self._members.select(self.user, message, custom_id, values)
        return self._views.result(outcome)

    async def _submit(self, request: Json) -> Json:
        modal = self._members.modal(_id(request, "interaction"))
        values = request.get("values")
        if not is_object(values):
            raise MemberError("values is no object.")
        outcome = await self._members.submit_modal(
            self.user, modal, self._modal_values(modal, values)
        )
        return self._views.result(outcome)

    async def _message_menu(self, request: Json) -> Json:
        name = _text(request, "name")
        outcome = await self._members.use_message_menu(self.user, name, self._message(request))
        return self._views.result(outcome)

    async def _user_menu(self, request: Json) -> Json:
        target = self._discord.world.find_user(_id(request, "user"))
        if target is None:
            raise MemberError("There is nobody with this id.")
        outcome = await self._members.use_user_menu(
            self.user, self._channel(request), _text(request, "name"), target
        )
        return self._views.result(outcome)

    async def _dismiss(self, request: Json) -> Json:
        self._members.dismiss(self.user, self._message(request))
        return {}

    async def _requests(self, request: Json) -> Json:
        message = None if request.get("message") is None else self._message(request)
        return {"requests": self._views.requests(message)}

    def _options(self, request: Json, channel: Channel, command: str) -> dict[str, object]:
        """Turn the options' values into what they stand for, by the types that are registered."""
        values = request.get("options", {})
        if not is_object(values):
            raise MemberError("options is no object.")
        options = objects(find_leaf(self._payload(channel, command), command), "options")
        kinds = {option["name"]: option["type"] for option in options}
        return {key: self._option(kinds.get(key), value) for key, value in values.items()}

    def _payload(self, channel: Channel, command: str) -> Json:
        name = (command.split() or [""])[0]
        for payload in self._members.commands(self.user, channel):
            if payload["name"] == name:
                return payload
        raise MemberError(f"There is no command {name!r} here.")

    def _option(self, kind: Any, value: Any) -> object:
        if kind in _TARGET_OPTIONS:
            return self._target(value)
        return _upload(value) if kind == ATTACHMENT else value

    def _modal_values(self, modal: Modal, values: Json) -> Json:
        inputs = {component["custom_id"]: component for component in modal.inputs()}
        return {
            key: self._select_values(inputs.get(key, {}), value) if is_list(value) else value
            for key, value in values.items()
        }

    def _select_values(self, component: Json, values: list[Any]) -> list[object]:
        if component.get("type") in _TARGET_SELECTS:
            return [self._target(value) for value in values]
        if component.get("type") == ComponentKind.FILE_UPLOAD:
            return [_upload(value) for value in values]
        return values

    def _target(self, value: Any) -> User | Channel | Role:
        """Find whom or what an id stands for."""
        target_id = int(value) if isinstance(value, str) and value.isdecimal() else 0
        world = self._discord.world
        target = (
            world.find_user(target_id)
            or world.find_channel(target_id)
            or world.find_role(target_id)
        )
        if target is None:
            raise MemberError(f"Nothing has the id {value!r}.")
        return target

    def _channel(self, request: Json) -> Channel:
        channel = self._discord.world.find_channel(_id(request, "channel"))
        if channel is None:
            raise MemberError("There is no such channel.")
        return channel

    def _message(self, request: Json) -> Message:
        message = self._members.message(_id(request, "message"))
        if not self.sees(message):
            raise MemberError(f"{self.user.name} does not see this message, or no longer.")
        return message


def _text(request: Json, name: str) -> str:
    value = request.get(name)
    if not isinstance(value, str):
        raise MemberError(f"{name} is no text.")
    return value


def _id(request: Json, name: str) -> int:
    value = _text(request, name)
    if not (value.isascii() and value.isdigit() and len(value) <= 20):
        raise MemberError(f"{name} is no id.")
    return int(value)


def _list(request: Json, name: str) -> list[Any]:
    value = request.get(name)
    if not is_list(value):
        raise MemberError(f"{name} is no list.")
    return value


def _upload(value: Any) -> Upload:
    try:
        return Upload(str(value["name"]), base64.b64decode(value["base64"]), str(value["type"]))
    except (KeyError, TypeError, binascii.Error) as error:
        raise MemberError("A file has a name, a type and its bytes in base64.") from error
