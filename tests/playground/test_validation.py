"""Every limit on messages and modals has a refusal, and what is just within it passes."""

from collections.abc import Iterator
from typing import Any

import pytest

from playground.validation.message_shapes import check_message
from playground.validation.modal_shapes import check_modal
from playground.wire import ApiError, Json

FLAGS = (1 << 15) | (1 << 12) | 4
FILES = {"card.png"}


def refusals(body: Json, *, is_layout: bool = False) -> dict[str, str]:
    """Give what is refused: messages by their paths."""
    try:
        check_message(body, is_layout=is_layout, flags=FLAGS, files=FILES)
    except ApiError as error:
        return dict(flat(error.errors or {}))
    return {}


def flat(errors: Json, path: str = "") -> Iterator[tuple[str, str]]:
    for key, inner in errors.items():
        if key == "_errors":
            yield path, inner[0]["message"]
        else:
            yield from flat(inner, f"{path}.{key}".strip("."))


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def button(number: int = 0, **fields: Any) -> Json:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": f"go:{number}", **fields}


def link(**fields: Any) -> Json:
    return {"type": 2, "style": 5, "label": "Read", "url": "https://example.org/a", **fields}


def select(count: int = 2, **fields: Any) -> Json:
    options = [{"label": f"L{n}", "value": f"v{n}"} for n in range(count)]
    return {"type": 3, "custom_id": "pick", "options": options, **fields}


def text(content: str = "words") -> Json:
    return {"type": 10, "content": content}


def section(*texts: Json, accessory: Json | None = None) -> Json:
    return {"type": 9, "components": list(texts), "accessory": accessory or button()}


def thumbnail(url: str = "attachment://card.png", **fields: Any) -> Json:
    return {"type": 11, "media": {"url": url}, **fields}


def gallery(count: int = 1, url: str = "attachment://card.png", **fields: Any) -> Json:
    return {"type": 12, "items": [{"media": {"url": url}, **fields}] * count}


def container(*components: Json, **fields: Any) -> Json:
    return {"type": 17, "components": list(components), **fields}


WITHIN: list[Json] = [
    {"content": "x" * 2000},
    {"content": None, "embeds": None, "components": None},
    {"embeds": [{"title": "t" * 256, "description": "d" * 4096, "color": 0xFFFFFF}]},
    {"embeds": [{"fields": [{"name": "n", "value": "v"}] * 25}] * 10},
    {"embeds": [{"description": "d" * 3000}, {"description": "d" * 3000}]},
    {"components": [row(*(button(n) for n in range(5)))]},
    {"components": [row(button(n, label="l" * 80)) for n in range(5)]},
    {"components": [row(link(), button())]},
    {"components": [row(select(25, placeholder="p" * 150, min_values=0, max_values=25))]},
    {"content": "x", "allowed_mentions": {"parse": ["users"], "roles": ["1"]}},
    {"content": "x", "nonce": "n" * 25, "enforce_nonce": True},
    {"content": "x", "attachments": [{"id": 0, "description": "d" * 1024}]},
]
LAYOUTS_WITHIN: list[list[Json]] = [
    [text("x" * 4000)],
    [text()] * 40,
    [container(*[text()] * 39)],
    [section(text(), text(), text(), accessory=thumbnail(description="d" * 1024))],
    [gallery(10)],
    [container(text(), {"type": 14, "divider": True, "spacing": 2}, accent_color=0, spoiler=True)],
    [{"type": 13, "file": {"url": "attachment://card.png"}}],
    [gallery(url="https://example.org/a.png", description="d")],
    [container(section(text()), row(select()), gallery())],
]


@pytest.mark.parametrize("body", WITHIN)
def test_what_is_within_the_limits_passes(body: Json) -> None:
    assert refusals(body) == {}


