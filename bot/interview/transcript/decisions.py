"""What somebody decided about a transcript: kept, so that a later load of it is read the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeGuard

import tomli

from bot.errors import OperatorError
from bot.interview.words import fold
from bot.reading.decoding import read_text
from bot.text import Text, _, printable, say

_MAX_FILE: Final = 200_000
"""Bytes; a hundred voices with several labels each have a tenth."""
_MAX_ENTRIES: Final = 1000
MAX_LABEL: Final = 200
MAX_NAME: Final = 100
"""Of a person in a pack."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is not left to the reader: by the labels as the file has them, whatever their case.

    Two labels of one name are one voice; a label with a name is no other's short form.
    """

    shape: str = ""
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    asks: tuple[str, ...] = ()
    """Labels, or names, of who asks; nobody else does then."""
    nobody: tuple[str, ...] = ()
    """Labels, or names, of what is nobody's: left out with what stands behind them."""

    def name_of(self, label: str) -> str | None:
        return next((name for key, name in self.names.items() if fold(key) == fold(label)), None)

    def naming(self, names: Mapping[str, str]) -> "Decisions":
        """Decide about more labels, or otherwise about the same."""
        labels = set(map(fold, names))
        others = {label: name for label, name in self.names.items() if fold(label) not in labels}
        return replace(self, names={**others, **names})

    def but(self, overrides: "Decisions") -> "Decisions":
        """Decide the same, save for what is decided otherwise."""
        return replace(
            self.naming(overrides.names),
            shape=overrides.shape or self.shape,
            asks=overrides.asks or self.asks,
            nobody=overrides.nobody or self.nobody,
        )

    def to_toml(self) -> Mapping[str, Any]:
        """Give what `reading.toml` holds: what was decided, and nothing else."""
        fields = {
            "shape": self.shape,
            "asks": list(self.asks),
            "nobody": list(self.nobody),
            "names": dict(self.names),
        }
        return {name: value for name, value in fields.items() if value}


def read_decisions(path: Path) -> Decisions:
    """Read a `reading.toml`; raises OperatorError with a sentence for each mistake."""
    try:
        content = tomli.loads(read_text(path, _MAX_FILE))
    except tomli.TOMLDecodeError as error:
        problem = _("line {line}: {why}", line=error.lineno, why=error.msg)
        raise _mistaken(path, [problem]) from error
    except (RecursionError, ValueError) as error:
        raise _mistaken(path, [_("lists or numbers without an end")]) from error
    if problems := list(_problems(content)):
        raise _mistaken(path, problems)
    lists = {name: tuple(content.get(name, ())) for name in ("asks", "nobody")}
    return Decisions(content.get("shape", ""), content.get("names", {}), **lists)


def _mistaken(path: Path, problems: list[Text]) -> OperatorError:
    lines = "\n".join(printable(f"{path}: {say(problem)}") for problem in problems)
    return OperatorError(
        _("{lines}", lines=lines),
        _("Correct it or delete it; without it the file is read from scratch."),
    )


def _problems(content: Mapping[str, Any]) -> Iterator[Text]:
    for field_name, value in content.items():
        match field_name:
            case "shape":
                if not _is_label(value):
                    yield _("shape must be a text, such as {shape}", shape='"colon"')
            case "asks" | "nobody":
                if not _are_labels(value):
                    yield _("{field} must be a list of labels", field=field_name)
            case "names":
                yield from _wrong_names(value)
            case _:
                yield _("there's no {field}", field=field_name[:MAX_LABEL])


def _wrong_names(names: Any) -> Iterator[Text]:
    if not _is_table(names) or len(names) > _MAX_ENTRIES:
        yield _("names must be a table of at most {most} labels", most=_MAX_ENTRIES)
        return
    for label, name in names.items():
        if not (_is_label(label) and _is_label(name) and len(name) <= MAX_NAME):
            yield _(
                "the name of {label} must be a text of at most {most} letters",
                label=label[:MAX_LABEL],
                most=MAX_NAME,
            )


def _are_labels(value: Any) -> bool:
    return _is_list(value) and len(value) <= _MAX_ENTRIES and all(map(_is_label, value))


def _is_label(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= MAX_LABEL


def _is_table(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)
