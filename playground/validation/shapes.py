"""Small shapes that bodies are described by, and the refusals that they lead to."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from playground.wire import ApiError, Json, is_list, is_object

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    path: Path
    code: str
    message: str


class Shape(Protocol):
    def check(self, value: Any, path: Path) -> Iterator[Problem]: ...


def refuse(problems: Collection[Problem]) -> None:
    """Raise what Discord answers to a body with problems; nothing where there are none."""
    if problems:
        raise ApiError(400, 50035, "Invalid Form Body", _error_tree(problems))


def _error_tree(problems: Collection[Problem]) -> Json:
    errors: Json = {}
    for problem in problems:
        place = errors
        for key in problem.path:
            place = place.setdefault(str(key), {})
        place.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
    return errors


def required(path: Path) -> Problem:
    return Problem(path, "BASE_TYPE_REQUIRED", "This field is required")


def length(path: Path, least: int, most: int) -> Problem:
    if least:
        message = f"Must be between {least} and {most} in length."
        return Problem(path, "BASE_TYPE_BAD_LENGTH", message)
    return Problem(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


@dataclass(frozen=True)
class Text:
    most: int
    least: int = 0
    pattern: re.Pattern[str] | None = None

    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
        elif not self.least <= len(value.strip() if self.least else value) <= self.most:
            yield length(path, self.least, self.most)
        elif self.pattern and not self.pattern.fullmatch(value):
            message = f"String value did not match validation regex: {self.pattern.pattern}"
            yield Problem(path, "STRING_TYPE_REGEX", message)


_URL: Final = re.compile(r"(https?|discord)://[^\s/?#]+\S*")
_ATTACHMENT: Final = re.compile(r"attachment://\S+")


@dataclass(frozen=True)
class Url:
    most: int
    takes_attachments: bool = False
    takes_links: bool = True

    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
        elif len(value) > self.most:
            yield length(path, 0, self.most)
        elif not self._takes(value):
            yield Problem(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")

    def _takes(self, value: str) -> bool:
        is_attachment = bool(_ATTACHMENT.fullmatch(value))
        return (
            self.takes_attachments
            if is_attachment
            else self.takes_links and bool(_URL.fullmatch(value))
        )


@dataclass(frozen=True)
class Whole:
    least: int
    most: int

    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value < self.least:
            message = f"int value should be greater than or equal to {self.least}."
            yield Problem(path, "NUMBER_TYPE_MIN", message)
        elif value > self.most:
            message = f"int value should be less than or equal to {self.most}."
            yield Problem(path, "NUMBER_TYPE_MAX", message)


@dataclass(frozen=True)
class Number:
    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not float.')


@dataclass(frozen=True)
class Truth:
    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, bool):
            yield Problem(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")


@dataclass(frozen=True)
class Id:
    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if isinstance(value, bool) or not str(value).isdigit():
            message = f'Value "{value}" is not snowflake.'
            yield Problem(path, "NUMBER_TYPE_COERCE", message)


@dataclass(frozen=True)
class OneOf:
    values: tuple[Any, ...]

    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if value not in self.values:
            message = f"Value must be one of {set(self.values)}."
            yield Problem(path, "BASE_TYPE_CHOICES", message)


@dataclass(frozen=True)
class Items:
    item: Shape
    most: int
    least: int = 0
    is_unique: bool = False

    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if not is_list(value):
            yield Problem(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType.")
            return
        if not self.least <= len(value) <= self.most:
            yield length(path, self.least, self.most)
        if self.is_unique and len({str(item) for item in value}) < len(value):
            yield Problem(path, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains it.")
        for place, item in enumerate(value):
            yield from self.item.check(item, (*path, place))


@dataclass(frozen=True)
class Table:
    """An object from names to values of one kind, such as translations."""

    value: Shape

    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if not is_object(value):
            yield _not_an_object(path)
            return
        for key, item in value.items():
            yield from self.value.check(item, (*path, key))


@dataclass(frozen=True)
class Fields:
    """An object; fields that it does not name are ignored, and null stands for absent."""

    optional: Mapping[str, Shape] = field(default_factory=dict[str, Shape])
    required: Mapping[str, Shape] = field(default_factory=dict[str, Shape])
    also: Callable[[Json, Path], Iterator[Problem]] | None = None

    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if not is_object(value):
            yield _not_an_object(path)
            return
        for name, shape in self.required.items():
            if value.get(name) is None:
                yield required((*path, name))
            else:
                yield from shape.check(value[name], (*path, name))
        for name, shape in self.optional.items():
            if value.get(name) is not None:
                yield from shape.check(value[name], (*path, name))
        if self.also:
            yield from self.also(value, path)


@dataclass(frozen=True)
class ByType:
    """An object whose field `type` says which shape it has."""

    shapes: Mapping[int, Shape]

    def check(self, value: Any, path: Path) -> Iterator[Problem]:
        if not is_object(value):
            yield _not_an_object(path)
        elif value.get("type") is None:
            yield required((*path, "type"))
        elif value["type"] not in self.shapes:
            message = f'Value of field "type" must be one of {tuple(self.shapes)}.'
            yield Problem((*path, "type"), "UNION_TYPE_CHOICES", message)
        else:
            yield from self.shapes[value["type"]].check(value, path)


def _not_an_object(path: Path) -> Problem:
    return Problem(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