@pytest.mark.parametrize("components", LAYOUTS_WITHIN)
def test_layouts_within_the_limits_pass(components: list[Json]) -> None:
    assert refusals({"components": components}, is_layout=True) == {}


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        ({"content": "x" * 2001}, "content", "Must be 2000 or fewer in length."),
        ({"content": 5}, "content", "Could not interpret value as string."),
        ({"embeds": [{}] * 11}, "embeds", "Must be 10 or fewer in length."),
        ({"embeds": [{"title": "t" * 257}]}, "embeds.0.title", "Must be 256 or fewer in length."),
        (
            {"embeds": [{"description": "d" * 4097}]},
            "embeds.0.description",
            "Must be 4096 or fewer in length.",
        ),
        (
            {"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]},
            "embeds.0.fields",
            "Must be 25 or fewer in length.",
        ),
        (
            {"embeds": [{"fields": [{"name": "n" * 257, "value": "v"}]}]},
            "embeds.0.fields.0.name",
            "Must be between 1 and 256 in length.",
        ),
        (
            {"embeds": [{"fields": [{"name": "n", "value": "v" * 1025}]}]},
            "embeds.0.fields.0.value",
            "Must be between 1 and 1024 in length.",
        ),
        (
            {"embeds": [{"footer": {"text": "f" * 2049}}]},
            "embeds.0.footer.text",
            "Must be 2048 or fewer in length.",
        ),
        (
            {"embeds": [{"author": {"name": "a" * 257}}]},
            "embeds.0.author.name",
            "Must be 256 or fewer in length.",
        ),
        ({"embeds": [{"author": {}}]}, "embeds.0.author.name", "This field is required"),
        (
            {"embeds": [{"description": "d" * 3001}, {"description": "d" * 3000}]},
            "embeds",
            "Embed size exceeds maximum size of 6000",
        ),
        ({"embeds": [{"url": "not a url"}]}, "embeds.0.url", "Not a well formed URL."),
        ({"embeds": [{"color": 1 << 24}]}, "embeds.0.color", "int value should be less than"),
        ({"flags": 1 << 6}, "flags", "Flags 64 cannot be set here."),
        ({"nonce": "n" * 26}, "nonce", "Must be 25 or fewer in length."),
        ({"tts": "yes"}, "tts", "Must be either true or false."),
        ({"attachments": [{"id": 0}] * 11}, "attachments", "Must be 10 or fewer in length."),
        (
            {"attachments": [{"id": 0, "description": "d" * 1025}]},
            "attachments.0.description",
            "Must be 1024 or fewer in length.",
        ),
        (
            {"allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            "allowed_mentions",
            'parse:["users"] and users: [ids...] are mutually exclusive.',
        ),
        (
            {"allowed_mentions": {"users": ["1"] * 101}},
            "allowed_mentions.users",
            "Must be 100 or fewer in length.",
        ),
        ({"components": [text()]}, "components.0.type", 'Value of field "type" must be one of'),
        (
            {"components": [row(button(n)) for n in range(6)]},
            "components",
            "Must be 5 or fewer in length.",
        ),
        (
            {"components": [row(*(button(n) for n in range(6)))]},
            "components.0.components",
            "Must be between 1 and 5 in length.",
        ),
        ({"components": [row()]}, "components.0.components", "Must be between 1 and 5 in length."),
        (
            {"components": [row(button(), select())]},
            "components.0.components",
            "A row holds up to five buttons or one select",
        ),
        (
            {"components": [row(button(label="l" * 81))]},
            "components.0.components.0.label",
            "Must be 80 or fewer in length.",
        ),
        (
            {"components": [row(button(custom_id="c" * 101))]},
            "components.0.components.0.custom_id",
            "Must be between 1 and 100 in length.",
        ),
        (
            {"components": [row(button(custom_id=None))]},
            "components.0.components.0.custom_id",
            "This field is required",
        ),
        (
            {"components": [row(button(label=""))]},
            "components.0.components.0.label",
            "This field is required",
        ),
        (
            {"components": [row(button(), button())]},
            "components.0.components.1.custom_id",
            "Component custom id cannot be duplicated",
        ),
        (
            {"components": [row(button(url="https://example.org"))]},
            "components.0.components.0.url",
            "A button of this style cannot have a url",
        ),
        (
            {"components": [row(link(url=None))]},
            "components.0.components.0.url",
            "This field is required",
        ),
        (
            {"components": [row(link(url="javascript:alert(1)"))]},
            "components.0.components.0.url",
            "Not a well formed URL.",
        ),
        (
            {"components": [row(link(url="https://e.org/" + "x" * 512))]},
            "components.0.components.0.url",
            "Must be 512 or fewer in length.",
        ),
        (
            {"components": [row(button(style=9))]},
            "components.0.components.0.style",
            "Value must be one of",
        ),
        (
            {"components": [row(select(26))]},
            "components.0.components.0.options",
            "Must be between 1 and 25 in length.",
        ),
        (
            {"components": [row(select(0))]},
            "components.0.components.0.options",
            "Must be between 1 and 25 in length.",
        ),
        (
            {"components": [row(select(2, max_values=3))]},
            "components.0.components.0.max_values",
            "int value should be less than or equal to 2.",
        ),
        (
            {"components": [row(select(2, min_values=2))]},
            "components.0.components.0.min_values",
            "The minimum is above the maximum.",
        ),
        (
            {"components": [row(select(placeholder="p" * 151))]},
            "components.0.components.0.placeholder",
            "Must be 150 or fewer in length.",
        ),
        (
            {"components": [row(select(options=[{"label": "l" * 101, "value": "v"}]))]},
            "components.0.components.0.options.0.label",
            "Must be between 1 and 100 in length.",
        ),
        (
            {"components": [row(select(options=[{"label": "l", "value": "v"}] * 2))]},
            "components.0.components.0.options.1.value",
            "The specified value is already used",
        ),
    ],
)
def test_a_message_beyond_a_limit_is_refused(body: Json, path: str, message: str) -> None:
    messages = refusals(body)
    assert path in messages
    assert messages[path].startswith(message)


