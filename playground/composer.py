"""Turns bodies into messages: stores attachments, looks up media, hands out ids."""

import copy
import re
from itertools import count
from typing import Any, Final

from playground.clock import iso
from playground.components import ComponentKind, media_of, walk
from playground.files import Files, Upload, safe_name
from playground.people import User
from playground.places import Channel
from playground.validation import limits
from playground.validation.message_shapes import check_message
from playground.validation.shapes import Problem, refuse
from playground.wire import (
    Json,
    created_at,
    empty_message,
    is_list,
    items,
    objects,
    without_nulls,
)
from playground.world import World

_MENTION: Final = re.compile(r"<@!?(\d+)>")
_CONTENTS: Final = ("content", "embeds", "components")
_EMBED_MEDIA: Final = (("image", "url"), ("thumbnail", "url"), ("footer", "icon_url"))
_LOADED: Final = 2
"""The state in which Discord has fetched a medium, and clients may show it."""
SENDABLE_FLAGS: Final = (
    limits.SUPPRESS_EMBEDS | limits.SUPPRESS_NOTIFICATIONS | limits.COMPONENTS_V2
)
ANSWER_FLAGS: Final = SENDABLE_FLAGS | limits.EPHEMERAL
EDITABLE_FLAGS: Final = limits.SUPPRESS_EMBEDS | limits.COMPONENTS_V2


def blank(message_id: int, channel: Channel, author: User) -> Json:
    """Write a message that has nothing in it yet."""
    return {
        "id": str(message_id),
        "channel_id": str(channel.id),
        "type": 0,
        "author": author.payload(),
        "content": "",
        "timestamp": iso(created_at(message_id)),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "flags": 0,
    }


class Composer:
    def __init__(self, world: World, files: Files) -> None:
        self._world = world
        self._files = files

    def compose(
        self,
        payload: Json,
        body: Json,
        uploads: dict[int, Upload],
        *,
        allowed_flags: int,
        mentions_all: bool = False,
    ) -> Json:
        """Apply a body to a message; raises ApiError for what Discord would refuse.

        `mentions_all` says whether everything is pinged unless the body says otherwise, as in
        channels; answers to interactions ping only users.
        """
        flags = _flags(payload, body)
        is_layout = bool(flags & limits.COMPONENTS_V2)
        attachments = _remaining_attachments(payload, body)
        names = {attachment["filename"] for attachment in attachments} | {
            safe_name(upload.filename) for upload in uploads.values()
        }
        _check_files(uploads, len(attachments))
        check_message(body, is_layout=is_layout, flags=allowed_flags, files=names)
        message = copy.deepcopy(payload)
        for field in _CONTENTS:
            if field in body:
                message[field] = without_nulls(body[field]) or ("" if field == "content" else [])
        message["flags"] = flags
        _refuse_leftovers(message, is_layout=is_layout)
        if not uploads and not any(message[field] for field in _CONTENTS) and not attachments:
            raise empty_message()
        message["tts"] = bool(body.get("tts", message["tts"]))
        message["attachments"] = attachments + self._store(message, body, uploads)
        self._look_up_media(message)
        _number(message["components"])
        self._mention(message, body.get("allowed_mentions"), mentions_all=mentions_all)
        return message

    def _store(self, message: Json, body: Json, uploads: dict[int, Upload]) -> list[Json]:
        descriptions = {
            str(attachment.get("id")): attachment.get("description")
            for attachment in objects(body, "attachments")
        }
        channel_id = int(message["channel_id"])
        return [
            self._files.add(upload, channel_id, descriptions.get(str(number)))
            for number, upload in sorted(uploads.items())
        ]

    def _look_up_media(self, message: Json) -> None:
        """Replace attachment:// by addresses."""
        by_address = {
            f"attachment://{attachment['filename']}": attachment
            for attachment in message["attachments"]
        }
        for component, _path in walk(message["components"]):
            for media in media_of(component):
                media |= _media(by_address.get(media["url"]), media["url"])
            if component["type"] == ComponentKind.FILE:
                component |= _file_facts(component["file"]["url"], message["attachments"])
        for embed in message["embeds"]:
            embed.setdefault("type", "rich")
            for part, key in _EMBED_MEDIA:
                if embed.get(part) and embed[part].get(key) in by_address:
                    embed[part][key] = by_address[embed[part][key]]["url"]

    def _mention(self, message: Json, allowed: Any, *, mentions_all: bool) -> None:
        texts = [message["content"]]
        texts += [
            str(component.get("content", "")) for component, _path in walk(message["components"])
        ]
        text = "\n".join(texts)
        if allowed is None:
            allowed = {"parse": ["users", "roles", "everyone"] if mentions_all else ["users"]}
        parse, user_ids = items(allowed, "parse"), set(map(str, items(allowed, "users")))
        # Without doubles, and in the order of the text.
        mentions = dict.fromkeys(_MENTION.findall(text))
        users = [self._world.find_user(int(user_id)) for user_id in mentions]
        message["mentions"] = [
            user.payload()
            for user in users
            if user and ("users" in parse or str(user.id) in user_ids)
        ]
        is_everyone = "everyone" in parse and ("@everyone" in text or "@here" in text)
        message["mention_everyone"] = is_everyone


def _flags(payload: Json, body: Json) -> int:
    before = payload["flags"]
    if body.get("flags") is None or not isinstance(body["flags"], int):
        return before
    # Components V2 and ephemeral stay for good; the rest is what was asked for last.
    return (before & (limits.COMPONENTS_V2 | limits.EPHEMERAL)) | body["flags"]


def _remaining_attachments(payload: Json, body: Json) -> list[Json]:
    if not is_list(body.get("attachments")):
        return payload["attachments"]
    ids = {str(attachment.get("id")) for attachment in objects(body, "attachments")}
    return [attachment for attachment in payload["attachments"] if attachment["id"] in ids]


def _check_files(uploads: dict[int, Upload], attachment_count: int) -> None:
    if len(uploads) + attachment_count > limits.FILES:
        message = f"Must be {limits.FILES} or fewer in length."
        refuse([Problem(("attachments",), "BASE_TYPE_MAX_LENGTH", message)])
    for number, upload in uploads.items():
        if len(upload.data) > limits.FILE_BYTES:
            message = "File exceeds the maximum size of 10 MiB."
            refuse([Problem(("files", number), "BASE_TYPE_MAX_LENGTH", message)])


def _refuse_leftovers(message: Json, *, is_layout: bool) -> None:
    """Refuse to turn a message into one of Components V2 without emptying it first."""
    leftovers = [field for field in ("content", "embeds") if is_layout and message[field]]
    code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
    text = "The '{}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
    refuse([Problem((field,), code, text.format(field)) for field in leftovers])


def _media(attachment: Json | None, url: str) -> Json:
    if attachment is None:
        return {"url": url, "proxy_url": url, "loading_state": _LOADED}
    keys = ("url", "proxy_url", "content_type", "width", "height")
    media = {key: attachment[key] for key in keys if key in attachment}
    return media | {"attachment_id": attachment["id"], "loading_state": _LOADED}


def _file_facts(url: str, attachments: list[Json]) -> Json:
    for attachment in attachments:
        if attachment["url"] == url:
            return {"name": attachment["filename"], "size": attachment["size"]}
    return {}


def _number(components: list[Json]) -> None:
    """Give each component without an id the next free one."""
    tree = [component for component, _path in walk(components)]
    ids = {component["id"] for component in tree if component.get("id")}
    free_ids = (number for number in count(1) if number not in ids)
    for component in tree:
        if not component.get("id"):
            component["id"] = next(free_ids)
