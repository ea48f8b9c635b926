"""What an editor may want to change though nothing in it is wrong."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

from bot.interview.hints.fact_hints import hints_at_facts
from bot.interview.hints.giveaway_hints import hints_at_giveaways
from bot.interview.hints.quote_hints import hints_at_quotes
from bot.interview.model import Interview
from bot.interview.pack import files
from bot.interview.pack.choices import choice_hints
from bot.interview.pack.entries import FactEntry, NumberedEntry, QuestionEntry
from bot.interview.pack.field_names import file_named_like
from bot.interview.pack.mistakes import Mistake, Mistakes, Remark, Spot, at_most
from bot.interview.pack.pack import Pack
from bot.interview.pack.source import Record, read_entries
from bot.interview.words import fold, word_set
from bot.reading.bounded import is_there
from bot.text import Text, _

E = TypeVar("E", bound=NumberedEntry)

_YES_OR_NO: Final = word_set("yes no true false maybe")
_TRANSIENT: Final = word_set(
    "current currently latest newest now nowadays recent recently soon today upcoming"
)
_OPINION: Final = word_set("best coolest funniest greatest nicest should worst")
_OF_ALL: Final = re.compile(r"\b(?:all|both|none) of (?:the above|these)\b")


def hints(pack: Pack) -> Iterator[Mistake]:
    """Go through all of a pack, and through what its translations lack."""
    questions = _in_use(pack.folder / files.TRIVIA, "questions", QuestionEntry)
    facts = _in_use(pack.folder / files.FACTS, "facts", FactEntry)
    yield from at_most(_hints_at_trivia(questions, pack.interview))
    yield from at_most(hints_at_giveaways(questions, facts, pack.interview))
    yield from hints_at_facts(facts, pack.interview)
    yield from hints_at_quotes(pack)
    if pack.translations:
        # Which topics there are is known when the last quote was read.
        for _quote in pack.quotes():
            pass
    yield from pack.hints
    for path in files.other_files(pack.folder):
        yield Mistake(path, Spot(1), _("nothing reads this file"), _name_it(path))


def _in_use(path: Path, table: str, kind: type[E]) -> list[Record[E]]:
    records = read_entries(path, table, kind, Mistakes())
    return [record for record in records if not record.entry.withdrawn]


def _name_it(path: Path) -> Text:
    """Say how a file has to be called: like one that a pack has, or by a language."""
    if (own_name := file_named_like(path.name)) is not None:
        if is_there(path.with_name(own_name)):
            return _("move what you need of it into {name}", name=own_name)
        return _("name it {name}", name=own_name)
    return _("name a translation by its language: fr.toml, pt-BR.toml")


def _hints_at_trivia(
    questions: Sequence[Record[QuestionEntry]], interview: Interview
) -> Iterator[Mistake]:
    is_english = interview.language.partition("-")[0] == "en"
    for record in questions:
        for remark in _hints(record.entry, is_english):
            yield Mistake.of(record.path, record.passage, remark)


def _hints(question: QuestionEntry, is_english: bool) -> Iterator[Remark]:
    yield from choice_hints(question.right, question.wrong, question.explanation)
    if is_english:
        yield from _hints_in_words(question)


def _hints_in_words(question: QuestionEntry) -> Iterator[Remark]:
    words = set(re.findall(r"\w+", fold(question.prompt)))
    if fold(question.right) in _YES_OR_NO:
        problem = _("the answer is yes or no")
        remedy = _("ask what, who or where, or give a fact a false_version")
        yield Remark(problem, remedy, ["right"])
    for word in sorted(words & _TRANSIENT):
        problem = _("{word!r} won't be true for long", word=word)
        yield Remark(problem, _("name the time instead"), ["prompt"])
    for word in sorted(words & _OPINION):
        problem = _("{word!r} asks for an opinion", word=word)
        yield Remark(problem, _("ask what somebody said about it"), ["prompt"])
    for index, choice in enumerate((question.right, *question.wrong)):
        if phrase := _OF_ALL.search(fold(choice)):
            problem = _("{phrase!r} among choices that come in any order", phrase=phrase[0])
            path = ["wrong", index - 1] if index else ["right"]
            yield Remark(problem, _("write a choice of its own"), path)