@pytest.mark.parametrize(
    ("components", "path", "message"),
    [
        ([text("x" * 4001)], "components.0.content", "Must be between 1 and 4000 in length."),
        ([text("")], "components.0.content", "Must be between 1 and 4000 in length."),
        ([text("x" * 2001)] * 2, "components", "Must be 4000 or fewer in length over all texts."),
        ([text()] * 41, "components", "Must be 40 or fewer in length."),
        ([container(*[text()] * 40)], "components", "Must be between 1 and 40 in length."),
        ([container()], "components.0.components", "Must be between 1 and 40 in length."),
        ([container(container(text()))], "components.0.components.0.type", "Value of field"),
        ([container(text(), accent_color=-1)], "components.0.accent_color", "int value should"),
        ([section()], "components.0.components", "Must be between 1 and 3 in length."),
        ([section(*[text()] * 4)], "components.0.components", "Must be between 1 and 3 in length."),
        ([section(text(), accessory=text())], "components.0.accessory.type", "Value of field"),
        ([section(button())], "components.0.components.0.type", "Value of field"),
        ([{**section(text()), "accessory": None}], "components.0.accessory", "This field is"),
        ([gallery(0)], "components.0.items", "Must be between 1 and 10 in length."),
        ([gallery(11)], "components.0.items", "Must be between 1 and 10 in length."),
        ([gallery(description="")], "components.0.items.0.description", "Must be between 1 and"),
        ([gallery(description="d" * 1025)], "components.0.items.0.description", "Must be betwe"),
        ([gallery(url="ftp://x")], "components.0.items.0.media.url", "Not a well formed URL."),
        ([gallery(url="attachment://none.png")], "components.0", "The referenced attachment 'no"),
        ([thumbnail()], "components.0.type", "Value of field"),
        ([{"type": 13, "file": {"url": "https://e.org/a"}}], "components.0.file.url", "Not a wel"),
        ([{"type": 14, "spacing": 3}], "components.0.spacing", "Value must be one of"),
        ([button()], "components.0.type", "Value of field"),
        ([{**text(), "id": 7}, {**text(), "id": 7}], "components.0.id", "Component id cannot be"),
        (["words"], "components.0", "Only dictionaries may be used"),
        ({"type": 10}, "components", "Only iterables may be used"),
    ],
)
def test_a_layout_beyond_a_limit_is_refused(components: Any, path: str, message: str) -> None:
    messages = refusals({"components": components}, is_layout=True)
    assert path in messages
    assert messages[path].startswith(message)


