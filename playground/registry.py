"""The commands that the bot has registered, and who can type them where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from playground.events import Events
from playground.people import User
from playground.places import Channel
from playground.validation.command_shapes import GROUP, SLASH, check_command, check_commands
from playground.wire import ApiError, Json, Snowflakes, objects, unknown_command

GUILD_INSTALL, USER_INSTALL = 0, 1
_LOCALIZED: Final = ("name_localizations", "description_localizations")
_OPTION_FIELDS: Final = (
    *("type", "name", "description", "required", "autocomplete", "choices", "options"),
    *("channel_types", "min_value", "max_value", "min_length", "max_length"),
)


@dataclass
class Registry:
    application_id: int
    ids: Snowflakes
    events: Events
    scopes: dict[int | None, dict[int, Json]] = field(
        default_factory=dict[int | None, dict[int, Json]]
    )
    """Commands by id, for each guild and, under None, everywhere."""

    def list_for(self, guild_id: int | None) -> list[Json]:
        return list(self.scopes.get(guild_id, {}).values())

    def get(self, guild_id: int | None, command_id: int) -> Json:
        try:
            return self.scopes[guild_id][command_id]
        except KeyError:
            raise unknown_command() from None

    def overwrite(self, guild_id: int | None, bodies: Any) -> list[Json]:
        """Replace all commands of a scope; those of the same type and name keep their ids."""
        check_commands(bodies)
        commands = [self._command(guild_id, body, self._find(guild_id, body)) for body in bodies]
        self.scopes[guild_id] = {int(command["id"]): command for command in commands}
        self._emit(guild_id)
        return commands

    def put(self, guild_id: int | None, body: Json) -> tuple[Json, bool]:
        """Add a command, or replace the one of its type and name; also says whether it is new."""
        check_command(body)
        old = self._find(guild_id, body)
        rest = [command for command in self.list_for(guild_id) if command is not old]
        check_commands([*rest, body])
        command = self._command(guild_id, body, old)
        self.scopes.setdefault(guild_id, {})[int(command["id"])] = command
        self._emit(guild_id)
        return command, old is None

    def change(self, guild_id: int | None, command_id: int, body: Json) -> Json:
        old = self.get(guild_id, command_id)
        whole = old | body
        check_command(whole)
        if self._find(guild_id, whole) not in (None, old):
            message = "An application command with that name already exists"
            raise ApiError(400, 40041, message)
        command = self._command(guild_id, whole, old)
        self.scopes[guild_id][command_id] = command
        self._emit(guild_id)
        return command

    def delete(self, guild_id: int | None, command_id: int) -> None:
        self.get(guild_id, command_id)
        del self.scopes[guild_id][command_id]
        self._emit(guild_id)

    def commands_for(self, user: User, channel: Channel, bot: User) -> list[Json]:
        """List the commands that somebody can use in a channel."""
        guild = channel.guild
        is_member = guild is not None and bot.id in guild.members
        scopes: list[int | None] = [None]
        if guild is not None and is_member:
            scopes.insert(0, guild.id)
        return [
            command
            for scope in scopes
            for command in self.list_for(scope)
            if _is_offered(command, user, channel, is_member=is_member)
        ]

    def _find(self, guild_id: int | None, body: Json) -> Json | None:
        """Find the command of the same type and name."""
        for command in self.list_for(guild_id):
            if _key(command) == _key(body):
                return command
        return None

    def _command(self, guild_id: int | None, body: Json, old: Json | None) -> Json:
        command_id = old["id"] if old else str(self.ids.next())
        command = {"id": command_id, **self._description(guild_id, body)}
        # The version tells clients that what they have cached is still right.
        if old and old == command | {"version": old["version"]}:
            return old
        return command | {"version": str(self.ids.next())}

    def _description(self, guild_id: int | None, body: Json) -> Json:
        permissions = body.get("default_member_permissions")
        description: Json = {
            "application_id": str(self.application_id),
            "default_member_permissions": None if permissions is None else str(permissions),
            "type": body.get("type") or SLASH,
            "name": body["name"],
            "name_localizations": body.get("name_localizations"),
            "description": body.get("description") or "",
            "description_localizations": body.get("description_localizations"),
            "dm_permission": _allows_direct(body),
            "contexts": body.get("contexts"),
            "integration_types": sorted(body.get("integration_types") or [GUILD_INSTALL]),
            "nsfw": bool(body.get("nsfw")),
        }
        if guild_id is not None:
            description["guild_id"] = str(guild_id)
            del description["dm_permission"]
        if body.get("options"):
            description["options"] = [_option(option) for option in body["options"]]
        return description

    def _emit(self, guild_id: int | None) -> None:
        scope = None if guild_id is None else str(guild_id)
        self.events.emit("commands_changed", guild_id=scope, commands=self.list_for(guild_id))


def without_translations(command: Json) -> Json:
    """Leave out what a list of commands tells only when it is asked for."""
    short = {key: value for key, value in command.items() if key not in _LOCALIZED}
    for key in ("options", "choices"):
        if key in short:
            short[key] = [without_translations(part) for part in short[key]]
    return short


def leaves(command: Json) -> Mapping[tuple[str, ...], Json]:
    """Give what can be typed of a slash command: itself, or its subcommands, by their words."""
    options = objects(command, "options")
    branches = [option for option in options if option["type"] <= GROUP]
    if not branches:
        return {(command["name"],): command}
    return {
        (command["name"], *words): leaf
        for branch in branches
        for words, leaf in leaves(branch).items()
    }


def _key(command: Json) -> tuple[int, str]:
    return command.get("type") or SLASH, command["name"]


def _allows_direct(body: Json) -> bool:
    if body.get("contexts") is not None:
        return 1 in body["contexts"]
    return body.get("dm_permission") is not False


def _option(body: Json) -> Json:
    option = {key: body[key] for key in _OPTION_FIELDS if body.get(key) not in (None, False)}
    option |= {key: body.get(key) for key in _LOCALIZED}
    if "options" in option:
        option["options"] = [_option(part) for part in option["options"]]
    if "choices" in option:
        option["choices"] = [_choice(choice) for choice in option["choices"]]
    return option


def _choice(body: Json) -> Json:
    translations = body.get("name_localizations")
    return {"name": body["name"], "name_localizations": translations, "value": body["value"]}


def _is_offered(command: Json, user: User, channel: Channel, *, is_member: bool) -> bool:
    in_guild = channel.guild is not None
    installs = command["integration_types"]
    is_brought = USER_INSTALL in installs and user.has_installed_app
    is_installed = GUILD_INSTALL in installs and (is_member or not in_guild)
    if not (is_brought or is_installed):
        return False
    contexts = command["contexts"]
    context = 0 if in_guild else 1
    if contexts is not None and context not in contexts:
        return False
    if contexts is None and not in_guild and not command.get("dm_permission", False):
        return False
    if command["nsfw"] and in_guild and not channel.is_nsfw:
        return False
    permissions = command["default_member_permissions"]
    if not in_guild or permissions is None:
        return True
    # "0" is for administrators alone, of whom there are none here.
    mask = int(permissions)
    return mask != 0 and channel.permissions_of(user) & mask == mask
