"""One interview's folder as rows of the model; a mistake in it is noted and stops nothing."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from heapq import merge
from pathlib import Path
from typing import Final, TypeVar

from bot.interview.model import Answer, CuratedQuestion, Fact, Interview, ItemKind, Prompt, Quote
from bot.interview.pack import files
from bot.interview.pack.entries import (
    AnswerEntry,
    FactEntry,
    InterviewEntry,
    NumberedEntry,
    PromptEntry,
    QuestionEntry,
    QuoteEntry,
)
from bot.interview.pack.items import (
    count_facts,
    fact_of,
    interview_of,
    question_of,
    quote_of,
)
from bot.interview.pack.mistakes import Mistakes, Remark, Spot
from bot.interview.pack.quote_rules import QuoteRules, has_source
from bot.interview.pack.rules import Rules
from bot.interview.pack.source import Record, read_entries, read_lines, validated
from bot.interview.pack.toml_files import read_parts
from bot.interview.pack.toml_lines import TomlPassage
from bot.interview.pack.translatable import Original, Place, originals
from bot.interview.pack.translation import Translation, check_topics, read_translations
from bot.process.progress import UNSEEN, Meter
from bot.text import _

E = TypeVar("E", bound=NumberedEntry)

_EMPTY: Final = Remark(
    _("nothing is filled in here"),
    _("write at least title, outlet, [[people]] and [[exchanges]]; new-pack starts such a file"),
)


@dataclass
class Pack:
    """An interview with its items; quotes and answers are streamed, however many there are.

    `folders` are the pack's own and those that add to it. `mature_words` mark what a loaded
    transcript may show in age-restricted channels only. `withdrawn` numbers are those of items
    there were; those of quotes are among them when the last quote was read. `originals` are what
    can be translated, `hints` what the translations still lack. `meter` counts what is streamed.
    """

    folders: list[Path]
    interview: Interview
    facts: list[Fact]
    questions: list[CuratedQuestion]
    prompts: list[Prompt]
    mature_words: tuple[str, ...]
    mistakes: Mistakes
    withdrawn: set[tuple[ItemKind, int]]
    originals: Mapping[Place, Original]
    translations: list[Translation]
    hints: Mistakes
    meter: Meter = UNSEEN

    @property
    def folder(self) -> Path:
        return self.folders[0]

    def quotes(self) -> Iterator[Quote]:
        """Read the quotes; the mistakes in them are known when the last was read."""
        sources = (*self.interview.exchanges, *self.facts)
        topics = dict.fromkeys(topic for source in sources for topic in source.topics)
        with closing(QuoteRules(self.interview, self.mistakes)) as rules:
            for record in self.quote_entries():
                if rules.accept(record):
                    quote = quote_of(record.entry, self.interview)
                    topics.update(dict.fromkeys(quote.topics))
                    yield quote
                else:
                    self.withdrawn.update(_withdrawn_items(ItemKind.QUOTE, [record]))
        for translation in self.translations:
            check_topics(translation, list(topics), self.mistakes, self.hints)

    def answers(self) -> Iterator[Answer]:
        """Read what was said to each question, where a transcript was loaded."""
        slug = self.interview.slug
        for folder in self.folders:
            path = folder / files.ANSWERS
            for record in self.meter.over(read_lines(path, AnswerEntry, self.mistakes)):
                entry = record.entry
                if has_source(self.interview, record, self.mistakes):
                    yield Answer(slug, entry.exchange, entry.speaker, tuple(entry.sentences))

    def quote_entries(self) -> Iterator[Record[QuoteEntry]]:
        """Read the quotes as they stand in the files, withdrawn ones among them.

        Those that a later day brought come later, in whatever file they stand.
        """
        streams: list[Iterable[Record[QuoteEntry]]] = []
        for folder in self.folders:
            streams.append(_entries(folder / files.QUOTES, "quotes", QuoteEntry, self.mistakes))
            path = folder / files.QUOTES_STREAMED
            streams.append(read_lines(path, QuoteEntry, self.mistakes))
        return self.meter.over(merge(*streams, key=_since))


def read_pack(folder: Path, mistakes: Mistakes | None = None) -> Pack | None:
    """Read one pack; None where its interview.toml cannot be understood."""
    mistakes = Mistakes() if mistakes is None else mistakes
    path = folder / files.INTERVIEW
    if not files.is_slug(folder.name):
        mistakes.add(
            path,
            Spot(1),
            _("the folder's name {name!r} doesn't fit in a button", name=folder.name),
            _("use at most 32 lowercase letters, digits and hyphens"),
        )
        return None
    file = read_parts(path, mistakes, "people", "exchanges")
    if file is None:
        return None
    passage = TomlPassage(file.lines)
    if file.whole and not file.content:
        mistakes.note(path, passage, _EMPTY)
        return None
    # What is missing in one that cannot be read whole may stand in the rest.
    is_whole = file.whole
    entry = validated(InterviewEntry, file.content, path, mistakes, passage, is_whole=is_whole)
    if entry is None:
        return None
    interview = interview_of(folder.name, entry)
    numbers = [exchange.number for exchange in entry.exchanges]
    Rules(interview, mistakes).check_interview(path, passage, numbers)
    return _with_items(folder, interview, entry, mistakes)


def _with_items(
    folder: Path, interview: Interview, entry: InterviewEntry, mistakes: Mistakes
) -> Pack:
    rules = Rules(interview, mistakes)
    facts = _entries(folder / files.FACTS, "facts", FactEntry, mistakes)
    questions = _entries(folder / files.TRIVIA, "questions", QuestionEntry, mistakes)
    prompts = _entries(folder / files.PROMPTS, "prompts", PromptEntry, mistakes)
    rules.check_facts(facts)
    has_all_facts = not mistakes.are_in(folder / files.FACTS)
    fact_numbers = {record.entry.number for record in facts}
    rules.check_questions(questions, fact_numbers if has_all_facts else None)
    rules.check_prompts(prompts)
    words = originals(entry, interview, facts, questions, prompts)
    hints = Mistakes()
    withdrawn = {
        *_withdrawn_items(ItemKind.FACT, facts),
        *_withdrawn_items(ItemKind.QUESTION, questions),
    }
    return Pack(
        [folder],
        interview,
        count_facts([fact_of(fact, interview) for fact in _in_use(facts)]),
        [question_of(question, interview) for question in _in_use(questions)],
        [Prompt(interview.slug, prompt.number or 0, prompt.text) for prompt in _in_use(prompts)],
        tuple(entry.mature_words),
        mistakes,
        withdrawn,
        words,
        read_translations(folder, interview.language, words, mistakes, hints),
        hints,
    )


def _entries(path: Path, table: str, kind: type[E], mistakes: Mistakes) -> list[Record[E]]:
    """Read the entries of a file, those that a later day brought behind the others."""
    return sorted(read_entries(path, table, kind, mistakes), key=_since)


def _in_use(records: Iterable[Record[E]]) -> list[E]:
    return [record.entry for record in records if not record.entry.withdrawn]


def _since(record: Record[NumberedEntry]) -> date:
    return record.entry.since or date.min


def _withdrawn_items(
    kind: ItemKind, entries: Iterable[Record[NumberedEntry]]
) -> Iterator[tuple[ItemKind, int]]:
    for record in entries:
        if record.entry.withdrawn and record.entry.number is not None:
            yield kind, record.entry.number
