"""Names that labels and text spell differently: told, and the labels believed."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.interview.transcript.sources.source_lines import Line
from bot.interview.transcript.structure import Unsure
from bot.interview.transcript.voices import Voices
from bot.interview.words import fold, words_of

# Words that follow each other and begin with capitals.
_NAMES: Final = re.compile(r"(?<![\w.])[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+){1,4}")


def slips(voices: Voices, lines: Iterable[Line]) -> Iterator[Unsure]:
    """Tell of names in the text that are a voice's but for a letter, or two that changed places."""
    # Only who loads something pays for the import.
    from rapidfuzz.distance import OSA

    names = {fold(name): name for name in voices.names.values() if " " in name}
    lengths = {len(name.split()) for name in names}
    spellings = set(names)
    for line in lines:
        for spelling in _parts(line.text, lengths):
            key = fold(spelling)
            if key in spellings:
                continue
            spellings.add(key)
            for folded, name in names.items():
                # An emoji behind a name is no other spelling of it.
                is_near = OSA.distance(key, folded, score_cutoff=1) == 1
                if is_near and words_of(spelling) != words_of(name):
                    why = f"The label says {name}, the text {spelling}; the label is believed."
                    yield Unsure(line.number, why)


def _parts(text: str, lengths: Iterable[int]) -> Iterator[str]:
    """Give all that may be a name of so many words."""
    for run in _NAMES.findall(text):
        words = run.split()
        for length in lengths:
            for start in range(len(words) - length + 1):
                yield " ".join(words[start : start + length])
