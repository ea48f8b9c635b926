"""Who asks: by what the labels say, what the file says of itself, and how the voices speak."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.interview.transcript import roles
from bot.interview.transcript.endings import ends_asking
from bot.interview.transcript.turns import Turn
from bot.interview.transcript.voices import Voices
from bot.interview.words import fold

_ASKS: Final = re.compile(r"[?？؟]")
_NEAR_THE_END: Final = 300
_THIN: Final = 0.4
_ALSO: Final = 0.45
# "Unidentified" in the hall may call once; who asks by the label speaks more often.
_OFTEN: Final = 0.15
_HOST_KEYS: Final = ("host", "hosts", "interviewer", "interviewers", "moderator", "by", "author")
_GUEST_KEYS: Final = ("guest", "guests", "speaker", "speakers", "interviewee")
_LEAST: Final = 0.3


@dataclass
class _Habits:
    """How a voice speaks over the whole file."""

    turns: int = 0
    asking: float = 0.0
    words: int = 0
    is_named_so: bool = False

    @property
    def share(self) -> float:
        return self.asking / self.turns


@dataclass(frozen=True, slots=True)
class Askers:
    """The voices that ask; `doubt` says why that may be wrong."""

    names: tuple[str, ...]
    doubt: str = ""


def askers_of(turns: Sequence[Turn], voices: Voices, about: Mapping[str, Sequence[str]]) -> Askers:
    habits = _habits(turns, voices, about)
    named = [name for name, habit in habits.items() if habit.is_named_so]
    if 0 < len(named) < len(habits) and _share_of(named, habits) >= _OFTEN:
        return Askers(tuple(named))
    if others := _beside_guests(habits, about):
        return Askers(others)
    scores = {name: _score(habit, habits) for name, habit in habits.items()}
    first = voices.name(next(turn.label for turn in turns if turn.label))
    scores[first] += 0.1
    best = max(scores, key=lambda name: scores[name])
    if habits[best].share < _THIN:
        why = f"Nobody clearly asks the questions; {best} passes for the interviewer."
        return Askers((best,), why if len(habits) > 1 else "")
    others = [
        name
        for name, score in scores.items()
        if name != best
        and score >= _ALSO * scores[best]
        and (habits[name].share >= _ALSO or name in named)
        and habits[name].turns > 1
    ]
    if len(others) + 1 >= len(habits):
        others = []
    return Askers((best, *others))


def _share_of(names: Sequence[str], habits: Mapping[str, _Habits]) -> float:
    """Give what share of all turns some voices have."""
    turns = sum(habit.turns for habit in habits.values())
    return sum(habits[name].turns for name in names) / turns


def _beside_guests(
    habits: Mapping[str, _Habits], about: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """Name who speaks beside the guests that the file itself lists, where they ask."""
    guests = {form for key in _GUEST_KEYS for name in about.get(key, ()) for form in _forms(name)}
    others = tuple(name for name in habits if not (_forms(name) & guests))
    is_told = 0 < len(others) < len(habits)
    asks = any(habits[name].share >= _LEAST for name in others)
    return others if is_told and asks else ()


def _forms(name: str) -> set[str]:
    """Give what a file may call somebody: in full, by the first name or the last, by initials."""
    words = fold(name).replace(".", "").split()
    letters = [word[0] for word in words]
    initials = ["".join(letters), "".join(letters[:1] + letters[-1:])] if len(words) > 1 else []
    return {fold(name), *words[:1], *words[-1:], *initials}


def _habits(
    turns: Sequence[Turn], voices: Voices, about: Mapping[str, Sequence[str]]
) -> dict[str, _Habits]:
    hosts = {fold(name) for key in _HOST_KEYS for name in about.get(key, ())}
    habits: dict[str, _Habits] = {}
    for turn in turns:
        if not turn.label:
            continue
        name = voices.name(turn.label)
        habit = habits.setdefault(name, _Habits())
        habit.turns += 1
        text = turn.text
        habit.words += len(text.split())
        if ends_asking(text):
            habit.asking += 1
        elif _ASKS.search(text, max(0, len(text) - _NEAR_THE_END)):
            habit.asking += 0.6
        habit.is_named_so |= roles.asks(turn.label) or fold(name) in hosts
    return habits


def _score(habit: _Habits, habits: Mapping[str, _Habits]) -> float:
    """Weigh how much of what is asked a voice asks, and how much it does beside that."""
    words = sum(other.words for other in habits.values()) or 1
    questions = sum(other.asking for other in habits.values()) or 1
    # Of who spoke once one knows little.
    share = habit.asking / (habit.turns + 1)
    return habit.asking / questions + 0.5 * share - 0.3 * (habit.words / words)
