"""Where a line can be cut, so that a member may say how it went on."""

from typing import Final

from bot.interview.model import CUT, MAX_CHOICE

_MIN_START_WORDS: Final = 5
_MIN_ENDING_WORDS: Final = 2


def split_line(text: str) -> tuple[str, str] | None:
    """Split a quote into its start and an ending that a button carries; None where it is too short.

    The ending has at least two words and at most MAX_CHOICE characters, the start five words.
    """
    words = text.split()
    at = len(words)
    while at > 0 and len(" ".join(words[at - 1 :])) <= MAX_CHOICE:
        at -= 1
    at = max(at, _MIN_START_WORDS)
    start, ending = words[:at], words[at:]
    if len(ending) < _MIN_ENDING_WORDS or CUT in ending or start[-1] == CUT:
        return None
    return " ".join(start), " ".join(ending)
