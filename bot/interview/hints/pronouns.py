"""Quotes that begin with a word for something that was named before them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.interview.loading.openings import UNSPACED, frame_and_start
from bot.interview.words import word_set

_SIGNS: Final = ",.;:!?…"
# What stands for a person or a thing, whatever follows it.
_PRONOUNS: Final[Mapping[str, frozenset[str]]] = {
    "en": word_set("he him his she her hers they them their theirs those these"),
    "de": word_set("er sie ihm ihn ihnen diese dieser diesem diesen jene jener"),
    "fr": word_set("elle elles ils lui eux celui celle ceux celles cela"),
    "es": word_set("él ella ellas ellos ése ésa esos esas aquello"),
    "pt": word_set("ele ela eles elas aquele aquela aqueles aquelas"),
    "it": word_set("lui lei loro egli ella essi esse quelli quelle"),
    "nl": word_set("hij zij ze hem hen deze"),
    "zh": word_set("他 她 它"),
    "ja": word_set("それ これ あれ 彼 彼女"),
    "ko": word_set("그것은 그는 그녀는 그들은"),
}
# What does so too, but not in "It was a boat" and "That's hard", where it presents what follows.
_PRESENTING: Final[Mapping[str, frozenset[str]]] = {
    "en": word_set("it its that"),
    "fr": word_set("il ça"),
    "es": word_set("eso"),
    "pt": word_set("isso"),
    "it": word_set("quello quella"),
}
_PRESENTED_BY: Final[Mapping[str, frozenset[str]]] = {
    "en": word_set(
        """
        is isn't was wasn't are were be been has been will would might may could can must should
        feels felt seems seemed looks looked sounds sounded turns turned depends rains rained
        """
    ),
    "fr": word_set("est était a avait y faut fallait fait faisait sera serait va pleut pleuvait"),
    "es": word_set("es era fue sería será"),
    "pt": word_set("é era foi seria será"),
    "it": word_set("è era fu sarà sarebbe"),
}


# Behind these "it" stands for a thing, though they are presented: "It was mine".
_OWNED: Final[Mapping[str, frozenset[str]]] = {
    "en": word_set(
        """
        mine yours hers ours theirs called named built painted sold bought stolen mended broken gone
        lost
        """
    ),
    "es": word_set("mío mía tuyo tuya suyo suya nuestro nuestra"),
}
_BETWEEN: Final = word_set("all always just never not only still")
# "I think that helped" is about something, "I think that he helped" is not about "that".
_CONJUNCTION: Final = "that "
_ACTING: Final = word_set(
    """
    made makes helped helps took takes gave gives came comes went goes meant means works worked
    shows says said got gets had has did does kept keeps brought brings hurt hurts
    """
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A word for what is not in a text, and whether nothing but "I think" comes before it."""

    word: str
    is_framed: bool


def opening_pronoun(text: str, language: str) -> Opening | None:
    """Give the word for what is not in a text, where it begins with one.

    "They [the cast] came" says itself what it means. A language without a list of words has none.
    """
    frame, start = frame_and_start(text, language)
    if frame and language == "en" and _joins(start):
        start = start.removeprefix(_CONJUNCTION)
    word = _pronoun_at(start, language)
    return Opening(word, bool(frame)) if word else None


def _joins(start: str) -> bool:
    """Say whether a clause follows "that", and no verb of which it is the subject."""
    that, following, *_rest = [*start.split(maxsplit=2), "", ""]
    word = following.rstrip(_SIGNS)
    is_verb = word in _PRESENTED_BY["en"] | _ACTING or word.endswith("ed")
    return that == "that" and bool(word) and not is_verb


def _pronoun_at(start: str, language: str) -> str:
    pronouns = _PRONOUNS.get(language, frozenset())
    if language in UNSPACED:
        return next(filter(start.startswith, pronouns), "")
    first, second, *others = [*start.split(maxsplit=4), "", "", ""]
    word, apostrophe, _ending = first.rstrip(_SIGNS).partition("'")
    is_verb = second.rstrip(_SIGNS) in _PRESENTED_BY.get(language, ())
    following = [second, *others] if apostrophe else others
    predicate = next(word for word in following if word not in _BETWEEN)
    is_owned = predicate.rstrip(_SIGNS) in _OWNED.get(language, ())
    if not (apostrophe or is_verb) or is_owned:
        pronouns |= _PRESENTING.get(language, frozenset())
    return word if word in pronouns and not second.startswith("[") else ""
