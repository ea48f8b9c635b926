"""The commands that the bot has registered, and who can type them where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from playground.events import Events
from playground.people import Channel, User
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

    def overwrite(self, guild_id: int | None, sent: Any) -> list[Json]:
        """Replace all commands of a scope; those of the same type and name keep their ids."""
        check_commands(sent)
        known = {_key(one): one for one in self.list_for(guild_id)}
        commands = [self._made(guild_id, one, known.get(_key(one))) for one in sent]
        self.scopes[guild_id] = {int(command["id"]): command for command in commands}
        self._changed(guild_id)
        return commands

    def put(self, guild_id: int | None, sent: Json) -> tuple[Json, bool]:
        """Add a command, or replace the one of its type and name; also says whether it is new."""
        check_command(sent)
        known = {_key(one): one for one in self.list_for(guild_id)}.get(_key(sent))
        others = [one for one in self.list_for(guild_id) if one is not known]
        check_commands([*others, sent])
        made = self._made(guild_id, sent, known)
        self.scopes.setdefault(guild_id, {})[int(made["id"])] = made
        self._changed(guild_id)
        return made, known is None

    def change(self, guild_id: int | None, command_id: int, sent: Json) -> Json:
        known = self.get(guild_id, command_id)
        merged = known | sent
        check_command(merged)
        others = [one for one in self.list_for(guild_id) if one is not known]
        if _key(merged) in map(_key, others):
            message = "An application command with that name already exists"
            raise ApiError(400, 40041, message)
        made = self._made(guild_id, merged, known)
        self.scopes[guild_id][command_id] = made
        self._changed(guild_id)
        return made

    def delete(self, guild_id: int | None, command_id: int) -> None:
        self.get(guild_id, command_id)
        del self.scopes[guild_id][command_id]
        self._changed(guild_id)

    def offered(self, user: User, channel: Channel, bot: User) -> list[Json]:
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

    def _made(self, guild_id: int | None, sent: Json, known: Json | None) -> Json:
        made = self._described(guild_id, sent)
        command_id = known["id"] if known else str(self.ids.next())
        is_same = known is not None and made == {
            key: value for key, value in known.items() if key not in ("id", "version")
        }
        version = known["version"] if known and is_same else str(self.ids.next())
        return {"id": command_id, **made, "version": version}

    def _described(self, guild_id: int | None, sent: Json) -> Json:
        permissions = sent.get("default_member_permissions")
        made: Json = {
            "application_id": str(self.application_id),
            "default_member_permissions": None if permissions is None else str(permissions),
            "type": sent.get("type") or SLASH,
            "name": sent["name"],
            "name_localizations": sent.get("name_localizations"),
            "description": sent.get("description") or "",
            "description_localizations": sent.get("description_localizations"),
            "dm_permission": _allows_direct(sent),
            "contexts": sent.get("contexts"),
            "integration_types": sorted(sent.get("integration_types") or [GUILD_INSTALL]),
            "nsfw": bool(sent.get("nsfw")),
        }
        if guild_id is not None:
            made["guild_id"] = str(guild_id)
            del made["dm_permission"]
        if sent.get("options"):
            made["options"] = [_option(one) for one in sent["options"]]
        return made

    def _changed(self, guild_id: int | None) -> None:
        scope = None if guild_id is None else str(guild_id)
        self.events.emit("commands_changed", guild_id=scope, commands=self.list_for(guild_id))


def without_translations(command: Json) -> Json:
    """Leave out what a list of commands tells only when it is asked for."""
    told = {key: value for key, value in command.items() if key not in _LOCALIZED}
    for inner in ("options", "choices"):
        if inner in told:
            told[inner] = [without_translations(one) for one in told[inner]]
    return told


def leaves(command: Json) -> Mapping[tuple[str, ...], Json]:
    """Give what can be typed of a slash command: itself, or its subcommands, by their words."""
    options = objects(command, "options")
    nested = [one for one in options if one["type"] <= GROUP]
    if not nested:
        return {(command["name"],): command}
    return {
        (command["name"], *words): leaf for one in nested for words, leaf in leaves(one).items()
    }


def _key(command: Json) -> tuple[int, str]:
    return command.get("type") or SLASH, command["name"]


def _allows_direct(sent: Json) -> bool:
    if sent.get("contexts") is not None:
        return 1 in sent["contexts"]
    return sent.get("dm_permission") is not False


def _option(sent: Json) -> Json:
    made = {key: sent[key] for key in _OPTION_FIELDS if sent.get(key) not in (None, False)}
    made |= {key: sent.get(key) for key in _LOCALIZED}
    if "options" in made:
        made["options"] = [_option(one) for one in made["options"]]
    if "choices" in made:
        translations = _LOCALIZED[0]
        made["choices"] = [
            {"name": one["name"], translations: one.get(translations), "value": one["value"]}
            for one in made["choices"]
        ]
    return made


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
    needed = command["default_member_permissions"]
    if not in_guild or needed is None:
        return True
    has = int(channel.permissions_of(user))
    return int(needed) != 0 and has & int(needed) == int(needed)
