"""What must be true between the entries of a pack, beyond what each must be by itself."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, repeat
from pathlib import Path
from typing import Final

from bot.interview.colours import LEGIBLE, colour_of, contrast
from bot.interview.model import Interview
from bot.interview.names import UnknownNameError, find_person
from bot.interview.pack.choices import choice_mistakes
from bot.interview.pack.entries import (
    FactEntry,
    NumberedEntry,
    PromptEntry,
    QuestionEntry,
)
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.source import Record
from bot.interview.pack.toml_lines import TOP, TomlLines
from bot.interview.words import fold
from bot.text import Text, _

MAX_PEOPLE: Final = 100
MAX_TOPICS: Final = 200


class Rules:
    """Checks entries against each other and against the interview they belong to."""

    def __init__(self, interview: Interview, mistakes: Mistakes) -> None:
        self._interview = interview
        self._mistakes = mistakes
        self._topics: set[str] = set()

    def check_interview(self, path: Path, lines: TomlLines) -> None:
        """Check that people and exchanges can be told apart."""
        interview = self._interview
        people = list(
            zip(interview.people, chain(lines.entries("people"), repeat(1)), strict=False)
        )
        names: dict[str, str] = {}
        for person, line in people[:MAX_PEOPLE]:
            if not person.key:
                problem = _("the name {name!r} doesn't make a key", name=person.name)
                self._mistakes.add(path, line, problem, _('add one, such as key = "speaker-1"'))
            elif person.key in names:
                problem = _(
                    "{name!r} has the same key as {other!r}",
                    name=person.name,
                    other=names[person.key],
                )
                self._mistakes.add(path, line, problem, _("give one of them another key"))
            names[person.key] = person.name
        if len(interview.people) > MAX_PEOPLE:
            problem = _("{count} people", count=len(interview.people))
            line = lines.of(["people", MAX_PEOPLE], TOP)
            self._mistakes.add(path, line, problem, _("name at most {most}", most=MAX_PEOPLE))
        self._check_exchanges(path, lines.entries("exchanges"))
        line = lines.tables().get("colours") or lines.of(["colours"], TOP)
        self._check_colours(path, line)

    def _check_colours(self, path: Path, line: int) -> None:
        """Check that what is drawn in the pack's own colours can be read, either way round."""
        colours = self._interview.colours
        if colours is None:
            return
        background = colour_of(colours.background)
        for name, number in (("text", colours.text), ("accent", colours.accent)):
            if number is None or (ratio := contrast(colour_of(number), background)) >= LEGIBLE:
                continue
            problem = _(
                "colours: {name} can hardly be read on the background ({ratio} to 1)",
                name=name,
                ratio=f"{ratio:.1f}",
            )
            remedy = _("make one of them lighter or darker, up to {least} to 1", least=LEGIBLE)
            self._mistakes.add(path, line, problem, remedy)

    def _check_exchanges(self, path: Path, lines: Sequence[int]) -> None:
        numbers = Counter(exchange.number for exchange in self._interview.exchanges)
        last = lines[-1] if lines else 1
        if 0 not in numbers:
            self._mistakes.add(
                path,
                last,
                _("no exchange has the number 0"),
                _("add one that introduces the interview"),
            )
        for number in sorted(number for number, count in numbers.items() if count > 1):
            problem = _("two exchanges have the number {number}", number=number)
            self._mistakes.add(path, last, problem, _("number them in order"))

    def check_facts(self, facts: Sequence[Record[FactEntry]]) -> None:
        self._check_numbers(facts)
        self._check_texts([(record, record.entry.text) for record in facts])
        for record in facts:
            self._check_source(record.path, record.line, record.entry.exchange)
            self._check_people(record, record.entry.people)
            self._check_topics(record, record.entry.topics)
            self._check_false_version(record)

    def check_questions(
        self, questions: Sequence[Record[QuestionEntry]], facts: set[int | None]
    ) -> None:
        self._check_numbers(questions)
        self._check_texts([(record, record.entry.prompt) for record in questions])
        for record in questions:
            self._check_source(record.path, record.line, record.entry.exchange)
            self._check_choices(record)
            if record.entry.about is not None and record.entry.about not in facts:
                self._add(
                    record,
                    _("about fact {number}, which doesn't exist", number=record.entry.about),
                    _("correct the number, or leave it out"),
                )
        self._check_not_with(questions)

    def _check_not_with(self, questions: Sequence[Record[QuestionEntry]]) -> None:
        """Check that the questions to keep apart are there, and none is to be without itself."""
        numbers = {record.entry.number for record in questions}
        for record in questions:
            if record.entry.number in record.entry.not_with:
                problem = _("not_with names the question itself")
                self._add(record, problem, _("name the others that give it away"))
            for number in dict.fromkeys(record.entry.not_with):
                if number not in numbers:
                    problem = _("not_with names {number}, which is not there", number=number)
                    self._add(record, problem, _("correct the number, or leave it out"))

    def check_prompts(self, prompts: Sequence[Record[PromptEntry]]) -> None:
        self._check_numbers(prompts)
        self._check_texts([(record, record.entry.text) for record in prompts])

    def _check_numbers(self, entries: Sequence[Record[NumberedEntry]]) -> None:
        lines: dict[int, int] = {}
        for record in entries:
            number = record.entry.number
            if number is None:
                self._add(record, *NO_NUMBER)
            elif number in lines:
                self._add(
                    record,
                    _(
                        "line {line} already has the number {number}",
                        number=number,
                        line=lines[number],
                    ),
                    _("give it a number that was never used"),
                )
            else:
                lines[number] = record.line

    def _check_texts(self, texts: Sequence[tuple[Record[NumberedEntry], str]]) -> None:
        lines: dict[str, int] = {}
        for record, text in texts:
            if record.entry.withdrawn:
                continue
            first = lines.setdefault(fold(text), record.line)
            if first != record.line:
                problem = _("the same text as on line {line}", line=first)
                self._add(record, problem, _("remove one, or set withdrawn = true"))

    def _check_source(self, path: Path, line: int, exchange: int) -> None:
        if exchange not in self._interview.exchanges_by_number:
            self._mistakes.add(
                path,
                line,
                _("there's no exchange {number}", number=exchange),
                _("use one from interview.toml, or add it there"),
            )

    def _check_people(self, record: Record[FactEntry], keys: Sequence[str]) -> None:
        for key in keys:
            if key not in self._interview.people_by_key:
                problem = _("unknown person {key!r}", key=key)
                self._add(record, problem, name_one_of(self._interview, key))
        if len(set(keys)) < len(keys):
            self._add(record, _("the same person twice"), _("name each of them once"))

    def _check_topics(self, record: Record[FactEntry], topics: Sequence[str] | None) -> None:
        self._topics.update(topics or ())
        if len(self._topics) > MAX_TOPICS:
            self._topics.clear()
            problem = _("more than {most} topics", most=MAX_TOPICS)
            self._add(record, problem, _("reuse the ones you have"))

    def _check_false_version(self, record: Record[FactEntry]) -> None:
        fact = record.entry
        if fact.false_version and not fact.explanation:
            problem = _("a false version without an explanation")
            self._add(record, problem, _("add one that says what is right"))
        for problem, remedy in false_version_mistakes(fact.text, fact.false_version):
            self._add(record, problem, remedy)

    def _check_choices(self, record: Record[QuestionEntry]) -> None:
        question = record.entry
        for problem, remedy in choice_mistakes(question.prompt, question.right, question.wrong):
            self._add(record, problem, remedy)

    def _add(self, record: Record[NumberedEntry], problem: Text, remedy: Text) -> None:
        self._mistakes.add(record.path, record.line, problem, remedy)


NO_NUMBER: Final = (
    _("number is missing"),
    _("add one that was never used, or let check --fix do it"),
)


def false_version_mistakes(text: str, false_version: str | None) -> Iterator[tuple[Text, Text]]:
    """Say what is wrong with the false twin of a fact."""
    if false_version and fold(false_version) == fold(text):
        problem = _("the false version says what the fact says")
        yield problem, _("change what makes it false")


def name_one_of(interview: Interview, typed: str) -> Text:
    """Say whom an entry may name: by the key, also where a name was typed."""
    with suppress(UnknownNameError):
        return _("write {key}, the key of interview.toml", key=find_person(interview, typed).key)
    keys = ", ".join(person.key for person in interview.people[:10])
    return _("use one from interview.toml: {keys}", keys=keys)
