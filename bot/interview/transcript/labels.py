"""Labels: what stands before a colon and says who speaks."""

import re
from typing import Final

from bot.interview.words import word_set

_TIME: Final = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_LABEL: Final = re.compile(
    rf"(?:{_TIME}\s*[-–—]?\s*)?(?:>>+\s*)?(?:[-–—]\s+)?"
    rf"(?P<name>[^:：\n]{{1,60}}?)\s*(?:{_TIME}\s*)?[:：](?P<rest>(?!//).*)",
    re.DOTALL,
)
_NAME_WITH_TIME: Final = re.compile(
    rf"(?P<name>[^:：\d]{{2,50}}?(?:\s\d)?)\s*[-–—]?\s+{_TIME}|{_TIME}\s+(?P<after>[^:：]{{2,50}})"
)
_PARENTHESIS: Final = re.compile(r"\s*\([^)]{0,40}\)$")
PARTICLES: Final = word_set("van der den de la le du von zu bin ibn al el da dos di and of the")
# As in "Ortega y Gasset"; in capitals they are initials more often.
_SHORT_PARTICLES: Final = word_set("y e")
_INITIALS: Final = re.compile(r"(?:\w\.){1,4}|(?:Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr)\.?")
_WORD: Final = re.compile(r"[^\W\d_][\w'’\u02bc-]*\.?|\d{1,2}")
_NOT_SPEAKERS: Final = word_set(
    """
    note notes photo photos photography photographer credit credits image images picture caption
    source sources warning spoiler update updated correction editor's related content more read
    watch listen see share subscribe follow tags topics categories category filed advertisement
    published posted date time location place title subject re fwd to from cc via by text words
    interview transcript recorded edited duration language summary introduction intro conclusion
    chapter part section contents references links link url website email phone http https ps p.s
    also however finally answer answers question questions tip important disclaimer copyright
    """
)
_FURNITURE: Final = word_set("photo photos image images picture related read more editor's filed")
QUESTIONER: Final = word_set("q question interviewer host moderator reporter")
ANSWERER: Final = word_set("a answer")
_MAX_WORDS: Final = 6


def split_label(text: str) -> tuple[str, str] | None:
    """Split a paragraph into a label and the rest; None where no label could stand."""
    match = _LABEL.match(text[:2000]) if ":" in text[:90] or "：" in text[:90] else None
    if match is None:
        return None
    name = _PARENTHESIS.sub("", match["name"].strip(" *_#>\t")).strip()
    if not could_be_a_name(name):
        return None
    return name, text[match.start("rest") :].strip()


def starts_with_label(text: str) -> bool:
    return split_label(text) is not None


def is_bare_label(text: str) -> bool:
    """Say whether a line is a label with nothing after it."""
    split = split_label(text)
    return split is not None and not split[1]


def name_with_time(line: str) -> str:
    """Give the name in a line that only says who spoke when; else nothing."""
    match = _NAME_WITH_TIME.fullmatch(line) if len(line) < 80 else None
    if match is None:
        return ""
    name = (match["name"] or match["after"]).strip()
    return name if could_be_a_name(name) else ""


def could_be_a_name(name: str) -> bool:
    """Say whether every word of a label is one that names somebody."""
    words = name.split()
    if not words or len(words) > _MAX_WORDS:
        return False
    folded = name.casefold()
    if folded in QUESTIONER or folded in ANSWERER:
        return True
    is_other = [word.casefold().strip(".") in _NOT_SPEAKERS for word in words]
    if all(is_other) or (is_other[0] and len(words) > 1 and words[0].casefold() in _FURNITURE):
        return False
    return all(map(_could_be_in_a_name, words)) and not words[0].isdigit()


def _could_be_in_a_name(word: str) -> bool:
    if (
        word.casefold() in PARTICLES | _SHORT_PARTICLES
        or word in "&-–"
        or _INITIALS.fullmatch(word)
    ):
        return True
    # Scripts without capitals have no lower case either.
    return bool(_WORD.fullmatch(word)) and not word[:1].islower()
