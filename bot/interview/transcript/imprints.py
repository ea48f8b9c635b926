"""Who wrote an interview down, where and when it was published: what a file says of itself."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.interview.transcript.structure import Imprint

_About = Mapping[str, Sequence[str]]

_KEYS: Final[Mapping[str, Sequence[str]]] = {
    "byline": ("byline", "by", "author", "authors", "interview by", "interviewed by", "text by"),
    "outlet": ("outlet", "publication", "publisher", "published in", "source", "site", "website"),
    "link": ("link", "url", "canonical", "canonical_url", "source_url", "source"),
    "date": ("date", "published", "published on", "publication date", "pubdate"),
}
_NAME: Final = r"[^\W\d_][\w.'’-]*"
# "By Ada Example", "Text: Ada Example" or "Von Ada Example", and no more on the line than when or
# for whom: a name, and no sentence.
_BYLINE: Final = re.compile(
    r"(?:(?:(?:an? )?(?:interview|text|words|story|conversation|q&a) )?"
    r"(?:(?:interviewed|written) )?by:?|(?:interview|text|words):|von|par|por|di|door)"
    rf" (?P<name>{_NAME}(?: (?!(?:for|in) ){_NAME}){{0,4}})(?:\s*[,|·•–—-].*| (?:for|in) .*)?",
    re.IGNORECASE,
)
_SMALL_WORDS: Final = ("and", "de", "da", "di", "van", "von", "der", "den", "la", "le", "du", "y")
_LINK: Final = re.compile(r"https?://[^\s()<>]{1,480}")
_MOST: Final = 100
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:.*")


def imprint_of(about: _About, opening: Iterable[str]) -> Imprint:
    """Read it from what a file says of itself, and from the lines before its first voice."""
    fields = {name: _first(about, keys) for name, keys in _KEYS.items()}
    link = next((text for text in _texts(about, _KEYS["link"]) if _LINK.fullmatch(text)), "")
    outlet = next((text for text in _texts(about, _KEYS["outlet"]) if "://" not in text), "")
    names = (name for line in opening if (name := byline_in(line)))
    byline = fields["byline"] or next(names, "")
    day = _DAY.sub(r"\1", fields["date"])
    return Imprint(_plain(byline), _plain(outlet), link, _plain(day))


def byline_in(line: str) -> str:
    """Give the name in a line that says by whom; nothing where it is a sentence."""
    match = _BYLINE.fullmatch(line.strip()) if len(line) < _MOST else None
    if match is None:
        return ""
    words = match["name"].split()
    are_names = all(word[0].isupper() or word in _SMALL_WORDS for word in words)
    return match["name"] if are_names and words[0][0].isupper() else ""


def _first(about: _About, keys: Sequence[str]) -> str:
    return next(iter(_texts(about, keys)), "")


def _texts(about: _About, keys: Sequence[str]) -> list[str]:
    return [text.strip() for key in keys for text in about.get(key, ()) if text.strip()]


def _plain(text: str) -> str:
    """Write in a line, without the "By" that some put into the field."""
    line = " ".join(text.split())
    line = line[3:] if line.casefold().startswith("by ") else line
    return line if len(line) <= _MOST and line.isprintable() else ""
