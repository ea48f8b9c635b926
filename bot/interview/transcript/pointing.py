"""Paragraphs between voices that lead to other pages, and the titles that follow them."""

from collections.abc import Collection, Sequence
from typing import Final

from bot.interview.transcript.endings import ends_sentence
from bot.interview.transcript.grammar.pointers import Pointer, is_titular, pointer_in
from bot.interview.transcript.sources.source_lines import Line

_MOST_TITLES: Final = 10
"""That follow one heading such as "You may also like"."""


class Pointers:
    """Judges lines in their order; `begun` are the places where somebody begins to speak."""

    def __init__(self, lines: Sequence[Line], begun: Collection[int]) -> None:
        self._lines = lines
        self._begun = begun
        self._titles = range(0)
        self.aside: list[int] = []
        """Places of what leads elsewhere."""
        self.doubtful: list[int] = []
        """Places of what may lead elsewhere, or may have been said."""

    def leads_elsewhere(self, place: int) -> bool:
        """Say whether a line that goes on with somebody's words is a page's instead."""
        if not self._is_paragraph(place):
            return False
        text = self._lines[place].text
        pointer = pointer_in(text)
        is_title = pointer is Pointer.NONE and place in self._titles and _may_be_title(text)
        if pointer is Pointer.HEADING:
            self._titles = range(place + 1, place + 1 + _MOST_TITLES)
        elif not is_title and pointer is not Pointer.TITLED:
            self._titles = range(0)
        if pointer is Pointer.MAYBE:
            self.doubtful.append(place)
        is_aside = is_title or pointer in (Pointer.HEADING, Pointer.TITLED)
        if is_aside:
            self.aside.append(place)
        return is_aside

    def _is_paragraph(self, place: int) -> bool:
        """Say whether a line is one of its own, and nobody's sentence goes on in it or behind."""
        following = place + 1
        ends = following == len(self._lines) or self._lines[following].begins
        before = self._lines[place - 1]
        begins = self._lines[place].begins or place - 1 in self._titles
        return (begins or ends_sentence(before.text)) and (ends or following in self._begun)


def _may_be_title(text: str) -> bool:
    return is_titular(text) and not ends_sentence(text)
