"""Where the fields of an entry stand and their values, in a text that was parsed already."""

import re
from collections.abc import Iterator
from typing import Final

from bot.interview.pack.mistakes import FieldPath

_STRINGS: Final = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}',
    r"'''(?:[^']|'(?!''))*'{3,5}",
    r'"(?:[^"\\\n]|\\.)*"',
    r"'[^'\n]*'",
)
_TOKEN: Final = re.compile(
    rf"(?P<blank>[^\S\n]+|#[^\n]*)|(?P<string>{'|'.join(_STRINGS)})"
    r"|(?P<mark>[\[\]{},=\n]|:(?=\s*[\[{\"\w-]))|(?P<word>(?:[^\s\[\]{},=:\"'#]|:)+|.)",
    re.DOTALL,
)
_MOST_LETTERS: Final = 50_000
"""Letters of an entry among which a value is looked for."""
Span = tuple[int, int]
_Token = tuple[str, int, int]


class ValueSpans:
    """The spans of what stands in a text from an offset on: offsets in that text."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._tokens: list[_Token] = []
        self._rest = _tokens(text, start)

    def find(self, path: FieldPath, *, of_key: bool = False) -> Span | None:
        """Find a value, or its field's name, in a table without braces, as TOML has them."""
        return self._in_fields(path, 0, of_key=of_key)

    def find_in_value(self, path: FieldPath, *, of_key: bool = False) -> Span | None:
        """Find a value within the first one, as JSON has it."""
        return self._within(path, 0, of_key=of_key)

    def _within(self, path: FieldPath, at: int, *, of_key: bool) -> Span | None:
        if not path:
            return self._span(at, self._behind(at))
        match path[0], self._kind(at):
            case int() as index, "[":
                for number, element in enumerate(self._elements(at + 1)):
                    if number == index:
                        return self._within(path[1:], element, of_key=of_key)
            case str(), "{":
                return self._in_fields(path, at + 1, of_key=of_key)
            case _:
                pass
        return None

    def _in_fields(self, path: FieldPath, at: int, *, of_key: bool) -> Span | None:
        for key, equals in self._fields(at):
            parts = self._name(key, equals)
            if list(path[: len(parts)]) == parts:
                rest = path[len(parts) :]
                if of_key and not rest:
                    return self._span(key, equals)
                if (span := self._within(rest, equals + 1, of_key=of_key)) is not None:
                    return span
        return None

    def _fields(self, at: int) -> Iterator[tuple[int, int]]:
        """List where fields begin and where their signs stand, up to a header or a brace."""
        while (kind := self._kind(at)) not in ("[", "]", "}", "end"):
            if kind in ("\n", ","):
                at += 1
                continue
            equals = at
            while self._kind(equals) == "":
                equals += 1
            if self._kind(equals) not in ("=", ":"):
                return
            yield at, equals
            at = self._behind(equals + 1)

    def _elements(self, at: int) -> Iterator[int]:
        while (kind := self._kind(at)) not in ("]", "}", "end"):
            if kind in ("\n", ","):
                at += 1
                continue
            yield at
            at = self._behind(at)

    def _behind(self, at: int) -> int:
        """Give the token behind the value that begins with one."""
        depth = 0
        while (kind := self._kind(at)) != "end":
            if depth == 0 and kind in (",", "]", "}", "\n"):
                return at
            depth += (kind in ("[", "{")) - (kind in ("]", "}"))
            at += 1
            if depth == 0 and kind in ("]", "}"):
                return at
        return at

    def _name(self, key: int, equals: int) -> list[str]:
        raw = self._text[self._tokens[key][1] : self._tokens[equals - 1][2]]
        if raw[:1] in ("'", '"') and raw.count(raw[0]) == 2:
            return [raw[1:-1]]
        return [part.strip().strip("\"'") for part in raw.split(".")]

    def _span(self, first: int, behind: int) -> Span | None:
        if first >= behind or first >= len(self._tokens):
            return None
        return self._tokens[first][1], self._tokens[behind - 1][2]

    def _kind(self, at: int) -> str:
        # An entry is short, and what stands behind it is not looked at.
        while len(self._tokens) <= at:
            if (token := next(self._rest, None)) is None:
                return "end"
            self._tokens.append(token)
        return self._tokens[at][0]


def _tokens(text: str, start: int) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text, start, start + _MOST_LETTERS):
        if match.lastgroup != "blank":
            yield match[0] if match.lastgroup == "mark" else "", match.start(), match.end()
