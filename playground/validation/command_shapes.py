"""What application commands may be."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from playground.validation import limits
from playground.validation.component_shapes import duplicates
from playground.validation.shapes import (
    ByType,
    Fields,
    Items,
    Number,
    OneOf,
    Path,
    Problem,
    Shape,
    Table,
    Text,
    Truth,
    Whole,
    refuse,
)
from playground.wire import Json, is_list, is_object, items, objects

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN = 1, 2, 3, 4, 5
USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 6, 7, 8, 9, 10, 11
LOCALES: Final = (
    *("id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl"),
    *("no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi"),
    *("th", "zh-CN", "ja", "zh-TW", "ko"),
)
_DEVANAGARI_AND_THAI: Final = re.compile("[\u0900-\u097f\u0e00-\u0e7f]")


class _SlashName:
    """A lowercase word of letters, digits, dash, underscore and apostrophe."""

    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, str) or not 1 <= len(value) <= limits.COMMAND_NAME:
            yield from Text(limits.COMMAND_NAME, least=1).check(value, path)
        elif not all(map(_may_stand_in_a_name, value)) or value != value.lower():
            yield Problem(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _may_stand_in_a_name(letter: str) -> bool:
    category = unicodedata.category(letter)
    return letter in "-_'" or category[0] in "LN" or bool(_DEVANAGARI_AND_THAI.match(letter))


class _Translations:
    def __init__(self, text: Shape) -> None:
        self._table = Table(text)

    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        yield from self._table.check(value, path)
        for locale in value if is_object(value) else ():
            if locale not in LOCALES:
                message = f"Value must be one of {sorted(LOCALES)}."
                yield Problem((*path, locale), "BASE_TYPE_CHOICES", message)


_NAME: Final = _SlashName()
_DESCRIPTION: Final = Text(limits.COMMAND_DESCRIPTION, least=1)
_NAMES: Final[dict[str, Shape]] = {
    "name_localizations": _Translations(_NAME),
    "description_localizations": _Translations(_DESCRIPTION),
}
_CHOICE_NAME: Final = Text(limits.CHOICE_NAME, least=1)


def _check_choices(option: Json, path: Path) -> Iterator[Problem]:
    if option.get("choices") and option.get("autocomplete"):
        message = "An option with autocomplete cannot have choices"
        yield Problem(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", message)
    code = "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME"
    yield from duplicates(option, "choices", "name", path, code)


def _option(**optional: Shape) -> Fields:
    return Fields(
        {"required": Truth(), **_NAMES, **optional},
        {"name": _NAME, "description": _DESCRIPTION},
        _check_choices,
    )


def choices(value: Shape) -> Items:
    """Describe choices of a kind, as a command or an autocomplete offers them."""
    choice = Fields(
        {"name_localizations": _Translations(_CHOICE_NAME)}, {"name": _CHOICE_NAME, "value": value}
    )
    return Items(choice, limits.CHOICES)


CHOICE_VALUES: Final[dict[int, Shape]] = {
    STRING: Text(limits.CHOICE_VALUE),
    INTEGER: Whole(-limits.SAFE_INTEGER, limits.SAFE_INTEGER),
    NUMBER: Number(),
}


def _choosable(kind: int, **bounds: Shape) -> Fields:
    return _option(autocomplete=Truth(), choices=choices(CHOICE_VALUES[kind]), **bounds)


_WHOLE: Final = CHOICE_VALUES[INTEGER]
_VALUES: Final[dict[int, Shape]] = {
    STRING: _choosable(
        STRING,
        min_length=Whole(0, limits.STRING_OPTION),
        max_length=Whole(1, limits.STRING_OPTION),
    ),
    INTEGER: _choosable(INTEGER, min_value=_WHOLE, max_value=_WHOLE),
    NUMBER: _choosable(NUMBER, min_value=Number(), max_value=Number()),
    CHANNEL: _option(channel_types=Items(Whole(0, 20), 25)),
    **{kind: _option() for kind in (BOOLEAN, USER, ROLE, MENTIONABLE, ATTACHMENT)},
}


def _check_order(command: Json, path: Path) -> Iterator[Problem]:
    """Check what options are together: names once, those that are required first."""
    options = objects(command, "options")
    at = (*path, "options")
    yield from duplicates(command, "options", "name", path, "APPLICATION_COMMAND_OPTIONS_NAME")
    required = [bool(option.get("required")) for option in options]
    for place, is_required in enumerate(required):
        if is_required and not all(required[:place]):
            message = "Required options must be placed before non-required options"
            code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
            yield Problem((*at, place), code, message)
    # Whether options lie below it is the same for all of a command's.
    are_branches = {option.get("type") in (SUBCOMMAND, GROUP) for option in options}
    if len(are_branches) > 1:
        message = "Sub-command and sub-command group option types are mutually exclusive"
        yield Problem(at, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)


def _branch(options: dict[int, Shape], *, is_group: bool = False) -> Fields:
    inside = Items(ByType(options), limits.COMMAND_OPTIONS, least=1 if is_group else 0)
    required: dict[str, Shape] = {"name": _NAME, "description": _DESCRIPTION}
    if is_group:
        return Fields(_NAMES, required | {"options": inside}, _check_order)
    return Fields({**_NAMES, "options": inside}, required, _check_order)


_SUBCOMMAND: Final = _branch(_VALUES)
_GROUP: Final = _branch({SUBCOMMAND: _SUBCOMMAND}, is_group=True)
_SHARED: Final[dict[str, Shape]] = {
    "nsfw": Truth(),
    "dm_permission": Truth(),
    "contexts": Items(OneOf((0, 1, 2)), 3, least=1, is_unique=True),
    "integration_types": Items(OneOf((0, 1)), 2, least=1, is_unique=True),
}
_SLASH: Final = Fields(
    {
        **_SHARED,
        **_NAMES,
        "options": Items(
            ByType({SUBCOMMAND: _SUBCOMMAND, GROUP: _GROUP, **_VALUES}), limits.COMMAND_OPTIONS
        ),
    },
    {"name": _NAME, "description": _DESCRIPTION},
    _check_order,
)


def _check_menu(menu: Json, path: Path) -> Iterator[Problem]:
    for field in ("description", "options"):
        if menu.get(field):
            message = "Context menu commands cannot have this field"
            yield Problem((*path, field), "APPLICATION_COMMAND_CONTEXT_MENU_FIELD", message)


_MENU: Final = Fields(
    {**_SHARED, "name_localizations": _Translations(_CHOICE_NAME)},
    {"name": Text(limits.COMMAND_NAME, least=1)},
    _check_menu,
)
_COMMAND: Final = ByType({SLASH: _SLASH, USER_MENU: _MENU, MESSAGE_MENU: _MENU})
_MOST: Final = {
    SLASH: limits.SLASH_COMMANDS,
    USER_MENU: limits.CONTEXT_MENUS,
    MESSAGE_MENU: limits.CONTEXT_MENUS,
}


def check_commands(commands: Any) -> None:
    """Refuse a list of commands, the whole of a scope, beyond the limits."""
    body = {"commands": commands}
    # A command without a type is a slash command.
    with_types = [{"type": SLASH, **command} for command in objects(body, "commands")]
    is_whole = len(with_types) == len(items(body, "commands")) and is_list(commands)
    most = sum(_MOST.values())
    problems = list(Items(_COMMAND, most).check(with_types if is_whole else commands, ()))
    refuse(problems or list(_check_together(with_types)))


def check_command(command: Json) -> None:
    """Refuse a command beyond the limits."""
    command = {"type": SLASH, **command}
    refuse([*_COMMAND.check(command, ()), *_check_size(command, ())])


def _check_together(commands: list[Json]) -> Iterator[Problem]:
    counts = Counter(command["type"] for command in commands)
    for kind, most in _MOST.items():
        if counts[kind] > most:
            message = f"Maximum number of application commands reached ({most})."
            yield Problem((), "APPLICATION_COMMAND_TOO_MANY", message)
    names: set[tuple[int, str]] = set()
    for place, command in enumerate(commands):
        name = command["type"], command["name"]
        if name in names:
            message = "Application command names must be unique"
            yield Problem((place,), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        names.add(name)
        yield from _check_size(command, (place,))


def _check_size(command: Json, path: Path) -> Iterator[Problem]:
    size = _size(command)
    if size > limits.COMMAND_TOTAL:
        message = f"Command exceeds maximum size ({size} of {limits.COMMAND_TOTAL})"
        yield Problem(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def _size(part: Any) -> int:
    """Count names, descriptions and values; of translations, the longest of each."""
    if not is_object(part):
        return 0
    size = sum(_longest(part, field) for field in ("name", "description"))
    size += len(part["value"]) if isinstance(part.get("value"), str) else 0
    inner = [*items(part, "options"), *items(part, "choices")]
    return size + sum(map(_size, inner))


def _longest(part: Json, field: str) -> int:
    translations = part.get(f"{field}_localizations")
    texts = list(translations.values()) if is_object(translations) else []
    return max(len(text) for text in (part.get(field) or "", *texts))
