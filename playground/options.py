"""The options of a slash command, checked as the client does, in the form the bot gets."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from playground.files import Upload
from playground.people import Role, User
from playground.places import Channel
from playground.references import MemberError, References
from playground.registry import leaves
from playground.validation import limits
from playground.validation.command_shapes import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    GROUP,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE,
    STRING,
    SUBCOMMAND,
    USER,
)
from playground.wire import Json, objects

_OBJECT_TYPES: Final[dict[int, tuple[type, ...]]] = {
    USER: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
    ATTACHMENT: (Upload,),
}
_VALUE_TYPES: Final[dict[int, tuple[type, ...]]] = {
    STRING: (str,),
    INTEGER: (int,),
    NUMBER: (int, float),
    BOOLEAN: (bool,),
}


def find_leaf(command: Json, words: str) -> Json:
    """Find the command or subcommand of these words; a command with subcommands is not usable."""
    leaf = leaves(command).get(tuple(words.split()))
    if leaf is None:
        choice = ", ".join("/" + " ".join(path) for path in leaves(command))
        raise MemberError(f"/{words} cannot be typed; there is {choice}.")
    return leaf


def options_of(leaf: Json, values: Mapping[str, object], references: References) -> list[Json]:
    """Write the options of a command that is sent."""
    by_name = _options_by_name(leaf, values)
    omissions = [name for name in by_name if by_name[name].get("required") and name not in values]
    if omissions:
        raise MemberError(f"/{leaf['name']} needs {', '.join(omissions)}.")
    return [_option(by_name[name], value, references) for name, value in values.items()]


def partial_options(
    leaf: Json, option: str, typed: str, values: Mapping[str, object], references: References
) -> list[Json]:
    """Write the options of a command of which one is still being typed."""
    by_name = _options_by_name(leaf, [*values, option])
    if not by_name[option].get("autocomplete"):
        raise MemberError(f"The option {option} of /{leaf['name']} has no autocomplete.")
    if len(typed) > limits.STRING_OPTION:
        raise MemberError(f"{option} takes at most {limits.STRING_OPTION} characters.")
    options = [_option(by_name[name], value, references) for name, value in values.items()]
    kind = by_name[option]["type"]
    return [*options, {"name": option, "type": kind, "value": typed, "focused": True}]


def below_subcommand(command: str, options: list[Json]) -> list[Json]:
    """Put the options below the subcommand, and the group, that were typed."""
    words = command.split()[1:]
    kinds = [SUBCOMMAND, GROUP]
    for kind, word in zip(kinds, reversed(words), strict=False):
        options = [{"name": word, "type": kind, "options": options}]
    return options


def _options_by_name(leaf: Json, names: Iterable[str]) -> dict[str, Json]:
    """Give the options that a command has; these names must be among them."""
    by_name = {option["name"]: option for option in objects(leaf, "options")}
    for name in names:
        if name not in by_name:
            choice = ", ".join(by_name) or "none"
            raise MemberError(f"/{leaf['name']} has no option {name}; it has {choice}.")
    return by_name


def _option(option: Json, value: object, references: References) -> Json:
    kind = option["type"]
    payload = {"name": option["name"], "type": kind}
    if kind in _OBJECT_TYPES:
        if isinstance(value, Channel):
            _check_channel(option, value)
        return payload | {"value": references.add(value, _OBJECT_TYPES[kind])}
    # In Python a bool is an int as well.
    is_of_type = isinstance(value, _VALUE_TYPES[kind])
    if not is_of_type or (isinstance(value, bool) and kind != BOOLEAN):
        raise MemberError(f"{option['name']} does not take {value!r}.")
    return payload | {"value": _value(option, value)}


def _value(option: Json, value: Any) -> Any:
    choices = objects(option, "choices")
    if choices:
        return _choice_value(option["name"], choices, value)
    if isinstance(value, str):
        unit, size, bounds = "length", len(value), (1, limits.STRING_OPTION)
    else:
        unit, size, bounds = "value", value, (-limits.SAFE_INTEGER, limits.SAFE_INTEGER)
    least, most = option.get(f"min_{unit}", bounds[0]), option.get(f"max_{unit}", bounds[1])
    if not least <= size <= most:
        raise MemberError(f"{option['name']} takes a {unit} from {least} to {most}, not {size}.")
    return value


def _choice_value(name: str, choices: list[Json], value: Any) -> Any:
    for choice in choices:
        if value in (choice["value"], choice["name"]):
            return choice["value"]
    names = ", ".join(str(choice["name"]) for choice in choices)
    raise MemberError(f"{name} is one of {names}, not {value!r}.")


def _check_channel(option: Json, channel: Channel) -> None:
    if option.get("channel_types") and channel.type not in option["channel_types"]:
        raise MemberError(f"{option['name']} does not take a channel like {channel.name}.")
