"""What a page of an editor's sends, taken for nothing but what it has to be."""

from collections.abc import Sequence
from typing import Final, TypeGuard

from bot.errors import OperatorError
from bot.text import _
from playground.wire import Json, is_list

_MOST: Final = 1000
"""Values in a list."""


def text_in(request: Json, field_name: str, most: int) -> str:
    value = request.get(field_name)
    if not isinstance(value, str):
        raise OperatorError(_("{field} isn't text.", field=field_name))
    if len(value) > most:
        raise OperatorError(
            _("That's too long: {count} characters.", count=len(value)),
            _("Shorten it to {most}.", most=most),
        )
    return value


def whole_in(request: Json, field_name: str) -> int:
    value = request.get(field_name)
    if not _is_whole(value):
        raise OperatorError(_("{field} isn't a number.", field=field_name))
    return value


def wholes_in(request: Json, field_name: str) -> Sequence[int]:
    value = request.get(field_name)
    if not is_list(value) or len(value) > _MOST or not all(map(_is_whole, value)):
        raise OperatorError(_("{field} isn't a list of numbers.", field=field_name))
    return value


def texts_in(request: Json, field_name: str) -> Sequence[str]:
    value = request.get(field_name)
    if not is_list(value) or len(value) > _MOST or not all(isinstance(text, str) for text in value):
        raise OperatorError(_("{field} isn't a list of texts.", field=field_name))
    return value


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
