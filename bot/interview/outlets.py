"""Where a link leads, beside whose words it shows."""

from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from bot.interview.words import words_of

_SITES: Final = {
    "apple": "Apple",
    "archive": "the Internet Archive",
    "facebook": "Facebook",
    "medium": "Medium",
    "msn": "MSN",
    "spotify": "Spotify",
    "substack": "Substack",
    "yahoo": "Yahoo",
    "youtu": "YouTube",
    "youtube": "YouTube",
}
"""What sites that carry other people's words are called; any other goes by its address."""
# Below some countries: example.co.uk, example.com.au.
_SECOND_LEVEL: Final = frozenset({"ac", "co", "com", "edu", "gov", "ne", "net", "or", "org"})
_MIN_ALIKE: Final = 3
"""Letters of an address that may stand for a name by standing in it."""


@lru_cache(maxsize=256)
def site_beside(outlet: str, url: str) -> str:
    """Name the site that a link leads to where it is not the outlet's own; "" where it is.

    Also "" where a name in another script cannot be held against an address.
    """
    labels = _labels(url)
    names = words_of(outlet)
    if not labels or not "".join(names).isascii() or any(_is_of(names, each) for each in labels):
        return ""
    return _SITES.get(labels[-1], _address(url))


def _labels(url: str) -> list[str]:
    """Give the parts of an address that say whose it is: of news.yahoo.co.uk, news and yahoo."""
    labels = _address(url).split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return [] if any(each.isdigit() for each in labels) else labels


def _address(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_of(names: list[str], label: str) -> bool:
    """Say whether a part of an address stands for a name: whole, by a word of it, by initials."""
    site, words = label.replace("-", ""), [name for name in names if name != "the"]
    whole, initials = "".join(words), "".join(word[0] for word in words)
    telling_words = (word for word in [whole, *words] if len(word) >= _MIN_ALIKE)
    return (
        site in (whole, initials)
        or any(word in site for word in telling_words)
        or (len(site) >= _MIN_ALIKE and site in whole)
    )
