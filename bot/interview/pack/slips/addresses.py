"""Addresses of pages as people type and copy them."""

import re
from typing import Final

_IN_BRACKETS: Final = re.compile(r"\[[^\]]*\]\(\s*(\S+)\s*\)|<\s*(\S+)\s*>")
_SCHEME: Final = re.compile(r"(https?)(?:[:;]/*|//+)", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#][^\s()<>]*)?")
_ESCAPED: Final = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E"})
_MOST_LETTERS: Final = 500


def mended_link(typed: str) -> str | None:
    """Write an address as a pack takes it; None where it is told by nothing what is meant."""
    text = typed[:_MOST_LETTERS].strip()
    if match := _IN_BRACKETS.fullmatch(text):
        text = match[1] or match[2]
    if match := _SCHEME.match(text):
        text = f"{match[1].casefold()}://{text[match.end() :]}"
    elif "://" not in text:
        text = f"https://{text}"
    text = text.translate(_ESCAPED)
    return text if len(text) <= _MOST_LETTERS and _ADDRESS.fullmatch(text) else None
