"""Lines that a web page sets between what was said to lead elsewhere: "Read more: ..."."""

import re
from enum import Enum, auto
from typing import Final

from bot.interview.transcript.endings import ends_sentence, ends_statement

# What hardly anybody says, whatever comes after it.
_PLAIN: Final = (
    r"(?:also )?read (?:more|next|also|this next)|also read|(?:keep|continue) reading|see also"
    r"|related (?:content|articles?|stor(?:y|ies)|reading|links?|posts?|coverage|topics?|videos?)"
    r"|you (?:may|might) (?:also )?(?:like|enjoy|be interested in)|(?:what to )?read next"
    r"|related|recommended(?: (?:for you|reading|stories|articles))?|up next|trending(?: now)?"
    r"|most (?:read|popular|viewed)"
    r"|editor(?:['’]?s|s['’]) picks?|in case you missed it|don['’]t miss"
    r"|(?:à )?lire (?:aussi|également)|lisez aussi|voir aussi|sur le même (?:sujet|thème)"
    r"|(?:lesen|lies) (?:sie )?auch|mehr zum thema|siehe auch|auch interessant"
    r"|le[ea] (?:también|más)|ver también|te puede interesar|más información"
    r"|leia (?:também|mais)|veja também|saiba mais|leggi anche|vedi anche|ti potrebbe interessare"
    r"|lees (?:ook|meer)|bekijk ook|läs (?:också|även|mer)|læs også|les også"
    r"|czytaj (?:także|też|również)|zobacz (?:także|też|również)|читайте также|смотрите также"
)
# What may be said, too: only what stands behind a colon makes it a page's.
_WITH_COLON: Final = (
    r"(?:watch|listen|see|look|explore|subscribe|sign up)(?: (?:now|here|more|live|to this))?"
    r"|videos?|podcasts?|audio|gallery|in (?:pictures|photos)"
)
_MORE: Final = r"more (?:from|on|about|in|stories|like this)"
_CALL: Final = re.compile(
    r"(?:subscribe|sign up|join|get|follow us|download)\b[^.!?]{0,80}"
    r"\b(?:newsletters?|our (?:app|podcast|channel)|your inbox|mailing list|wherever you get)"
    r"\b[^.!?]{0,60}[.!]?",
    re.IGNORECASE,
)
_BEHIND: Final = r"(?:\s?[:：|»→>…]|\.{3}|\s[–—-](?=\s))\s*"
_BULLET: Final = r"[→►▶▸•»>+–-]?\s?"
_POINTER: Final = re.compile(
    rf"{_BULLET}(?:(?P<plain>{_PLAIN})|(?P<colon>{_WITH_COLON})|(?P<more>{_MORE}))"
    rf"(?:(?P<behind>{_BEHIND})|(?P<apart>\s)|$)(?P<rest>.*)",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    rf"{_BULLET}(?:{_PLAIN}|{_WITH_COLON}|{_MORE}\b.{{0,60}})", re.IGNORECASE
)
_MOST_LETTERS: Final = 200
_MOST_WORDS: Final = 18


class Pointer(Enum):
    """Whether a paragraph leads to another page, and whether what it leads to stands behind it."""

    NONE = auto()
    MAYBE = auto()
    TITLED = auto()
    HEADING = auto()
    """A list of titles may follow."""


def is_pointer_label(label: str) -> bool:
    """Say whether what stands before a colon leads elsewhere, and is nobody's name."""
    return _LABEL.fullmatch(label) is not None


def pointer_in(text: str) -> Pointer:
    """Judge a paragraph; what ends as a sentence does may have been said."""
    if len(text) > _MOST_LETTERS:
        return Pointer.NONE
    if _CALL.fullmatch(text):
        return Pointer.MAYBE if text.endswith((".", "!")) else Pointer.TITLED
    match = _POINTER.fullmatch(text)
    if match is None:
        return Pointer.NONE
    rest = match["rest"]
    if not rest:
        is_heading = match["plain"] or match["more"] or match["behind"]
        return Pointer.HEADING if is_heading else Pointer.NONE
    if match["behind"] or (match["more"] and is_titular(rest)):
        return Pointer.TITLED if is_titular(rest) else Pointer.MAYBE
    # "Read more about the sea", which a page says, and "Read more books.", which somebody does.
    return Pointer.MAYBE if match["plain"] and not ends_sentence(rest) else Pointer.NONE


def is_titular(text: str) -> bool:
    """Say whether a text may be the title of another page: short, and no statement."""
    is_short = len(text.split()) <= _MOST_WORDS
    return is_short and not ends_statement(text) and not text[:1].islower()
