"""Routes by which the bot answers interactions: once at first, then through their token."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final

from playground.composer import ANSWER_FLAGS, EDITABLE_FLAGS
from playground.interactions import (
    GUEST_FOLLOW_UPS,
    MAX_FOLLOW_UPS,
    Answer,
    Interaction,
    InteractionKind,
)
from playground.messages import Message
from playground.platform import Platform
from playground.postoffice import Draft
from playground.rest import Call, Route
from playground.validation import limits
from playground.validation.command_shapes import CHOICE_VALUES, SLASH, STRING, choices
from playground.validation.modal_shapes import check_modal
from playground.validation.shapes import Fields, OneOf, Problem, Whole, refuse
from playground.wire import (
    ApiError,
    Json,
    Reply,
    already_answered,
    expired_token,
    too_many_follow_ups,
    unknown_message,
    unknown_webhook,
    without_nulls,
)

_ALLOWED: Final = {
    InteractionKind.COMMAND: (Answer.MESSAGE, Answer.DEFERRED_MESSAGE, Answer.MODAL),
    InteractionKind.COMPONENT: tuple(answer for answer in Answer if answer is not Answer.CHOICES),
    InteractionKind.AUTOCOMPLETE: (Answer.CHOICES,),
    InteractionKind.MODAL: (
        Answer.MESSAGE,
        Answer.DEFERRED_MESSAGE,
        Answer.DEFERRED_UPDATE,
        Answer.UPDATE,
    ),
}
_SLASH_ANSWER, _MENU_ANSWER = 20, 23
"""Discord's types of messages that answer a command."""
_DEFERRED: Final = Fields({"flags": Whole(0, limits.EPHEMERAL)})


def _first_answer(call: Call) -> Reply:
    interactions = call.platform.interactions
    token = call.path["interaction_token"]
    interaction = interactions.answerable(call.id("interaction_id"), token)
    if interaction.answer is not None:
        raise already_answered()
    body = call.json()
    allowed = _ALLOWED[interaction.kind]
    if interaction.message is None:
        allowed = tuple(
            answer for answer in allowed if answer not in (Answer.DEFERRED_UPDATE, Answer.UPDATE)
        )
    refuse(list(OneOf(tuple(map(int, allowed))).check(body.get("type"), ("type",))))
    answer = Answer(body["type"])
    data: Any = body.get("data") or {}
    refuse(list(Fields().check(data, ("data",))))
    with _inside_data():
        _ANSWERS[answer](call, interaction, data)
    interactions.answered(interaction, answer)
    if not call.asks("with_response"):
        return Reply(204)
    return Reply(200, _callback(interaction, answer))


@contextmanager
def _inside_data() -> Generator[None]:
    """Say of what is refused that it stands in the field `data`."""
    try:
        yield
    except ApiError as error:
        if error.errors:
            error.errors = {"data": error.errors}
        raise


def _answer_message(call: Call, interaction: Interaction, data: Json) -> None:
    draft = Draft(data, call.files, allowed_flags=ANSWER_FLAGS)
    interaction.original = _send(call.platform, interaction, draft, _is_private(data))


def _answer_deferred_message(call: Call, interaction: Interaction, data: Json) -> None:
    refuse(list(_DEFERRED.check(data, ())))
    if data.get("flags") not in (None, 0, limits.EPHEMERAL):
        message = "Only EPHEMERAL can be set on a deferred answer."
        refuse([Problem(("flags",), "BASE_TYPE_CHOICES", message)])
    platform = call.platform
    viewer = interaction.user if _is_private(data) else None
    interaction.original = platform.post.send_thinking(
        interaction.channel, platform.world.bot, viewer=viewer, **_answers(platform, interaction)
    )


def _answer_deferred_update(_call: Call, interaction: Interaction, _data: Json) -> None:
    interaction.original = interaction.message


def _answer_update(call: Call, interaction: Interaction, data: Json) -> None:
    message = interaction.message
    if message is None or message.is_deleted:
        raise unknown_message()
    draft = Draft(data, call.files, allowed_flags=ANSWER_FLAGS)
    call.platform.post.edit(message, draft)
    interaction.original = message


def _answer_choices(_call: Call, interaction: Interaction, data: Json) -> None:
    focused = _focused(interaction.data.get("options") or [])
    shape = choices(CHOICE_VALUES[focused["type"] if focused else STRING])
    refuse(list(Fields(required={"choices": shape}).check(data, ())))
    interaction.choices = data["choices"]


def _answer_modal(call: Call, interaction: Interaction, data: Json) -> None:
    check_modal(data)
    interaction.modal = modal = without_nulls(data)
    call.platform.events.emit(
        "modal_opened",
        interaction_id=str(interaction.id),
        user_id=str(interaction.user.id),
        modal=modal,
    )


_ANSWERS: Final[dict[Answer, Callable[[Call, Interaction, Json], None]]] = {
    Answer.MESSAGE: _answer_message,
    Answer.DEFERRED_MESSAGE: _answer_deferred_message,
    Answer.DEFERRED_UPDATE: _answer_deferred_update,
    Answer.UPDATE: _answer_update,
    Answer.CHOICES: _answer_choices,
    Answer.MODAL: _answer_modal,
}


