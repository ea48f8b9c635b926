"""What must be true between the entries of a pack, beyond what each must be by itself."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from bot.interview.colours import LEGIBLE, colour_of, contrast
from bot.interview.model import Interview
from bot.interview.names import UnknownNameError, find_person, names_of
from bot.interview.pack.choices import choice_mistakes
from bot.interview.pack.entries import (
    FactEntry,
    NumberedEntry,
    PromptEntry,
    QuestionEntry,
    SourcedEntry,
)
from bot.interview.pack.mistakes import FieldPath, Mistakes, Passage, Remark
from bot.interview.pack.source import Record
from bot.interview.words import fold
from bot.text import _

MAX_PEOPLE: Final = 100
MAX_TOPICS: Final = 200


class Rules:
    """Checks entries against each other and against the interview they belong to."""

    def __init__(self, interview: Interview, mistakes: Mistakes) -> None:
        self._interview = interview
        self._mistakes = mistakes
        self._topics: set[str] = set()

    def check_interview(self, path: Path, passage: Passage, numbers: Sequence[int]) -> None:
        """Check that people and exchanges can be told apart; `numbers` are as they stand there."""
        remarks = (*self._about_people(), *_about_exchanges(numbers), *self._about_colours())
        for remark in remarks:
            self._mistakes.note(path, passage, remark)

    def _about_people(self) -> Iterator[Remark]:
        people = self._interview.people
        names: dict[str, str] = {}
        for index, person in enumerate(people[:MAX_PEOPLE]):
            if not person.key:
                problem = _("the name {name!r} doesn't make a key", name=person.name)
                remedy = _('add one, such as key = "speaker-1"')
                yield Remark(problem, remedy, ["people", index, "name"])
            elif person.key in names:
                yield _same_key(person.name, names[person.key], index)
            names[person.key] = person.name
        if len(people) > MAX_PEOPLE:
            remedy = _("name at most {most}", most=MAX_PEOPLE)
            yield Remark(_("{count} people", count=len(people)), remedy, ["people", MAX_PEOPLE])

    def _about_colours(self) -> Iterator[Remark]:
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
            yield Remark(problem, remedy, ["colours", name])

    def check_facts(self, facts: Sequence[Record[FactEntry]]) -> None:
        self._check_numbers(facts)
        self._check_texts([(record, record.entry.text) for record in facts])
        for record in facts:
            self._check_source(record)
            self._check_people(record)
            self._check_topics(record)
            self._check_false_version(record)

    def check_questions(
        self, questions: Sequence[Record[QuestionEntry]], facts: set[int | None] | None
    ) -> None:
        """Check questions; `facts` are the numbers there are, None where some cannot be read."""
        self._check_numbers(questions)
        self._check_texts([(record, record.entry.prompt) for record in questions])
        for record in questions:
            self._check_source(record)
            self._check_choices(record)
            about = record.entry.about
            if facts is not None and about is not None and about not in facts:
                problem = _("there's no fact {number}", number=about)
                remedy = _("correct the number, or take the line out")
                self._note(record, Remark(problem, remedy, ["about"]))
        self._check_not_with(questions)

    def _check_not_with(self, questions: Sequence[Record[QuestionEntry]]) -> None:
        """Check that the questions to keep apart are there, and none is to be without itself."""
        numbers = {record.entry.number for record in questions}
        for record in questions:
            for index, number in enumerate(record.entry.not_with):
                path = ["not_with", index]
                if number == record.entry.number:
                    problem = _("not_with names the question itself")
                    remedy = _("name the others that give it away")
                    self._note(record, Remark(problem, remedy, path))
                elif number not in numbers and not self._mistakes.are_in(record.path):
                    problem = _("there's no question {number}", number=number)
                    remedy = _("correct the number, or take it out")
                    self._note(record, Remark(problem, remedy, path))

    def check_prompts(self, prompts: Sequence[Record[PromptEntry]]) -> None:
        self._check_numbers(prompts)
        self._check_texts([(record, record.entry.text) for record in prompts])

    def _check_numbers(self, entries: Sequence[Record[NumberedEntry]]) -> None:
        lines: dict[int, int] = {}
        for record in entries:
            number = record.entry.number
            if number is None:
                self._note(record, NO_NUMBER)
            elif number in lines:
                self._note(record, number_twice(number, lines[number]))
            else:
                lines[number] = record.line

    def _check_texts(self, texts: Sequence[tuple[Record[NumberedEntry], str]]) -> None:
        lines: dict[str, int] = {}
        for record, text in texts:
            if record.entry.withdrawn:
                continue
            first = lines.setdefault(fold(text), record.line)
            if first != record.line:
                field = "prompt" if isinstance(record.entry, QuestionEntry) else "text"
                self._note(record, text_twice(first, field))

    def _check_source(self, record: Record[SourcedEntry]) -> None:
        if record.entry.exchange not in self._interview.exchanges_by_number:
            self._note(record, no_exchange(record.entry.exchange))

    def _check_people(self, record: Record[FactEntry]) -> None:
        for index, key in enumerate(record.entry.people):
            if key not in self._interview.people_by_key:
                self._note(record, partial(no_person, self._interview, key, ["people", index]))
        for index in _repeated(record.entry.people):
            problem = _("the same person twice")
            self._note(record, Remark(problem, _("name each of them once"), ["people", index]))

    def _check_topics(self, record: Record[FactEntry]) -> None:
        self._topics.update(record.entry.topics or ())
        if len(self._topics) > MAX_TOPICS:
            self._topics.clear()
            self._note(record, TOO_MANY_TOPICS)

    def _check_false_version(self, record: Record[FactEntry]) -> None:
        fact = record.entry
        if fact.false_version and not fact.explanation:
            problem = _("a false version without an explanation")
            remedy = _("add one that says what is right")
            self._note(record, Remark(problem, remedy, ["false_version"], of_key=True))
        for remark in false_version_mistakes(fact.text, fact.false_version):
            self._note(record, remark)

    def _check_choices(self, record: Record[QuestionEntry]) -> None:
        question = record.entry
        for remark in choice_mistakes(question.prompt, question.right, question.wrong):
            self._note(record, remark)

    def _note(self, record: Record[NumberedEntry], remark: Remark | Callable[[], Remark]) -> None:
        self._mistakes.note(record.path, record.passage, remark)


NO_NUMBER: Final = Remark(
    _("number is missing"),
    _("add one that was never used, or let check --fix do it"),
)
TOO_MANY_TOPICS: Final = Remark(
    _("more than {most} topics", most=MAX_TOPICS), _("reuse the ones you have"), ["topics"]
)


def _about_exchanges(numbers: Sequence[int]) -> Iterator[Remark]:
    if 0 not in numbers:
        problem = _("no exchange has the number 0")
        yield Remark(problem, _("add one that introduces the interview"), ["exchanges", 0])
    for index in _repeated(numbers):
        problem = _("two exchanges have the number {number}", number=numbers[index])
        yield Remark(problem, _("number them in order"), ["exchanges", index, "number"])


def _repeated(values: Sequence[object]) -> Iterator[int]:
    """Give the places of values that were there before."""
    earlier: set[object] = set()
    for place, value in enumerate(values):
        if value in earlier:
            yield place
        earlier.add(value)


def number_twice(number: int, line: int) -> Remark:
    problem = _("line {line} already has the number {number}", number=number, line=line)
    return Remark(problem, _("give it a number that was never used"), ["number"])


def text_twice(line: int, field: str) -> Remark:
    problem = _("the same text as on line {line}", line=line)
    return Remark(problem, _("remove one, or set withdrawn = true"), [field])


def _same_key(name: str, other: str, index: int) -> Remark:
    if name == other:
        problem = _("{name!r} is there twice", name=name)
        remedy = _("take one out, or give one of them a key of their own")
        return Remark(problem, remedy, ["people", index])
    problem = _("{name!r} has the same key as {other!r}", name=name, other=other)
    return Remark(problem, _("give one of them another key"), ["people", index])


def no_exchange(number: int) -> Remark:
    problem = _("there's no exchange {number}", number=number)
    return Remark(problem, _("use one from interview.toml, or add it there"), ["exchange"])


def false_version_mistakes(text: str, false_version: str | None) -> Iterator[Remark]:
    """Say what is wrong with the false twin of a fact."""
    if false_version and fold(false_version) == fold(text):
        problem = _("the false version says what the fact says")
        yield Remark(problem, _("change what makes it false"), ["false_version"])


def no_person(interview: Interview, typed: str, path: FieldPath) -> Remark:
    """Say whom an entry may name: by the key, also where a name was typed."""
    problem = _("nobody in interview.toml has the key {key!r}", key=typed)
    keys = [key for part in typed.split(",") if (key := part.strip())]
    # A quote has one speaker.
    if len(path) > 1 and len(keys) > 1 and any(person.key in keys for person in interview.people):
        each = ", ".join(f'"{key}"' for key in keys)
        return Remark(problem, _("put each in quotation marks: {each}", each=each), path)
    with suppress(UnknownNameError):
        person = find_person(interview, typed)
        if fold(typed) in map(fold, names_of(person)):
            problem = _("{name!r} is a name, not a key", name=typed)
        remedy = _('write "{key}", the key in interview.toml', key=person.key)
        return Remark(problem, remedy, path)
    all_keys = ", ".join(dict.fromkeys(f'"{person.key}"' for person in interview.people[:10]))
    return Remark(problem, _("there are {keys}", keys=all_keys), path)
