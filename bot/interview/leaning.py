"""Which quotes lean on the question that they answer: alone they say little."""

from typing import Final

from bot.interview.model import CUT, Quote
from bot.interview.words import count_words, word_set, words_of

_FEW: Final = 9
"""Words of which a quote rarely stands alone; a question beside so few is no burden either."""
# What points back, or answers, at the beginning. They are folded, and apostrophes are left out.
_OPENINGS: Final = {
    "en": word_set(
        "absolutely also and because but definitely exactly hes he her him his it its no nope not"
        " oh or right shes she that thats them then these they theyre this those totally yeah"
        " yep yes"
    ),
    "fr": word_set(
        "alors aussi ca ceci cela celle celui ces cest cetait donc elle elles et eux il ils lui"
        " mais non oh oui parce si"
    ),
    "de": word_set(
        "aber also auch dann das denn dies diese dieser doch er es genau ihr ja nein"
        " nicht oh sie und weil"
    ),
    "es": word_set(
        "asi aquello claro ella ellas ellos entonces era eso esto no oh pero porque si y"
    ),
    "it": word_set("allora anche cio era esatto lei loro lui ma no oh perche quello questo si"),
    "pt": word_set("aquilo assim ela elas ele eles era entao isso isto mas nao oh porque sim"),
    "nl": word_set("dat die dit en hij ja maar nee niet oh omdat ze zij"),
}


def leans_on_question(quote: Quote, language: str) -> bool:
    """Say whether a quote needs its question beside it, to be understood."""
    if count_words(quote.text.replace(CUT, "")) <= _FEW:
        return True
    first = next(iter(words_of(quote.text)), "")
    return first in _OPENINGS.get(language.partition("-")[0], ())