@pytest.mark.parametrize("field", ["content", "embeds"])
def test_a_layout_has_no_content_and_no_embeds(field: str) -> None:
    body = {"components": [text()], "content": "x", "embeds": [{"title": "t"}]}
    message = refusals(body, is_layout=True)[field]
    assert message == f"The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"


def labelled(component: Json, **fields: Any) -> Json:
    return {"type": 18, "label": "Label", "component": component, **fields}


def text_input(**fields: Any) -> Json:
    return {"type": 4, "custom_id": "name", "style": 1, **fields}


def modal(*components: Json, **fields: Any) -> Json:
    return {"custom_id": "form", "title": "Form", "components": list(components), **fields}


def options(count: int) -> list[Json]:
    return [{"label": f"L{n}", "value": f"v{n}"} for n in range(count)]


MODALS_WITHIN: list[Json] = [
    modal(labelled(text_input(min_length=0, max_length=4000)), text("read this")),
    modal(labelled(select(25)), labelled({"type": 5, "custom_id": "who"})),
    modal(labelled({"type": 19, "custom_id": "up", "min_values": 0, "max_values": 10})),
    modal(labelled({"type": 21, "custom_id": "one", "options": options(10)}, description="d")),
    modal(labelled({"type": 22, "custom_id": "many", "options": options(1), "min_values": 0})),
    modal(labelled({"type": 23, "custom_id": "check", "default": True})),
    modal({"type": 1, "components": [text_input(label="Name")]}, title="t" * 45),
]


@pytest.mark.parametrize("data", MODALS_WITHIN)
def test_modals_within_the_limits_pass(data: Json) -> None:
    check_modal(data)


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (modal(labelled(text_input()), title="t" * 46), "title"),
        (modal(labelled(text_input()), title=""), "title"),
        (modal(labelled(text_input()), custom_id="c" * 101), "custom_id"),
        (modal(), "components"),
        (modal(*(labelled(text_input(custom_id=f"{n}")) for n in range(6))), "components"),
        (modal(labelled(text_input(), label="l" * 46)), "components.0.label"),
        (modal(labelled(text_input(), description="d" * 101)), "components.0.description"),
        (modal(labelled(text_input(value="v" * 4001))), "components.0.component.value"),
        (modal(labelled(text_input(placeholder="p" * 101))), "components.0.component.placeholder"),
        (modal(labelled(text_input(style=3))), "components.0.component.style"),
        (
            modal(labelled(text_input(min_length=5, max_length=4))),
            "components.0.component.min_length",
        ),
        (
            modal(labelled(text_input()), labelled(text_input())),
            "components.1.component.custom_id",
        ),
        (modal(labelled(button())), "components.0.component.type"),
        (modal(text_input(label="Name")), "components.0.type"),
        (
            modal({"type": 1, "components": [text_input()]}),
            "components.0.components.0.label",
        ),
        (modal(labelled(select(2, disabled=True))), "components.0.component.disabled"),
        (
            modal(labelled({"type": 21, "custom_id": "one", "options": options(1)})),
            "components.0.component.options",
        ),
        (
            modal(labelled({"type": 22, "custom_id": "many", "options": options(11)})),
            "components.0.component.options",
        ),
        (
            modal(labelled({"type": 19, "custom_id": "up", "max_values": 11})),
            "components.0.component.max_values",
        ),
    ],
)
def test_a_modal_beyond_a_limit_is_refused(data: Json, path: str) -> None:
    with pytest.raises(ApiError) as error:
        check_modal(data)
    assert path in dict(flat(error.value.errors or {}))