def _callback(interaction: Interaction, answer: Answer) -> Json:
    facts: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    original = interaction.original
    if original is None:
        return {"interaction": facts, "resource": {"type": int(answer)}}
    facts |= {
        "response_message_id": str(original.id),
        "response_message_loading": original.is_thinking,
        "response_message_ephemeral": original.is_ephemeral,
    }
    resource: Json = {"type": int(answer)}
    if answer in (Answer.MESSAGE, Answer.UPDATE):
        resource["message"] = original.payload
    return {"interaction": facts, "resource": resource}


def _follow_up(call: Call) -> Reply:
    interaction, platform = _continued(call), call.platform
    draft = Draft(call.json(), call.files, allowed_flags=ANSWER_FLAGS)
    pending = interaction.original
    if pending is not None and pending.is_thinking and not pending.is_deleted:
        # The first follow-up takes the place of the message that was promised.
        platform.post.edit(pending, draft)
        return Reply(200, pending.payload)
    if interaction.is_guest and len(interaction.follow_ups) >= GUEST_FOLLOW_UPS:
        raise too_many_follow_ups()
    message = _send(platform, interaction, draft, _is_private(draft.body), is_follow_up=True)
    interaction.follow_ups.append(message)
    del interaction.follow_ups[:-MAX_FOLLOW_UPS]
    platform.events.emit("follow_up", interaction_id=str(interaction.id))
    return Reply(200, message.payload) if call.asks("wait") else Reply(204)


def _get(call: Call) -> Reply:
    return Reply(200, _message(call, _continued(call)).payload)


def _edit(call: Call) -> Reply:
    interaction = _continued(call)
    message = _message(call, interaction)
    draft = Draft(call.json(), call.files, allowed_flags=EDITABLE_FLAGS | limits.EPHEMERAL)
    call.platform.post.edit(message, draft)
    return Reply(200, message.payload)


def _delete(call: Call) -> Reply:
    call.platform.post.delete(_message(call, _continued(call)))
    return Reply(204)


def _continued(call: Call) -> Interaction:
    """Find the interaction of a token; it must have had its first answer."""
    if call.id("webhook_id") != call.platform.app.id:
        raise unknown_webhook()
    interaction = call.platform.interactions.continuable(call.path["webhook_token"])
    if interaction.has_failed:
        raise expired_token()
    if interaction.answer is None:
        raise unknown_webhook()
    return interaction


def _message(call: Call, interaction: Interaction) -> Message:
    if call.path.get("message_id", "@original") == "@original":
        message = interaction.original
    else:
        message = _among(interaction, call.id("message_id"))
    if message is None or message.is_deleted:
        raise unknown_message()
    return message


def _among(interaction: Interaction, message_id: int) -> Message | None:
    messages = [interaction.original, *interaction.follow_ups]
    return next((message for message in messages if message and message.id == message_id), None)


def _send(
    platform: Platform,
    interaction: Interaction,
    draft: Draft,
    is_private: bool,
    *,
    is_follow_up: bool = False,
) -> Message:
    metadata = _answers(platform, interaction)
    if is_follow_up and interaction.original is not None:
        original_id = str(interaction.original.id)
        metadata["interaction_metadata"]["original_response_message_id"] = original_id
    viewer = interaction.user if is_private else None
    bot = platform.world.bot
    return platform.post.send(interaction.channel, bot, draft, viewer=viewer, **metadata)


def _answers(platform: Platform, interaction: Interaction) -> Json:
    """Write what sets an answer apart from other messages of the bot's."""
    extra: Json = {
        "type": _message_type(interaction),
        "application_id": str(platform.app.id),
        "webhook_id": str(platform.app.id),
        "interaction_metadata": interaction.metadata(),
    }
    if extra["type"] == _SLASH_ANSWER:
        extra["interaction"] = {
            "id": str(interaction.id),
            "type": int(interaction.kind),
            "name": interaction.data["name"],
            "user": interaction.user.payload(),
        }
    return extra


def _message_type(interaction: Interaction) -> int:
    """Tell answers to slash commands and to menus from other messages."""
    if interaction.kind is not InteractionKind.COMMAND:
        return 0
    return _SLASH_ANSWER if interaction.data["type"] == SLASH else _MENU_ANSWER


def _is_private(body: Json) -> bool:
    flags = body.get("flags")
    return isinstance(flags, int) and bool(flags & limits.EPHEMERAL)


def _focused(options: list[Json]) -> Json | None:
    for option in options:
        if option.get("focused"):
            return option
        nested = _focused(option.get("options") or [])
        if nested:
            return nested
    return None


_CALLBACK: Final = "/interactions/{interaction_id}/{interaction_token}/callback"
_WEBHOOK: Final = "/webhooks/{webhook_id}/{webhook_token}"
_ORIGINAL: Final = f"{_WEBHOOK}/messages/@original"
_MESSAGE: Final = f"{_WEBHOOK}/messages/{{message_id}}"
# None asks for the bot's token: the one in the path says who may answer.
ROUTES: Final = (
    Route("POST", _CALLBACK, _first_answer, needs_token=False),
    Route("POST", _WEBHOOK, _follow_up, needs_token=False),
    *(
        route
        for template in (_ORIGINAL, _MESSAGE)
        for route in (
            Route("GET", template, _get, needs_token=False),
            Route("PATCH", template, _edit, needs_token=False),
            Route("DELETE", template, _delete, needs_token=False),
        )
    ),
)
