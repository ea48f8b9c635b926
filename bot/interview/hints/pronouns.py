"""Quotes that begin with a word for something that was named before them."""

from collections.abc import Mapping
from typing import Final

from bot.interview.loading.openings import UNSPACED, start_of
from bot.interview.words import word_set

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


def opening_pronoun(text: str, language: str) -> str:
    """Give the word for what is not in a text, where it begins with one; empty where it does not.

    "They [the cast] came" says itself what it means. A language without a list of words has none.
    """
    start = start_of(text, language)
    pronouns = _PRONOUNS.get(language, frozenset())
    if language in UNSPACED:
        return next(filter(start.startswith, pronouns), "")
    first, second, *_rest = [*start.split(maxsplit=2), "", ""]
    word, apostrophe, _ending = first.rstrip(",.;:!?…").partition("'")
    is_presented = apostrophe or second.rstrip(",.;:!?…") in _PRESENTED_BY.get(language, ())
    if not is_presented:
        pronouns |= _PRESENTING.get(language, frozenset())
    return word if word in pronouns and not second.startswith("[") else ""
