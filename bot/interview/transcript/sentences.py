"""Text split into sentences, none of its characters lost."""

import re
from typing import Final

from bot.interview.words import word_set

_ABBREVIATIONS: Final = word_set(
    """
    mr mrs ms dr prof st sr jr vs etc e.g i.e cf al no vol fig approx dept est inc ltd co corp jan
    feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun gen col capt lt sgt rev
    hon gov sen rep ave blvd rd mt ft ca feat p.m a.m
    """
)
_BEFORE_NAMES: Final = word_set("mr mrs ms dr prof st gen col capt lt sgt rev hon gov sen rep mt")
_MARKS: Final = "[.!?…؟۔।。！？]"
# A mark first, for which all is searched the fastest; of a run of marks only the first is tried.
_END: Final = re.compile(
    rf"{_MARKS}(?:(?<!{_MARKS}{_MARKS}){_MARKS}*+[\"'”’»)\]」』]*+(?=\s|$)"
    r"|(?<=[。！？])[。！？]*+[」』”’)]*+)"
)
_ENCLOSING: Final = re.compile(r"[(\[)\]“”\"']")
_OPENED: Final = re.compile(r"(?:^|[\s(\[,])'(?=\w)")
_CLOSED: Final = re.compile(r"(?<=[\w.,!?…])'(?=[\s,.;:!?)\]]|$)")
_MAX_ENCLOSED: Final = 600
"""Characters after which an unclosed bracket is taken for a slip."""


def split_sentences(text: str) -> list[str]:
    """Split a paragraph; joined by single spaces the sentences give it back.

    Abbreviations, initials, brackets and quotations within a sentence do not end it.
    """
    text = " ".join(text.split())
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if _ends(text, start, match):
            sentences.append(text[start : match.end()].strip())
            start = match.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    rest = text[match.end() : match.end() + 80].lstrip()
    if not rest:
        return True
    marks = match[0]
    # No more than what is looked at, so that a hostile text costs no more than its length.
    is_long = match.start() - start > _MAX_ENCLOSED
    before = text[max(start, match.start() - _MAX_ENCLOSED) : match.start()]
    if not is_long and _is_open(before + marks):
        return False
    following = rest.lstrip("\"'“‘«([")[:1]
    if following.islower() or rest[0] in ",;:":
        return False
    if marks == "." and _is_abbreviation(before, following):
        return False
    return not (rest[0] in "—–-" and not marks.startswith((".", "…")))


def _is_abbreviation(before: str, following: str) -> bool:
    word = before.rpartition(" ")[2].lstrip("(\"'“‘[")
    folded = word.casefold()
    if folded in _BEFORE_NAMES:
        return True
    if len(word) == 1 and word.isupper() and word != "I":
        # An initial, as in "J. K. Sample".
        return True
    is_dotted = "." in word and all(len(part) <= 2 for part in word.split("."))
    if is_dotted or folded in _ABBREVIATIONS:
        # "at 7 p.m. The night" ends a sentence, "in L.A. Times" cannot be told from it.
        return not following.isupper() or (folded == "no" and following.isdigit())
    return False


def _is_open(sentence: str) -> bool:
    """Say whether a bracket or a quotation is still open at the end of what was read."""
    if not _ENCLOSING.search(sentence):
        return False
    brackets = sum(sentence.count(sign) for sign in "([") - sum(sentence.count(s) for s in ")]")
    curly = sentence.count("“") - sentence.count("”")
    straight = sentence.count('"') % 2
    single = len(_OPENED.findall(sentence)) - len(_CLOSED.findall(sentence))
    return brackets > 0 or curly > 0 or (straight == 1 and single <= 0) or single > 0
