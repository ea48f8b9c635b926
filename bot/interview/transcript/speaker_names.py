"""Who the labels are: the fullest form of each name, however it is written where."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.interview.transcript.labels import ANSWERER, PARTICLES, QUESTIONER
from bot.interview.transcript.structure import Unsure
from bot.interview.words import fold, word_set

# Two to four words that begin with capitals, particles among them.
_NAME_IN_PROSE: Final = re.compile(
    r"(?<![\w.])[A-ZÀ-ÞŁŚŻČŠŽİ][\w'’-]+(?:\s+(?:[A-Z]\.|van|der|de|la|von|bin|al|[A-ZÀ-ÞŁŚŻČŠŽİ][\w'’-]+))"
    r"{1,3}"
)
_STARTERS: Final = word_set(
    """
    the a an when but and with then after oh hi dear thanks so as if in on at says said asked for mr
    ms mrs dr while what how who why where this that there here now yes no not is was are were did
    do does has have had i you he she it we they my your his her its our their one two by of to from
    like because although before since until during about
    """
)
# Some 70,000 words, far beyond an interview: a hostile file costs no more than that.
_PROSE: Final = 400_000


@dataclass
class Voices:
    """Labels as they stand, each with the name of whom it means; what was not certain."""

    names: dict[str, str] = field(default_factory=dict[str, str])
    unsure: list[Unsure] = field(default_factory=list[Unsure])


def resolve(labels: Mapping[str, int], prose: str, speakers: Mapping[str, str]) -> Voices:
    """Find out whom each label means; `labels` maps it to the line on which it stands first."""
    voices = Voices()
    by_label = {fold(label): name for label, name in speakers.items()}
    in_prose = Counter(" ".join(name.split()) for name in _NAME_IN_PROSE.findall(prose[:_PROSE]))
    by_length = sorted(labels, key=lambda label: (-len(label.split()), labels[label]))
    full: dict[str, str] = {}
    for label in by_length:
        if name := by_label.get(fold(label)):
            voices.names[label] = name
        elif fold(label) in QUESTIONER | ANSWERER:
            voices.names[label] = label.upper() if len(label) == 1 else label.title()
        elif (longer := _longer(label, full, labels[label], voices.unsure)) is not None:
            voices.names[label] = full[longer]
        else:
            name = _fullest(title_case(label), in_prose, labels[label], voices.unsure)
            voices.names[label] = full[label] = name
    return voices


def _longer(label: str, full: Mapping[str, str], line: int, unsure: list[Unsure]) -> str | None:
    """Find the longer label of which this one is a part: surname, first name or initials."""
    words = fold(label).replace(".", "").split()
    matches = [
        longer
        for longer in full
        if _is_short_for(words, full[longer]) or _is_short_for(words, longer)
    ]
    names = {full[longer] for longer in matches}
    if len(names) > 1:
        why = f"{label} may be {' or '.join(sorted(names))}; taken for the first."
        unsure.append(Unsure(line, why))
    return matches[0] if matches else None


def _is_short_for(words: Sequence[str], name: str) -> bool:
    longer = fold(name).replace(".", "").split()
    if words == longer:
        return True
    if len(words) < len(longer) and all(word in longer for word in words):
        return True
    initials = "".join(word[0] for word in longer)
    return len(words) == 1 and len(longer) > 1 and words[0] == initials


def _fullest(name: str, in_prose: Counter[str], line: int, unsure: list[Unsure]) -> str:
    """Give the name as running text writes it: in full, and as it spells it."""
    count = len(name.split())
    if count > 1:
        spellings = [
            spelling
            for spelling in in_prose
            if len(spelling.split()) == count and spelling != name and _is_slip(name, spelling)
        ]
        if name not in in_prose and len(spellings) == 1:
            if fold(spellings[0]) != fold(name):
                why = f"the label says {name}, the text {spellings[0]}; taken for the same person."
                unsure.append(Unsure(line, why))
            return spellings[0]
        return name
    full_names = [full for full in _with(in_prose, name) if len(full.split()) in (2, 3)]
    if len(full_names) == 1:
        return full_names[0]
    if full_names:
        why = f"{name} may be {' or '.join(sorted(full_names)[:4])}; kept as {name}."
        unsure.append(Unsure(line, why))
    return name


def _with(in_prose: Iterable[str], name: str) -> list[str]:
    """List the names in running text that begin or end with a word."""
    names: list[str] = []
    for full_name in in_prose:
        words = full_name.split()
        if fold(words[0]) in _STARTERS:
            words = words[1:]
        if len(words) > 1 and fold(name) in (fold(words[0]), fold(words[-1])):
            names.append(" ".join(words))
    return list(dict.fromkeys(names))


def _is_slip(name: str, spelling: str) -> bool:
    """Say whether two names differ by one letter at most."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(fold(name), fold(spelling), score_cutoff=1) <= 1


def title_case(name: str) -> str:
    """Write a name in capitals as a name: JANE O'NEIL-McKAY becomes Jane O'Neil-McKay."""
    if not name.isupper() or len(name) < 3:
        return name
    words = name.split()
    return " ".join(
        word.lower() if n and word.lower() in PARTICLES else _cased(word)
        for n, word in enumerate(words)
    )


def _cased(word: str) -> str:
    if re.fullmatch(r"(?:\w\.)+", word):
        return word
    parts = re.split(r"([-'’])", word.lower())
    cased = "".join(part[:1].upper() + part[1:] for part in parts)
    # McKay, but not Mack.
    return re.sub(r"^Mc(\w)(?=\w{2})", lambda match: "Mc" + match[1].upper(), cased)
