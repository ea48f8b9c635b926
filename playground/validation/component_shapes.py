"""What components of a message may be."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from playground.components import ButtonStyle, ComponentKind, media_of, walk
from playground.validation import limits
from playground.validation.shapes import (
    ByType,
    Fields,
    Id,
    Items,
    OneOf,
    Path,
    Problem,
    Shape,
    Text,
    Truth,
    Url,
    Whole,
    length,
    required,
)
from playground.wire import Json, is_list, is_object, items, objects

COMPONENT_ID: Final = Whole(0, (1 << 31) - 1)
CUSTOM_ID: Final = Text(limits.CUSTOM_ID, least=1)
_MEDIA: Final = Fields(required={"url": Url(limits.MEDIA_URL, takes_attachments=True)})
_UPLOADED: Final = Fields(
    required={"url": Url(limits.MEDIA_URL, takes_attachments=True, takes_links=False)}
)
_ALT_TEXT: Final = Text(limits.ALT_TEXT, least=1)
EMOJI: Final = Fields({"id": Id(), "name": Text(32), "animated": Truth()})


_BUTTON_TARGETS: Final[dict[int, str]] = {ButtonStyle.LINK: "url", ButtonStyle.PREMIUM: "sku_id"}


def _check_button(button: Json, path: Path) -> Iterator[Problem]:
    style = button.get("style")
    target = _BUTTON_TARGETS.get(style, "custom_id") if isinstance(style, int) else "custom_id"
    if not button.get(target):
        yield required((*path, target))
    for field in {"url", "sku_id", "custom_id"} - {target}:
        if button.get(field):
            message = f"A button of this style cannot have a {field}"
            yield Problem((*path, field), "BASE_TYPE_FORBIDDEN", message)
    if style != ButtonStyle.PREMIUM and not (button.get("label") or button.get("emoji")):
        yield required((*path, "label"))


def _check_select(select: Json, path: Path) -> Iterator[Problem]:
    # Without a maximum one option can be chosen.
    least, most = select.get("min_values"), select.get("max_values")
    options = select.get("options")
    if isinstance(least, int) and least > (1 if most is None else most):
        message = "The minimum is above the maximum."
        yield Problem((*path, "min_values"), "BASE_TYPE_MIN_ABOVE_MAX", message)
    if not is_list(options):
        return
    if isinstance(most, int) and most > len(options):
        message = f"int value should be less than or equal to {len(options)}."
        yield Problem((*path, "max_values"), "NUMBER_TYPE_MAX", message)
    yield from duplicates(select, "options", "value", path, "SELECT_COMPONENT_OPTION_VALUE")


def duplicates(holder: Json, field: str, key: str, path: Path, code: str) -> Iterator[Problem]:
    """Find values of a key that come twice in a list where each may come once."""
    values: set[str] = set()
    for place, item in enumerate(items(holder, field)):
        value = str(item.get(key)) if is_object(item) else ""
        if value in values:
            message = f"The specified {key} is already used"
            yield Problem((*path, field, place, key), f"{code}_DUPLICATED", message)
        values.add(value)


OPTION: Final = Fields(
    {"description": Text(limits.OPTION_TEXT), "emoji": EMOJI, "default": Truth()},
    {
        "label": Text(limits.OPTION_TEXT, least=1),
        "value": Text(limits.OPTION_TEXT, least=1),
    },
)


def select(**extra: Shape) -> Fields:
    """Describe a select; a string select needs options."""
    return Fields(
        {
            "id": COMPONENT_ID,
            "placeholder": Text(limits.PLACEHOLDER),
            "min_values": Whole(0, limits.OPTIONS),
            "max_values": Whole(1, limits.OPTIONS),
            "disabled": Truth(),
            "required": Truth(),
            "default_values": Items(Fields(required={"id": Id()}), limits.OPTIONS),
            "channel_types": Items(Whole(0, 20), limits.OPTIONS),
        },
        {"custom_id": CUSTOM_ID, **extra},
        _check_select,
    )


SELECT_SHAPES: Final[dict[int, Shape]] = {
    ComponentKind.STRING_SELECT: select(options=Items(OPTION, limits.OPTIONS, least=1)),
    ComponentKind.USER_SELECT: select(),
    ComponentKind.ROLE_SELECT: select(),
    ComponentKind.MENTIONABLE_SELECT: select(),
    ComponentKind.CHANNEL_SELECT: select(),
}
_BUTTON: Final = Fields(
    {
        "id": COMPONENT_ID,
        "label": Text(limits.BUTTON_LABEL),
        "emoji": EMOJI,
        "custom_id": CUSTOM_ID,
        "url": Url(limits.BUTTON_URL),
        "sku_id": Id(),
        "disabled": Truth(),
    },
    {"style": OneOf(tuple(ButtonStyle))},
    _check_button,
)


def _check_row(row: Json, path: Path) -> Iterator[Problem]:
    kinds = [component.get("type") for component in objects(row, "components")]
    if len(kinds) > 1 and any(kind != ComponentKind.BUTTON for kind in kinds):
        message = "A row holds up to five buttons or one select"
        yield Problem((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


_ROW: Final = Fields(
    {"id": COMPONENT_ID},
    {
        "components": Items(
            ByType({ComponentKind.BUTTON: _BUTTON, **SELECT_SHAPES}), limits.BUTTONS_IN_ROW, least=1
        )
    },
    _check_row,
)
TEXT_DISPLAY: Final = Fields({"id": COMPONENT_ID}, {"content": Text(limits.TEXT_DISPLAYS, least=1)})
_THUMBNAIL: Final = Fields(
    {"id": COMPONENT_ID, "description": _ALT_TEXT, "spoiler": Truth()}, {"media": _MEDIA}
)
_SECTION: Final = Fields(
    {"id": COMPONENT_ID},
    {
        "components": Items(
            ByType({ComponentKind.TEXT_DISPLAY: TEXT_DISPLAY}), limits.SECTION_TEXTS, least=1
        ),
        "accessory": ByType({ComponentKind.BUTTON: _BUTTON, ComponentKind.THUMBNAIL: _THUMBNAIL}),
    },
)
_GALLERY_ITEM: Final = Fields({"description": _ALT_TEXT, "spoiler": Truth()}, {"media": _MEDIA})
_GALLERY: Final = Fields(
    {"id": COMPONENT_ID}, {"items": Items(_GALLERY_ITEM, limits.GALLERY_ITEMS, least=1)}
)
_FILE: Final = Fields({"id": COMPONENT_ID, "spoiler": Truth()}, {"file": _UPLOADED})
_SEPARATOR: Final = Fields({"id": COMPONENT_ID, "divider": Truth(), "spacing": OneOf((1, 2))})
_IN_CONTAINER: Final[dict[int, Shape]] = {
    ComponentKind.ACTION_ROW: _ROW,
    ComponentKind.SECTION: _SECTION,
    ComponentKind.TEXT_DISPLAY: TEXT_DISPLAY,
    ComponentKind.MEDIA_GALLERY: _GALLERY,
    ComponentKind.FILE: _FILE,
    ComponentKind.SEPARATOR: _SEPARATOR,
}
_CONTAINER: Final = Fields(
    {"id": COMPONENT_ID, "accent_color": Whole(0, limits.COLOUR), "spoiler": Truth()},
    {"components": Items(ByType(_IN_CONTAINER), limits.COMPONENTS, least=1)},
)
LEGACY: Final = Items(ByType({ComponentKind.ACTION_ROW: _ROW}), limits.ROWS)
LAYOUT: Final = Items(
    ByType({ComponentKind.CONTAINER: _CONTAINER, **_IN_CONTAINER}), limits.COMPONENTS
)


def check_tree(components: Any, files: set[str]) -> Iterator[Problem]:
    """Check what holds over all components together; `files` are those that they may show."""
    tree = list(walk(components))
    if len(tree) > limits.COMPONENTS:
        yield length(("components",), 1, limits.COMPONENTS)
    yield from check_unique(tree)
    texts = [
        str(component.get("content", ""))
        for component, _path in tree
        if component.get("type") == ComponentKind.TEXT_DISPLAY
    ]
    if sum(map(len, texts)) > limits.TEXT_DISPLAYS:
        message = f"Must be {limits.TEXT_DISPLAYS} or fewer in length over all texts."
        yield Problem(("components",), "COMPONENT_MAX_TOTAL_DISPLAYABLE_TEXT_SIZE", message)
    for component, path in tree:
        for media in media_of(component):
            name = str(media.get("url")).removeprefix("attachment://")
            if str(media.get("url")).startswith("attachment://") and name not in files:
                message = f"The referenced attachment '{name}' was not found"
                yield Problem(path, "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message)


def check_unique(tree: list[tuple[Json, Path]]) -> Iterator[Problem]:
    """Find custom ids and component ids that come twice."""
    for key, code in (("custom_id", "COMPONENT_CUSTOM_ID"), ("id", "COMPONENT_ID")):
        counts = Counter(component[key] for component, _path in tree if component.get(key))
        for component, path in tree:
            if counts[component.get(key)] > 1:
                message = f"Component {key.replace('_', ' ')} cannot be duplicated"
                yield Problem((*path, key), f"{code}_DUPLICATED", message)
