"""What a member types after a slash, checked as the client does, in the form the bot gets."""

from collections.abc import Mapping
from typing import Any, Final

from playground.files import Upload
from playground.people import Channel, Role, User
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

_MENTIONED: Final[dict[int, tuple[type, ...]]] = {
    USER: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
    ATTACHMENT: (Upload,),
}
_WRITTEN: Final[dict[int, tuple[type, ...]]] = {
    STRING: (str,),
    INTEGER: (int,),
    NUMBER: (int, float),
    BOOLEAN: (bool,),
}


def find_leaf(command: Json, typed: str) -> Json:
    """Find the command or subcommand of these words; a command with subcommands is not usable."""
    leaf = leaves(command).get(tuple(typed.split()))
    if leaf is None:
        offered = ", ".join("/" + " ".join(words) for words in leaves(command))
        raise MemberError(f"/{typed} cannot be typed; there is {offered}.")
    return leaf


def filled(leaf: Json, values: Mapping[str, object], references: References) -> list[Json]:
    """Fill in the options of a command that is sent."""
    known = {option["name"]: option for option in objects(leaf, "options")}
    _refuse_unknown(leaf, values, known)
    missing = [name for name, one in known.items() if one.get("required") and name not in values]
    if missing:
        raise MemberError(f"/{leaf['name']} needs {', '.join(missing)}.")
    return [_filled(known[name], value, references) for name, value in values.items()]


def half_filled(
    leaf: Json, option: str, typed: str, values: Mapping[str, object], references: References
) -> list[Json]:
    """Fill in the options of a command of which one is still being typed."""
    known = {one["name"]: one for one in objects(leaf, "options")}
    _refuse_unknown(leaf, [*values, option], known)
    if not known[option].get("autocomplete"):
        raise MemberError(f"The option {option} of /{leaf['name']} has no autocomplete.")
    if len(typed) > limits.STRING_OPTION:
        raise MemberError(f"{option} takes at most {limits.STRING_OPTION} characters.")
    others = [_filled(known[name], value, references) for name, value in values.items()]
    focused = {"name": option, "type": known[option]["type"], "value": typed, "focused": True}
    return [*others, focused]


def nested(command: Json, typed: str, options: list[Json]) -> list[Json]:
    """Put the options below the subcommand, and the group, that were typed."""
    words = typed.split()[1:]
    kinds = [SUBCOMMAND, GROUP]
    for kind, word in zip(kinds, reversed(words), strict=False):
        options = [{"name": word, "type": kind, "options": options}]
    return options


def _refuse_unknown(leaf: Json, names: Any, known: Mapping[str, Json]) -> None:
    for name in names:
        if name not in known:
            offered = ", ".join(known) or "none"
            raise MemberError(f"/{leaf['name']} has no option {name}; it has {offered}.")


def _filled(option: Json, value: object, references: References) -> Json:
    kind = option["type"]
    written = {"name": option["name"], "type": kind}
    if kind in _MENTIONED:
        if isinstance(value, Channel):
            _check_channel(option, value)
        return written | {"value": references.add(value, _MENTIONED[kind])}
    is_right = isinstance(value, _WRITTEN[kind])
    if not is_right or (isinstance(value, bool) and kind != BOOLEAN):
        raise MemberError(f"{option['name']} does not take {value!r}.")
    return written | {"value": _written(option, value)}


def _written(option: Json, value: Any) -> Any:
    choices = objects(option, "choices")
    if choices:
        for choice in choices:
            if value in (choice["value"], choice["name"]):
                return choice["value"]
        offered = ", ".join(str(choice["name"]) for choice in choices)
        raise MemberError(f"{option['name']} is one of {offered}, not {value!r}.")
    measured = len(value) if isinstance(value, str) else value
    unit = "length" if isinstance(value, str) else "value"
    most_written = limits.STRING_OPTION if isinstance(value, str) else limits.SAFE_INTEGER
    least = option.get(f"min_{unit}", 1 if isinstance(value, str) else -limits.SAFE_INTEGER)
    most = option.get(f"max_{unit}", most_written)
    if not least <= measured <= most:
        raise MemberError(
            f"{option['name']} takes a {unit} from {least} to {most}, not {measured}."
        )
    return value


def _check_channel(option: Json, channel: Channel) -> None:
    if option.get("channel_types") and channel.type not in option["channel_types"]:
        raise MemberError(f"{option['name']} does not take a channel like {channel.name}.")
