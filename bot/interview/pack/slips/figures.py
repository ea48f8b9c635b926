"""Numbers as people write them in words."""

from collections.abc import Mapping
from typing import Final

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS: Final[Mapping[str, int]] = {
    **{word: number for number, word in enumerate(_SMALL.split())},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), 2)},
}


def number_in_words(text: str) -> int | None:
    """Give the number that English words name, below a hundred; None where they name none."""
    words = text.casefold().replace("-", " ").split()
    if not 1 <= len(words) <= 2 or not all(word in _NUMBERS for word in words):
        return None
    numbers = [_NUMBERS[word] for word in words]
    if len(numbers) == 2 and not (numbers[0] >= 20 and 1 <= numbers[1] <= 9):
        return None
    return sum(numbers)
