"""What a modal may be."""

from collections.abc import Iterator
from typing import Final

from playground.components import ComponentKind, walk
from playground.validation import limits
from playground.validation.component_shapes import (
    COMPONENT_ID,
    CUSTOM_ID,
    SELECT_SHAPES,
    TEXT_DISPLAY,
    check_unique,
)
from playground.validation.shapes import (
    ByType,
    Fields,
    Items,
    OneOf,
    Path,
    Problem,
    Shape,
    Text,
    Truth,
    Whole,
    refuse,
    required,
)
from playground.wire import Json, is_object, items


def _check_lengths(text_input: Json, path: Path) -> Iterator[Problem]:
    least, most = text_input.get("min_length"), text_input.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        message = "The minimum is above the maximum."
        yield Problem((*path, "min_length"), "BASE_TYPE_MIN_ABOVE_MAX", message)


_TEXT_INPUT: Final = Fields(
    {
        "id": COMPONENT_ID,
        "label": Text(limits.MODAL_LABEL, least=1),
        "value": Text(limits.TEXT_INPUT),
        "placeholder": Text(limits.TEXT_INPUT_PLACEHOLDER),
        "required": Truth(),
        "min_length": Whole(0, limits.TEXT_INPUT),
        "max_length": Whole(1, limits.TEXT_INPUT),
    },
    {"custom_id": CUSTOM_ID, "style": OneOf((1, 2))},
    _check_lengths,
)
_FILE_UPLOAD: Final = Fields(
    {
        "id": COMPONENT_ID,
        "min_values": Whole(0, limits.UPLOADS),
        "max_values": Whole(1, limits.UPLOADS),
        "required": Truth(),
    },
    {"custom_id": CUSTOM_ID},
)
_GROUP_OPTION: Final = Fields(
    {"description": Text(limits.OPTION_TEXT), "default": Truth()},
    {"label": Text(limits.OPTION_TEXT, least=1), "value": Text(limits.OPTION_TEXT, least=1)},
)


def _group(least: int, **extra: Shape) -> Fields:
    return Fields(
        {"id": COMPONENT_ID, "required": Truth(), **extra},
        {
            "custom_id": CUSTOM_ID,
            "options": Items(_GROUP_OPTION, limits.GROUP_OPTIONS, least=least),
        },
    )


_IN_LABEL: Final[dict[int, Shape]] = {
    ComponentKind.TEXT_INPUT: _TEXT_INPUT,
    ComponentKind.FILE_UPLOAD: _FILE_UPLOAD,
    ComponentKind.RADIO_GROUP: _group(2),
    ComponentKind.CHECKBOX_GROUP: _group(
        1,
        min_values=Whole(0, limits.GROUP_OPTIONS),
        max_values=Whole(1, limits.GROUP_OPTIONS),
    ),
    ComponentKind.CHECKBOX: Fields(
        {"id": COMPONENT_ID, "default": Truth()}, {"custom_id": CUSTOM_ID}
    ),
    **SELECT_SHAPES,
}
_LABEL: Final = Fields(
    {"id": COMPONENT_ID, "description": Text(limits.MODAL_DESCRIPTION)},
    {"label": Text(limits.MODAL_LABEL, least=1), "component": ByType(_IN_LABEL)},
)


def _check_row(row: Json, path: Path) -> Iterator[Problem]:
    """Outside a label a text input brings its own."""
    for place, component in enumerate(items(row, "components")):
        if is_object(component) and not component.get("label"):
            yield required((*path, "components", place, "label"))


_ROW: Final = Fields(
    {"id": COMPONENT_ID},
    {"components": Items(ByType({ComponentKind.TEXT_INPUT: _TEXT_INPUT}), 1, least=1)},
    _check_row,
)
_MODAL: Final = Fields(
    required={
        "custom_id": CUSTOM_ID,
        "title": Text(limits.MODAL_TITLE, least=1),
        "components": Items(
            ByType(
                {
                    ComponentKind.ACTION_ROW: _ROW,
                    ComponentKind.LABEL: _LABEL,
                    ComponentKind.TEXT_DISPLAY: TEXT_DISPLAY,
                }
            ),
            limits.MODAL_COMPONENTS,
            least=1,
        ),
    }
)


def _check_inside(tree: list[tuple[Json, Path]]) -> Iterator[Problem]:
    for component, path in tree:
        if component.get("disabled"):
            message = "Components of a modal cannot be disabled"
            yield Problem((*path, "disabled"), "BASE_TYPE_FORBIDDEN", message)


def check_modal(data: Json) -> None:
    """Refuse a modal beyond the limits."""
    tree = list(walk(data.get("components")))
    refuse([*_MODAL.check(data, ()), *check_unique(tree), *_check_inside(tree)])
