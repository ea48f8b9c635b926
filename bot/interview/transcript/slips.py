"""Names that labels and text spell differently: told, and the labels believed."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.interview.transcript.sources.lines import Line
from bot.interview.transcript.structure import Unsure
from bot.interview.transcript.voices import Voices
from bot.interview.words import fold

# Two or three words that begin with capitals.
_NAME: Final = re.compile(r"(?<![\w.])[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+){1,2}")


def slips(voices: Voices, lines: Iterable[Line]) -> Iterator[Unsure]:
    """Tell of each name in the text that is a voice's but for one letter."""
    # Only who loads something pays for the import.
    from rapidfuzz.distance import Levenshtein

    names = {fold(name): name for name in voices.names.values() if " " in name}
    told = set(names)
    for line in lines:
        for found in _NAME.findall(line.text):
            key = fold(found)
            if key in told:
                continue
            told.add(key)
            for known, name in names.items():
                if Levenshtein.distance(key, known, score_cutoff=1) == 1:
                    why = f"the label says {name}, the text {found}; the label is believed."
                    yield Unsure(line.number, why)
