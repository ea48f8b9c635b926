"""What members do: type, press, choose, fill in, read."""

from collections.abc import Mapping
from typing import Any, Final

from playground.components import SELECTS, ButtonStyle, ComponentKind
from playground.events import Watch
from playground.inputs import modal_components, select_values
from playground.interactions import Interaction, InteractionKind
from playground.messages import Message
from playground.options import below_subcommand, find_leaf, options_of, partial_options
from playground.outcome import Modal, Outcome
from playground.people import User
from playground.permissions import Permission
from playground.places import Channel
from playground.platform import Platform
from playground.postoffice import Draft
from playground.references import MemberError, References
from playground.validation.command_shapes import MESSAGE_MENU, SLASH, USER_MENU
from playground.wire import ApiError, Json

_KIND_NAMES: Final = {SLASH: "command", USER_MENU: "user menu", MESSAGE_MENU: "message menu"}


class Members:
    """Acts for members; raises MemberError for what their client would not let them do."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    async def use_command(
        self,
        user: User,
        channel: Channel,
        command: str,
        options: Mapping[str, object] | None = None,
    ) -> Outcome:
        """Send a slash command; a subcommand is typed with its words: `quote random`."""
        references = self._references(user, channel)
        payload = self._command(user, channel, command.split()[0], SLASH)
        values = options_of(find_leaf(payload, command), options or {}, references)
        data = _command_data(payload, references, options=below_subcommand(command, values))
        return await self._start(InteractionKind.COMMAND, user, channel, data)

    async def autocomplete(
        self,
        user: User,
        channel: Channel,
        command: str,
        option: str,
        typed: str = "",
        options: Mapping[str, object] | None = None,
    ) -> Outcome:
        """Type into an option while the others stand as they are."""
        references = self._references(user, channel)
        payload = self._command(user, channel, command.split()[0], SLASH)
        leaf = find_leaf(payload, command)
        values = partial_options(leaf, option, typed, options or {}, references)
        data = _command_data(payload, references, options=below_subcommand(command, values))
        return await self._start(InteractionKind.AUTOCOMPLETE, user, channel, data)

    async def use_message_menu(self, user: User, name: str, message: Message) -> Outcome:
        """Choose a command in the menu of a message."""
        self._refuse_unseen(user, message)
        command = self._command(user, message.channel, name, MESSAGE_MENU)
        references = self._references(user, message.channel)
        target = references.add(message, (Message,))
        data = _command_data(command, references, target_id=target)
        return await self._start(InteractionKind.COMMAND, user, message.channel, data)

    async def use_user_menu(self, user: User, channel: Channel, name: str, target: User) -> Outcome:
        """Choose a command in the menu of a user."""
        command = self._command(user, channel, name, USER_MENU)
        references = self._references(user, channel)
        data = _command_data(command, references, target_id=references.add(target, (User,)))
        return await self._start(InteractionKind.COMMAND, user, channel, data)

    async def press(self, user: User, message: Message, custom_id_or_label: str) -> Outcome:
        """Press a button."""
        button = self._component(user, message, custom_id_or_label)
        if button["type"] != ComponentKind.BUTTON:
            raise MemberError(f"{custom_id_or_label!r} is no button.")
        if button["style"] == ButtonStyle.LINK:
            raise MemberError(
                f"{custom_id_or_label!r} opens {button['url']}; the bot learns nothing."
            )
        data = {"custom_id": button["custom_id"], **_component_data(button)}
        return await self._start(
            InteractionKind.COMPONENT, user, message.channel, data, message=message
        )

    async def select(self, user: User, message: Message, custom_id: str, values: Any) -> Outcome:
        """Choose in a select: options by value or label, or users, roles, channels."""
        component = self._component(user, message, custom_id)
        if component["type"] not in SELECTS:
            raise MemberError(f"{custom_id!r} is no select.")
        references = self._references(user, message.channel)
        data: Json = {
            "custom_id": component["custom_id"],
            **_component_data(component),
            "values": select_values(component, values, references, is_optional=False),
        }
        if references.payload:
            data["resolved"] = references.payload
        return await self._start(
            InteractionKind.COMPONENT, user, message.channel, data, message=message
        )

    async def submit_modal(
        self, user: User, form: Outcome | Modal, values: Mapping[str, Any]
    ) -> Outcome:
        """Fill in a modal and send it; what is not named keeps its preset."""
        modal = form.modal if isinstance(form, Outcome) else form
        if modal is None:
            raise MemberError("No modal is open.")
        trigger = modal.interaction
        if trigger.user is not user:
            raise MemberError(f"The modal is open in front of {trigger.user.name}.")
        references = self._references(user, trigger.channel)
        components = modal_components(modal, values, references)
        data: Json = {"custom_id": modal.custom_id, "components": components}
        if references.payload:
            data["resolved"] = references.payload
        return await self._start(
            InteractionKind.MODAL,
            user,
            trigger.channel,
            data,
            message=trigger.message,
            trigger=trigger,
        )

    def dismiss(self, user: User, message: Message) -> None:
        """Put away a message that only this member sees."""
        self._refuse_unseen(user, message)
        if not message.is_ephemeral:
            raise MemberError("Only a message that one alone can see can be dismissed.")
        message.is_dismissed = True

    def post(self, user: User, channel: Channel, text: str) -> Message:
        """Write a message as a member."""
        self._refuse_absent(user, channel)
        if not channel.permissions_of(user) & channel.needed_to_write:
            raise MemberError(f"{user.name} cannot write in {channel.name}.")
        try:
            return self._platform.post.send(
                channel, user, Draft({"content": text}, mentions_all=True)
            )
        except ApiError as error:
            raise MemberError("A message holds 1 to 2000 characters.") from error

    def commands(self, user: User, channel: Channel) -> list[Json]:
        """List what a member can type or choose in a channel."""
        self._refuse_absent(user, channel)
        return self._platform.registry.commands_for(user, channel, self._platform.world.bot)

    def history(self, user: User, channel: Channel) -> list[Message]:
        """List what a member sees in a channel, oldest first."""
        self._refuse_absent(user, channel)
        in_channel = self._platform.post.in_channel(channel)
        return [message for message in in_channel if message.is_visible_to(user)]

    def message(self, message_id: int | str) -> Message:
        message = self._platform.post.messages.get(int(message_id))
        if message is None:
            raise MemberError(f"There is no message {message_id}.")
        return message

    def modal(self, interaction_id: int | str) -> Modal:
        """Find the modal that an interaction opened."""
        interaction = self._platform.interactions.by_id.get(int(interaction_id))
        if interaction is None or interaction.modal is None:
            raise MemberError("No modal is open.")
        return Modal(interaction, interaction.modal)

    def watch(self) -> Watch:
        """Follow what happens from now on."""
        return Watch(self._platform.events)

    async def _start(
        self,
        kind: InteractionKind,
        user: User,
        channel: Channel,
        data: Json,
        *,
        message: Message | None = None,
        trigger: Interaction | None = None,
    ) -> Outcome:
        platform = self._platform
        interaction = platform.interactions.start(
            kind, user, channel, data, message=message, trigger=trigger
        )
        seconds = platform.first_answer_seconds
        if not await platform.events.until(lambda: interaction.answer is not None, seconds):
            platform.interactions.fail(interaction)
        return Outcome(interaction, platform.events)

    def _command(self, user: User, channel: Channel, name: str, kind: int) -> Json:
        commands = self.commands(user, channel)
        for command in commands:
            if command["name"] == name and command["type"] == kind:
                return command
        place = channel.name or "direct messages"
        names = [command["name"] for command in commands if command["type"] == kind]
        raise MemberError(
            f"{user.name} has no {_KIND_NAMES[kind]} {name!r} in {place}; "
            f"there is {', '.join(names) or 'none'}."
        )

    def _component(self, user: User, message: Message, name: str) -> Json:
        self._refuse_unseen(user, message)
        component = message.find(name)
        if component is None:
            custom_ids = ", ".join(message.custom_ids) or "nothing"
            raise MemberError(f"The message has no {name!r}; it has {custom_ids}.")
        if component.get("disabled"):
            raise MemberError(f"{name!r} is disabled.")
        return component

    def _references(self, user: User, channel: Channel) -> References:
        return References(user, channel, self._platform.files)

    def _refuse_absent(self, user: User, channel: Channel) -> None:
        is_own = channel.recipient is user if channel.guild is None else True
        if not is_own or not channel.permissions_of(user) & Permission.VIEW_CHANNEL:
            raise MemberError(f"{user.name} cannot see {channel.name or 'these direct messages'}.")

    def _refuse_unseen(self, user: User, message: Message) -> None:
        self._refuse_absent(user, message.channel)
        if not message.is_visible_to(user):
            raise MemberError(f"{user.name} does not see this message, or no longer.")


def _command_data(command: Json, references: References, **extra: Any) -> Json:
    data: Json = {"id": command["id"], "name": command["name"], "type": command["type"], **extra}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    if references.payload:
        data["resolved"] = references.payload
    return data


def _component_data(component: Json) -> Json:
    return {"component_type": component["type"], "id": component["id"]}
