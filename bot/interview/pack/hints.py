"""What an editor may want to change though nothing in it is wrong."""

import re
from collections.abc import Iterator
from typing import Final

from bot.interview.pack import files
from bot.interview.pack.entries import QuestionEntry
from bot.interview.pack.mistakes import Mistake, Mistakes
from bot.interview.pack.packs import Pack
from bot.interview.pack.rules import choice_hints
from bot.interview.pack.source import read_entries
from bot.interview.words import fold
from bot.text import Text, _

_YES_OR_NO: Final = frozenset({"yes", "no", "true", "false", "maybe"})
_AGES: Final = frozenset(
    {"current", "currently", "latest", "newest", "now", "nowadays", "recent", "recently", "soon"}
    | {"today", "upcoming"}
)
_JUDGES: Final = frozenset({"best", "coolest", "funniest", "greatest", "nicest", "should", "worst"})
_OF_ALL: Final = re.compile(r"\b(?:all|both|none) of (?:the above|these)\b")


def hints(pack: Pack) -> Iterator[Mistake]:
    """Go through the trivia of a pack, and through what its translations lack."""
    yield from _hints_at_trivia(pack)
    if pack.translations:
        # Which topics there are is known when the last quote was read.
        for _quote in pack.quotes():
            pass
    yield from pack.hints
    for path in sorted({*pack.folder.glob("*.toml")} - {*files.pack_files(pack.folder)}):
        what = _("this file is not read")
        yield Mistake(path, 1, what, _("name a translation by its language: fr.toml, pt-BR.toml"))


def _hints_at_trivia(pack: Pack) -> Iterator[Mistake]:
    is_english = pack.interview.language.partition("-")[0] == "en"
    path = pack.folder / files.TRIVIA
    for record in read_entries(path, "questions", QuestionEntry, Mistakes()):
        if record.entry.withdrawn:
            continue
        for what, remedy in _hints(record.entry, is_english):
            yield Mistake(path, record.line, what, remedy)


def _hints(question: QuestionEntry, is_english: bool) -> Iterator[tuple[Text, Text]]:
    yield from choice_hints(question.right, question.wrong, question.explanation)
    if is_english:
        yield from _hints_in_words(question)


def _hints_in_words(question: QuestionEntry) -> Iterator[tuple[Text, Text]]:
    asked = set(re.findall(r"\w+", fold(question.prompt)))
    if fold(question.right) in _YES_OR_NO:
        what = _("the answer is yes or no")
        yield what, _("ask what, who or where, or give a fact a false_version")
    for word in sorted(asked & _AGES):
        yield _("{word!r} will not be true for long", word=word), _("name the time instead")
    for word in sorted(asked & _JUDGES):
        yield _("{word!r} asks for an opinion", word=word), _("ask what somebody said about it")
    for choice in (question.right, *question.wrong):
        if found := _OF_ALL.search(fold(choice)):
            what = _("{phrase!r} among choices that stand in any order", phrase=found[0])
            yield what, _("write a choice of its own")
