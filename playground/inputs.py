"""What a member chooses in a select or fills into a modal, checked as the client does."""

from collections.abc import Mapping
from typing import Any, Final

from playground.components import ComponentKind
from playground.files import Upload
from playground.outcome import Modal
from playground.people import Role, User
from playground.places import Channel
from playground.references import MemberError, References
from playground.validation import limits
from playground.wire import Json, is_list, objects

_OBJECT_TYPES: Final[dict[int, tuple[type, ...]]] = {
    ComponentKind.USER_SELECT: (User,),
    ComponentKind.ROLE_SELECT: (Role,),
    ComponentKind.MENTIONABLE_SELECT: (User, Role),
    ComponentKind.CHANNEL_SELECT: (Channel,),
    ComponentKind.FILE_UPLOAD: (Upload,),
}
_WITH_VALUES: Final = (ComponentKind.CHECKBOX_GROUP, ComponentKind.STRING_SELECT, *_OBJECT_TYPES)


def select_values(
    component: Json, values: Any, references: References, *, is_optional: bool
) -> list[str]:
    """Give the values of a select; options can be named by their value or label."""
    items = values if is_list(values) else [values]
    least, most = component.get("min_values", 1), component.get("max_values", 1)
    if not (least <= len(items) <= most or (is_optional and not items)):
        name = component["custom_id"]
        raise MemberError(f"{name} takes {least} to {most} values, not {len(items)}.")
    takes = _OBJECT_TYPES.get(component["type"])
    if takes:
        return [references.add(item, takes) for item in items]
    return [_option_value(component, item) for item in items]


def modal_components(modal: Modal, values: Mapping[str, Any], references: References) -> list[Json]:
    """Give the components of a modal as they are submitted."""
    custom_ids = [component["custom_id"] for component in modal.inputs()]
    for name in values:
        if name not in custom_ids:
            raise MemberError(f"The modal has no {name}; it has {', '.join(custom_ids)}.")
    components = modal.payload["components"]
    return [_component(component, values, references) for component in components]


def _component(component: Json, values: Mapping[str, Any], references: References) -> Json:
    payload: Json = {"type": component["type"], "id": component.get("id", 0)}
    if component["type"] == ComponentKind.ACTION_ROW:
        inner = [_component(part, values, references) for part in component["components"]]
        return payload | {"components": inner}
    if component["type"] == ComponentKind.LABEL:
        return payload | {"component": _component(component["component"], values, references)}
    if component["type"] == ComponentKind.TEXT_DISPLAY:
        return payload
    payload["custom_id"] = component["custom_id"]
    return payload | _input(component, values.get(component["custom_id"]), references)


def _input(component: Json, value: Any, references: References) -> Json:
    kind = component["type"]
    is_optional = component.get("required") is False
    if kind == ComponentKind.TEXT_INPUT:
        return {"value": _text(component, component.get("value", "") if value is None else value)}
    if kind == ComponentKind.CHECKBOX:
        return {"value": bool(component.get("default")) if value is None else bool(value)}
    if kind in _WITH_VALUES:
        values = _preset(component) if value is None else value
        return {"values": select_values(component, values, references, is_optional=is_optional)}
    if value is None:
        value = next(iter(_preset(component)), None)
    if value is None and not is_optional:
        raise MemberError(f"{component['custom_id']} has to be chosen.")
    return {"value": None if value is None else _option_value(component, value)}


def _text(component: Json, value: Any) -> str:
    name = component["custom_id"]
    if not isinstance(value, str):
        raise MemberError(f"{name} takes text, not {value!r}.")
    if not value and component.get("required") is not False:
        raise MemberError(f"{name} has to be filled in.")
    least, most = component.get("min_length", 0), component.get("max_length", limits.TEXT_INPUT)
    if value and not least <= len(value) <= most:
        raise MemberError(f"{name} takes {least} to {most} characters, not {len(value)}.")
    return value


def _preset(component: Json) -> list[str]:
    return [option["value"] for option in objects(component, "options") if option.get("default")]


def _option_value(component: Json, value: Any) -> str:
    options = objects(component, "options")
    for key in ("value", "label"):
        for option in options:
            if option[key] == value:
                return option["value"]
    labels = ", ".join(option["label"] for option in options)
    raise MemberError(f"{component['custom_id']} offers {labels}, not {value!r}.")
