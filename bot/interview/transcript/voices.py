"""Who the labels are: the same voice only by a rule that cannot join two people."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.interview.transcript.roles import answers, asks
from bot.interview.transcript.turns import Turn
from bot.interview.words import fold_label, word_set

PARTICLES: Final = word_set("van der den de la le du von zu bin ibn al el da dos di and of the")
_TITLES: Final = word_set(
    "mr mrs ms miss dr prof professor sir dame rev hon sen senator rep president ph.d phd md esq"
)
_BRACKETS: Final = re.compile(r"\s{0,3}[(\[]([^()\[\]]{1,60})[)\]]\s{0,3}$")
_REVERSED: Final = re.compile(r"([^,]{2,40}), ([^,]{2,40})")


@dataclass
class Voices:
    """Labels as they are folded, each with the name of whom it means."""

    names: dict[str, str] = field(default_factory=dict[str, str])

    def name(self, label: str) -> str:
        return self.names[fold_label(label)]

    def of(self, turn: Turn) -> str:
        """Give the name of who has a turn; nothing for a question without a label."""
        return self.name(turn.label) if turn.label else ""

    def in_full(
        self, names: Iterable[str], full_names: Sequence[str], decided: Iterable[str]
    ) -> tuple[str, ...]:
        """Call voices by their full name where one of those is theirs: "Ada" is "Ada Example".

        Not those about whom it was decided.
        """
        fuller: dict[str, str] = {}
        for name in set(names).difference(decided):
            forms = [full for full in full_names if fold_label(name) in fold_label(full).split()]
            if len(forms) == 1:
                fuller[name] = forms[0]
        self.names = {key: fuller.get(name, name) for key, name in self.names.items()}
        return tuple(fuller.get(name, name) for name in names)


def voices_of(labels: Iterable[str], speakers: Mapping[str, str]) -> Voices:
    """Find out whom each label means; `speakers` tells it of some."""
    decided_names = {fold_label(label): name for label, name in speakers.items()}
    written: dict[str, str] = {}
    for label in labels:
        written.setdefault(fold_label(label), label)
    names = {key: decided_names.get(key) or _name_of(label) for key, label in written.items()}
    open_keys = [key for key in names if key not in decided_names]
    fuller = _fuller(open_keys, written)
    voices = Voices()
    for key in names:
        target = key
        while target in fuller:
            target = fuller[target]
        voices.names[key] = names[target]
    return voices


def _fuller(keys: list[str], written: Mapping[str, str]) -> dict[str, str]:
    """Map a label to the one that is fuller, where it can mean no other."""
    bases = {key: _base(written[key]) for key in keys}
    fuller = _same_base(bases, written)
    owners: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        if key not in fuller:
            for short in _short_forms(bases[key], written[key]):
                owners[short].add(key)
    for key in keys:
        others = owners[bases[key]] - {key}
        if len(others) == 1 and key not in fuller:
            fuller[key] = next(iter(others))
    return fuller


def _same_base(bases: Mapping[str, str], written: Mapping[str, str]) -> dict[str, str]:
    """Join what differs by a title, by order, or by what one of them has in brackets."""
    by_base: dict[str, list[str]] = defaultdict(list)
    for key, base in bases.items():
        by_base[base].append(key)
    fuller: dict[str, str] = {}
    for same in by_base.values():
        bracketed = [key for key in same if _BRACKETS.search(written[key])]
        # Two of them tell people apart.
        alike = same if len(bracketed) < 2 else [key for key in same if key not in bracketed]
        fuller |= dict.fromkeys(alike[1:], alike[0])
    return fuller


def _short_forms(base: str, label: str) -> set[str]:
    """Give what may stand for a label: its first word and its last, initials, what it declares."""
    words = base.split()
    forms = {words[0], words[-1], "".join(word[0] for word in words)} if words[1:] else set[str]()
    declared = _declared(label)
    return forms | {declared} if declared else forms


def _declared(label: str) -> str | None:
    """Give the abbreviation that a label declares, as "Interviewer (I)" does."""
    match = _BRACKETS.search(label)
    if match is None or len(match[1]) > 4 or fold_label(label)[:1] != fold_label(match[1])[:1]:
        return None
    return fold_label(match[1])


def _base(label: str) -> str:
    """Fold a label without titles and what stands in brackets; a surname in front goes behind."""
    name = _BRACKETS.sub("", label)
    if (match := _REVERSED.fullmatch(name)) and fold_label(match[2]).strip(".") not in _TITLES:
        name = f"{match[2]} {match[1]}"
    words = fold_label(name.replace(",", " ")).split()
    return " ".join(word for word in words if word.strip(".") not in _TITLES) or fold_label(label)


def _name_of(label: str) -> str:
    if len(label) == 1 or asks(label) or answers(label):
        declared = _BRACKETS.sub("", label) if _declared(label) else label
        return declared.upper() if len(label) == 1 else title_case(declared)
    return title_case(label)


def title_case(name: str) -> str:
    """Write a name in capitals as a name: JANE O'NEIL-McKAY becomes Jane O'Neil-McKay."""
    if not name.isupper() or _is_initials(name) or any(map(str.isdigit, name)):
        return name
    words = name.split()
    return " ".join(
        word.lower() if n and word.lower() in PARTICLES else _cased(word)
        for n, word in enumerate(words)
    )


def _is_initials(name: str) -> bool:
    """Say whether letters are no word: three or four without a vowel, or two."""
    return len(name) < 3 or (len(name) < 5 and not set(fold_label(name)) & set("aeiouy"))


def _cased(word: str) -> str:
    if re.fullmatch(r"(?:\w\.)+", word):
        return word
    parts = re.split(r"([-'’])", word.lower())
    cased = "".join(part[:1].upper() + part[1:] for part in parts)
    # McKay, but not Mack.
    return re.sub(r"^Mc(\w)(?=\w{2})", lambda match: "Mc" + match[1].upper(), cased)
