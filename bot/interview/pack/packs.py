"""A pack's folder as rows of the model; every mistake in it is noted, none stops the reading."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from heapq import merge
from itertools import chain
from pathlib import Path
from typing import Final, TypeVar

from bot.interview.model import Answer, CuratedQuestion, Fact, Interview, ItemKind, Prompt, Quote
from bot.interview.pack import files
from bot.interview.pack.entries import (
    AdditionEntry,
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
from bot.interview.pack.source import (
    Record,
    read_entries,
    read_lines,
    validated,
)
from bot.interview.pack.toml_files import read_parts
from bot.interview.pack.toml_lines import TomlPassage
from bot.interview.pack.translatable import Original, Place, originals
from bot.interview.pack.translation import Translation, check_topics, read_translations
from bot.process.progress import NOBODY, UNSEEN, Meter, Progress
from bot.text import _

E = TypeVar("E", bound=NumberedEntry)

_TABLES: Final = (
    (files.QUOTES, "quotes", QuoteEntry),
    (files.FACTS, "facts", FactEntry),
    (files.TRIVIA, "questions", QuestionEntry),
    (files.PROMPTS, "prompts", PromptEntry),
)
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


@dataclass
class Packs:
    """All packs there are and what is wrong with them.

    `unread` are the folders whose interview.toml cannot be understood.
    """

    packs: list[Pack] = field(default_factory=list[Pack])
    unread: list[Path] = field(default_factory=list[Path])
    mistakes: Mistakes = field(default_factory=Mistakes)


def read_packs(folders: Sequence[Path], meter: Meter = UNSEEN) -> Packs:
    """Read packs and what was loaded to add to them; a later folder of the same name is refused.

    `meter` counts their quotes and answers whenever they are streamed.
    """
    packs = Packs()
    additions: dict[str, list[Path]] = {}
    for folder in folders:
        slug = _adds_to(folder)
        if slug is None:
            _add(packs, folder)
        else:
            additions.setdefault(slug, []).append(folder)
    for pack in packs.packs:
        pack.meter = meter
    by_slug = {pack.interview.slug: pack for pack in packs.packs}
    for slug, addition_folders in additions.items():
        if slug in by_slug:
            by_slug[slug].folders.extend(addition_folders)
        else:
            _miss_base(packs.mistakes, addition_folders[0], slug)
    return packs


def meter_of(folders: Sequence[Path], progress: Progress) -> Meter:
    """Give what counts the entries of some packs as they are streamed once."""
    return Meter(progress, files.count_entries(folders))


def mistakes_in(folders: Sequence[Path], progress: Progress = NOBODY) -> Mistakes:
    """Find every mistake in some packs, those in what is streamed among them."""
    packs = read_packs(folders, meter_of(folders, progress))
    for pack in packs.packs:
        for _item in chain(pack.quotes(), pack.answers()):
            pass
    for folder in packs.unread:
        _check_apart(folder, packs.mistakes)
    return packs.mistakes


def _check_apart(folder: Path, mistakes: Mistakes) -> None:
    """Look at each entry by itself, where nobody knows to which people and exchanges it belongs."""
    for name, table, kind in _TABLES:
        for _record in read_entries(folder / name, table, kind, mistakes):
            pass
    for name, kind in ((files.QUOTES_STREAMED, QuoteEntry), (files.ANSWERS, AnswerEntry)):
        for _record in read_lines(folder / name, kind, mistakes):
            pass


def bases_of(folders: Sequence[Path], packs_dir: Callable[[], Path]) -> list[Path]:
    """List the packs to which some folders add, and which are not among them."""
    slugs = dict.fromkeys(slug for folder in folders if (slug := _adds_to(folder)))
    names = {folder.name for folder in folders if _adds_to(folder) is None}
    bases = [packs_dir() / slug for slug in slugs if slug not in names]
    return [base for base in bases if files.is_pack(base)]


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


def _adds_to(folder: Path) -> str | None:
    """Give the interview to which a loaded folder adds, None for a pack of its own."""
    path = folder / files.INTERVIEW
    file = read_parts(path, Mistakes())
    if file is None or "adds_to" not in file.content:
        return None
    entry = validated(AdditionEntry, file.content, path, Mistakes(), TomlPassage(file.lines))
    return entry.adds_to if entry else ""


def _add(packs: Packs, folder: Path) -> None:
    if any(pack.interview.slug == folder.name for pack in packs.packs):
        packs.mistakes.add(
            folder / files.INTERVIEW,
            Spot(1),
            _("another interview is also named {name!r}", name=folder.name),
            _("rename one of the two folders"),
        )
    elif pack := read_pack(folder, packs.mistakes):
        packs.packs.append(pack)
    else:
        packs.unread.append(folder)


def _miss_base(mistakes: Mistakes, folder: Path, slug: str) -> None:
    mistakes.add(
        folder / files.INTERVIEW,
        Spot(1),
        _("adds to the interview {slug!r}, which doesn't exist", slug=slug),
        _("put that pack back, or remove the folder"),
    )
