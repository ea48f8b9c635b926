"""Bodies turned into messages: attachments stored, media resolved, ids given."""

import copy
import re
from typing import Any, Final

from playground.clock import iso
from playground.components import ComponentKind, media_of, walk
from playground.files import Files, Upload, safe_name
from playground.people import Channel, User
from playground.validation import limits
from playground.validation.message_shapes import check_message
from playground.validation.shapes import Problem, refuse
from playground.wire import (
    Json,
    created_at,
    empty_message,
    is_list,
    is_object,
    items,
    objects,
    without_nulls,
)
from playground.world import World

_MENTION: Final = re.compile(r"<@!?(\d+)>")
_FILLING: Final = ("content", "embeds", "components")
_EMBED_MEDIA: Final = (("image", "url"), ("thumbnail", "url"), ("footer", "icon_url"))
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
        kept = _kept(payload, body)
        names = {one["filename"] for one in kept} | {
            safe_name(upload.filename) for upload in uploads.values()
        }
        _check_files(uploads, len(kept))
        check_message(body, is_layout=is_layout, flags=allowed_flags, files=names)
        made = copy.deepcopy(payload)
        for field in _FILLING:
            if field in body:
                made[field] = without_nulls(body[field]) or ("" if field == "content" else [])
        made["flags"] = flags
        _refuse_leftovers(made, is_layout=is_layout)
        if not uploads and not any(made[field] for field in _FILLING) and not kept:
            raise empty_message()
        made["tts"] = bool(body.get("tts", made["tts"]))
        made["attachments"] = kept + self._store(made, body, uploads)
        self._resolve(made)
        _number(made["components"])
        self._mention(made, body.get("allowed_mentions"), mentions_all=mentions_all)
        return made

    def _store(self, made: Json, body: Json, uploads: dict[int, Upload]) -> list[Json]:
        described = {
            str(one.get("id")): one.get("description") for one in objects(body, "attachments")
        }
        channel_id = int(made["channel_id"])
        return [
            self._files.add(upload, channel_id, described.get(str(number)))
            for number, upload in sorted(uploads.items())
        ]

    def _resolve(self, made: Json) -> None:
        """Replace attachment:// by addresses."""
        stored = {f"attachment://{one['filename']}": one for one in made["attachments"]}
        for component, _path in walk(made["components"]):
            for media in media_of(component):
                media |= _resolved(stored.get(media["url"]), media["url"])
            if component["type"] == ComponentKind.FILE:
                component |= _described_file(component["file"]["url"], made["attachments"])
        for embed in made["embeds"]:
            embed.setdefault("type", "rich")
            for part, key in _EMBED_MEDIA:
                if embed.get(part) and embed[part].get(key) in stored:
                    embed[part][key] = stored[embed[part][key]]["url"]

    def _mention(self, made: Json, allowed: Any, *, mentions_all: bool) -> None:
        texts = [made["content"]]
        texts += [str(one.get("content", "")) for one, _path in walk(made["components"])]
        text = "\n".join(texts)
        if allowed is None:
            allowed = {"parse": ["users", "roles", "everyone"] if mentions_all else ["users"]}
        parse, listed = items(allowed, "parse"), set(map(str, items(allowed, "users")))
        mentioned = dict.fromkeys(_MENTION.findall(text))
        users = [self._world.find_user(int(one)) for one in mentioned]
        made["mentions"] = [
            user.payload()
            for user in users
            if user and ("users" in parse or str(user.id) in listed)
        ]
        is_everyone = "everyone" in parse and ("@everyone" in text or "@here" in text)
        made["mention_everyone"] = is_everyone


def _flags(payload: Json, body: Json) -> int:
    before = payload["flags"]
    if body.get("flags") is None or not isinstance(body["flags"], int):
        return before
    # Components V2 and ephemeral stay for good; the rest is what was asked for last.
    return (before & (limits.COMPONENTS_V2 | limits.EPHEMERAL)) | body["flags"]


def _kept(payload: Json, body: Json) -> list[Json]:
    if not is_list(body.get("attachments")):
        return payload["attachments"]
    ids = {str(one.get("id")) for one in body["attachments"] if is_object(one)}
    return [one for one in payload["attachments"] if one["id"] in ids]


def _check_files(uploads: dict[int, Upload], kept: int) -> None:
    if len(uploads) + kept > limits.FILES:
        message = f"Must be {limits.FILES} or fewer in length."
        refuse([Problem(("attachments",), "BASE_TYPE_MAX_LENGTH", message)])
    for number, upload in uploads.items():
        if len(upload.data) > limits.FILE_BYTES:
            message = "File exceeds the maximum size of 10 MiB."
            refuse([Problem(("files", number), "BASE_TYPE_MAX_LENGTH", message)])


def _refuse_leftovers(made: Json, *, is_layout: bool) -> None:
    """Refuse to turn a message into one of Components V2 without emptying it first."""
    left = [field for field in ("content", "embeds") if is_layout and made[field]]
    code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
    text = "The '{}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
    refuse([Problem((field,), code, text.format(field)) for field in left])


def _resolved(attachment: Json | None, url: str) -> Json:
    if attachment is None:
        return {"url": url, "proxy_url": url, "loading_state": 2}
    kept = ("url", "proxy_url", "content_type", "width", "height")
    media = {key: attachment[key] for key in kept if key in attachment}
    return media | {"attachment_id": attachment["id"], "loading_state": 2}


def _described_file(url: str, attachments: list[Json]) -> Json:
    found = next((one for one in attachments if one["url"] == url), None)
    return {"name": found["filename"], "size": found["size"]} if found else {}


def _number(components: list[Json]) -> None:
    """Give each component without an id the next free one."""
    everything = [component for component, _path in walk(components)]
    taken = {component["id"] for component in everything if component.get("id")}
    free = (number for number in range(1, len(everything) + len(taken) + 1) if number not in taken)
    for component in everything:
        if not component.get("id"):
            component["id"] = next(free)
