"""Which quotes lean on the question that they answer: alone they say little."""

from typing import Final

from bot.interview.loading.openings import leans
from bot.interview.model import CUT, Quote
from bot.interview.words import count_words

_FEW: Final = 9
"""Words of which a quote rarely stands alone; a question beside so few is no burden either."""


def leans_on_question(quote: Quote, language: str) -> bool:
    """Say whether a quote needs its question beside it, to be understood."""
    is_short = count_words(quote.text.replace(CUT, "")) <= _FEW
    return is_short or leans(quote.text, language.partition("-")[0])
