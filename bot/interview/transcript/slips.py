"""Names that labels and text spell differently: told, and the labels believed."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.interview.transcript.sources.source_lines import Line
from bot.interview.transcript.structure import Unsure
from bot.interview.transcript.voices import Voices
from bot.interview.words import fold, words_of

# Words that follow each other and begin with capitals; a capital first, for which all is searched
# the fastest.
_CAPITAL: Final = r"[^\W\d_a-z]"
_REST: Final = r"[\w'’-]{1,60}+"
_NAMES: Final = re.compile(rf"{_CAPITAL}(?<![\w.].){_REST}(?: {_CAPITAL}{_REST}){{1,4}}")


def slips(voices: Voices, lines: Iterable[Line]) -> Iterator[Unsure]:
    """Tell of names in the text that are a voice's but for a letter, or two that changed places."""
    # Only who loads something pays for the import.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    names = {fold(name): name for name in voices.names.values() if " " in name}
    keys = list(names)
    lengths = {len(name.split()) for name in names}
    spellings = set(names)
    for line in lines:
        for spelling in _parts(line.text, lengths):
            key = fold(spelling)
            if key in spellings:
                continue
            spellings.add(key)
            near = process.extract(key, keys, scorer=OSA.distance, score_cutoff=1, limit=None)
            for folded, _distance, _place in sorted(near, key=lambda match: match[2]):
                name = names[folded]
                # An emoji behind a name is no other spelling of it.
                if words_of(spelling) != words_of(name):
                    why = f"The label says {name}, the text {spelling}; the label wins."
                    yield Unsure(line.number, why)


def _parts(text: str, lengths: Iterable[int]) -> Iterator[str]:
    """Give all that may be a name of so many words."""
    for run in _NAMES.findall(text):
        words = run.split()
        for length in lengths:
            for start in range(len(words) - length + 1):
                yield " ".join(words[start : start + length])
