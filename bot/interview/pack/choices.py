"""The choices of a question: what is wrong with them, and what makes them weak in any language."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bot.interview.pack.mistakes import Remark
from bot.interview.words import fold, word_line
from bot.text import Text, _

_STANDS_OUT: Final = 2.0
"""How many times the longest wrong answer the right one may be, however short all are."""
_LONGER: Final = 1.5
_LETTERS: Final = 8
"""By so many more letters it also stands out where it is less than twice as long."""
# Not the full stop of "L.A.", "until 3 a.m." or "Jr.".
_SENTENCE: Final = re.compile(r"[^\W_]{3,}[.!?…]$|。$")
_MARKS: Final = ('"', "'", "\u2018", "“", "«", "„", "»", "「")


def choice_mistakes(prompt: str, right: str, wrong: Sequence[str]) -> Iterator[Remark]:
    """Say what is wrong with the choices of a question."""
    folded = [fold(choice) for choice in wrong]
    if fold(right) in folded:
        problem = _("the right answer {right!r} is also a wrong one", right=right)
        yield Remark(problem, _("change the wrong one"), ["wrong", folded.index(fold(right))])
    elif twice := [at for at, choice in enumerate(folded) if choice in folded[:at]]:
        problem = _("two wrong answers are the same")
        yield Remark(problem, _("change one of them"), ["wrong", twice[0]])
    # Short answers, such as numbers and years, stand in many a prompt by chance.
    if len(fold(right)) > 3 and word_line(right) in word_line(prompt):
        problem = _("the prompt gives away the right answer {right!r}", right=right)
        yield Remark(problem, _("ask without it"), ["prompt"])


def choice_hints(right: str, wrong: Sequence[str], explanation: str) -> Iterator[Remark]:
    """Say what makes a question weak in any language."""
    shortest, longest = min(map(len, wrong)), max(map(len, wrong))
    remedy = _("make them about equally long, or it gives itself away")
    if _is_longer(len(right), longest):
        problem = _("the right answer is much longer than the wrong ones")
        yield Remark(problem, remedy, ["right"])
    elif _is_longer(shortest, len(right)):
        problem = _("the right answer is much shorter than the wrong ones")
        yield Remark(problem, remedy, ["right"])
    yield from _odd_ones([right, *wrong])
    if fold(explanation).strip(" .!") == fold(right):
        problem = _("the explanation only repeats the right answer")
        yield Remark(problem, _("say why, or what else was said about it"), ["explanation"])


def _is_longer(length: int, other: int) -> bool:
    return length > _STANDS_OUT * other or (
        length >= _LONGER * other and length - other >= _LETTERS
    )


def _odd_ones(choices: Sequence[str]) -> Iterator[Remark]:
    """Name the choice that alone is of another kind; of these the right one stands first."""
    for is_so, alone, missing in _KINDS:
        kinds = [is_so(choice) for choice in choices]
        if kinds.count(kinds[0]) == 1:
            what = alone if kinds[0] else missing
            problem = _("only {choice!r} {what}", choice=choices[0], what=what)
            yield Remark(problem, _ITSELF, ["right"])
        elif is_so is _has_number and kinds.count(True) == 1:
            at = kinds.index(True)
            problem = _("only {choice!r} {what}", choice=choices[at], what=alone)
            yield Remark(problem, _RULED_OUT, ["wrong", at - 1])


def _has_number(choice: str) -> bool:
    return any(map(str.isdigit, choice))


def _is_sentence(choice: str) -> bool:
    return _SENTENCE.search(choice) is not None


def _is_quoted(choice: str) -> bool:
    return choice.startswith(_MARKS)


def _begins_small(choice: str) -> bool:
    return choice[0].islower()


_KINDS: Final[Sequence[tuple[Callable[[str], bool], Text, Text]]] = (
    (_has_number, _("is a number"), _("is no number")),
    (_is_sentence, _("ends as a sentence does"), _("ends as no sentence does")),
    (_is_quoted, _("is in quotation marks"), _("is in no quotation marks")),
    (_begins_small, _("begins with a small letter"), _("begins with a capital")),
)
_ITSELF: Final = _("write all four alike, or the right answer gives itself away")
_RULED_OUT: Final = _("write all four alike, or it is ruled out at once")
