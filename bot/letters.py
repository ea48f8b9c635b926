"""Texts letter by letter: counted as Discord may count them, cut, and made harmless."""

import re
from typing import Final

ELLIPSIS: Final = "…"
MAX_TYPED_BACK: Final = 60
"""Of what somebody typed, a line of a phone at most is said back."""

# Controls, signs that turn a line around, and halves of signs, which no request may hold.
_DISTURBING: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# What a terminal obeys or draws elsewhere, save the ends of lines and tabs.
_OBEYED: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACES: Final = re.compile(r"[^\S\u00a0\u202f]+")
# To look whether there is any such sign takes a quarter of the time that replacing each does.
_OTHER_SPACES: Final = re.compile(
    r"[\t-\r\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]"
)
_MARKS: Final = re.compile(r"[\\*_~`|<>\[\]]")
# What makes a link or a mention, where an invisible sign can stand in between.
_JOINTS: Final = re.compile(r"@|:(?=//)|(?<=\w)\.(?=[^\W\d_])")


def units(text: str) -> int:
    """Count a text in UTF-16, which never counts less than anybody else: most emoji are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """Cut a text to at most `limit` units, at a word where there is one, never within a sign."""
    if units(text) <= limit:
        return text
    if limit < 2:
        return ELLIPSIS[:limit]
    head = text[: _letters_within(text, limit - 1)]
    at = head.rfind(" ")
    return (head[:at] if at > len(head) // 2 else head).rstrip() + ELLIPSIS


def one_line(text: str) -> str:
    """Join lines, and leave out the signs that would only disturb what stands around them.

    Spaces that must not be broken stay, such as those before a French question mark.
    """
    line = _DISTURBING.sub("", text)
    if "  " in line or _OTHER_SPACES.search(line):
        line = _SPACES.sub(" ", line)
    return line.strip()


def inert(text: str) -> str:
    """Write what a terminal would obey as its number, in a way that JSON has as well."""
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def label(text: str, limit: int) -> str:
    """Write a text where no mark is read and none may be missing: on a button, in a list."""
    return cut(one_line(text), limit) or ELLIPSIS


def as_typed(text: object) -> str:
    """Write what somebody typed so that it can be said back to them.

    A line at most, with nothing in it that Discord would act on: no mark, mention or link.
    """
    line = label(str(text)[: 20 * MAX_TYPED_BACK], MAX_TYPED_BACK)
    return _MARKS.sub(r"\\\g<0>", unlinked(line))


def unlinked(text: str) -> str:
    """Let nothing in a text be a link or a mention."""
    return _JOINTS.sub("\\g<0>\u200b", text)


def _letters_within(text: str, limit: int) -> int:
    """Give how many letters have at most `limit` units and end where a sign ends."""
    count = min(limit, len(text))
    while (excess := units(text[:count]) - limit) > 0:
        count -= (excess + 1) // 2
    if text.isascii():
        return count
    # Only other scripts pay for the import.
    from wcwidth import grapheme_boundary_before

    return grapheme_boundary_before(text, count + 1)
