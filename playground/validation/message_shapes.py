"""What the body of a message may be."""

from collections.abc import Iterator
from typing import Any, Final

from playground.validation import component_shapes, limits
from playground.validation.shapes import (
    Fields,
    Id,
    Items,
    OneOf,
    Path,
    Problem,
    Text,
    Truth,
    Url,
    Whole,
    refuse,
)
from playground.wire import Json, is_list, is_object, items

_IMAGE: Final = Fields(required={"url": Url(limits.MEDIA_URL, takes_attachments=True)})
_EMBED: Final = Fields(
    {
        "title": Text(limits.EMBED_TITLE),
        "description": Text(limits.EMBED_DESCRIPTION),
        "url": Url(limits.MEDIA_URL),
        "color": Whole(0, limits.COLOUR),
        "timestamp": Text(64),
        "image": _IMAGE,
        "thumbnail": _IMAGE,
        "footer": Fields(
            {"icon_url": Url(limits.MEDIA_URL, takes_attachments=True)},
            {"text": Text(limits.EMBED_FOOTER)},
        ),
        "author": Fields(
            {
                "url": Url(limits.MEDIA_URL),
                "icon_url": Url(limits.MEDIA_URL, takes_attachments=True),
            },
            {"name": Text(limits.EMBED_AUTHOR)},
        ),
        "fields": Items(
            Fields(
                {"inline": Truth()},
                {
                    "name": Text(limits.EMBED_FIELD_NAME, least=1),
                    "value": Text(limits.EMBED_FIELD_VALUE, least=1),
                },
            ),
            limits.EMBED_FIELDS,
        ),
    }
)


def _check_mentions(mentions: Json, path: Path) -> Iterator[Problem]:
    parse = items(mentions, "parse")
    for kind in ("users", "roles"):
        if kind in parse and mentions.get(kind):
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Problem(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)


_MENTIONS: Final = Fields(
    {
        "parse": Items(OneOf(("users", "roles", "everyone")), 3, is_unique=True),
        "users": Items(Id(), limits.ALLOWED_MENTIONS),
        "roles": Items(Id(), limits.ALLOWED_MENTIONS),
        "replied_user": Truth(),
    },
    also=_check_mentions,
)
_ATTACHMENT: Final = Fields(
    {"filename": Text(1024), "description": Text(limits.ALT_TEXT)}, {"id": Id()}
)
_NONCE: Final = Text(limits.NONCE)


class _Nonce:
    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield from _NONCE.check(value, path)


_MESSAGE: Final = Fields(
    {
        "content": Text(limits.CONTENT),
        "embeds": Items(_EMBED, limits.EMBEDS),
        "attachments": Items(_ATTACHMENT, limits.FILES),
        "allowed_mentions": _MENTIONS,
        "flags": Whole(0, (1 << 31) - 1),
        "tts": Truth(),
        "nonce": _Nonce(),
        "enforce_nonce": Truth(),
    }
)
_LEGACY_FIELDS: Final = ("content", "embeds", "poll", "sticker_ids")


def check_message(body: Json, *, is_layout: bool, flags: int, files: set[str]) -> None:
    """Refuse a body beyond the limits.

    `is_layout` says whether the message is, or becomes, one of Components V2; `flags` are those
    that may be set by this request; `files` are the names that `attachment://` may refer to.
    """
    problems = list(_MESSAGE.check(body, ()))
    problems += _check_flags(body.get("flags"), flags)
    problems += _check_embeds_total(body.get("embeds"))
    layout = component_shapes.LAYOUT if is_layout else component_shapes.LEGACY
    if body.get("components") is not None:
        problems += layout.check(body["components"], ("components",))
        if not problems:
            problems += component_shapes.check_tree(body["components"], files)
    if is_layout:
        problems += [
            Problem(
                (field,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
            for field in _LEGACY_FIELDS
            if body.get(field)
        ]
    refuse(problems)


def _check_flags(flags: Any, allowed: int) -> Iterator[Problem]:
    if isinstance(flags, int) and flags & ~allowed:
        message = f"Flags {flags & ~allowed} cannot be set here."
        yield Problem(("flags",), "BASE_TYPE_CHOICES", message)


def _check_embeds_total(embeds: Any) -> Iterator[Problem]:
    if is_list(embeds) and sum(map(_size, embeds)) > limits.EMBEDS_TOTAL:
        message = f"Embed size exceeds maximum size of {limits.EMBEDS_TOTAL}"
        yield Problem(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)


def _size(embed: Any) -> int:
    if not is_object(embed):
        return 0
    parts = [embed, embed.get("footer"), embed.get("author"), *items(embed, "fields")]
    texts = ("title", "description", "text", "name", "value")
    return sum(
        len(part[text])
        for part in parts
        if is_object(part)
        for text in texts
        if isinstance(part.get(text), str)
    )
