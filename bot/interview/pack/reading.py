"""A pack's folder as rows of the model; every mistake in it is noted, none stops the reading."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from bot.interview.model import (
    Answer,
    Exchange,
    Fact,
    Interview,
    Person,
    Prompt,
    Question,
    Quote,
    Spoiler,
)
from bot.interview.names import fold
from bot.interview.pack import files
from bot.interview.pack.entries import (
    AdditionEntry,
    AnswerEntry,
    ExchangeEntry,
    FactEntry,
    InterviewEntry,
    PersonEntry,
    PromptEntry,
    QuestionEntry,
    QuoteEntry,
    SourcedEntry,
    spoiler_of,
)
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.quote_rules import QuoteRules, has_source
from bot.interview.pack.rules import Rules
from bot.interview.pack.source import (
    Placed,
    entry_lines,
    read_entries,
    read_lines,
    read_toml,
    validated,
)
from bot.text import _

_SLUG: Final = re.compile(r"[a-z0-9-]{1,32}")


@dataclass
class Pack:
    """An interview with its items; quotes and answers are streamed, however many there are.

    `folders` are the pack's own and those that add to it. `mature_words` mark what a loaded
    transcript may show in age-restricted channels only.
    """

    folders: list[Path]
    interview: Interview
    facts: list[Fact]
    questions: list[Question]
    prompts: list[Prompt]
    mature_words: tuple[str, ...]
    mistakes: Mistakes

    @property
    def folder(self) -> Path:
        return self.folders[0]

    def quotes(self) -> Iterator[Quote]:
        """Read the quotes; the mistakes in them are known when the last was read."""
        with closing(QuoteRules(self.interview, self.mistakes)) as rules:
            for placed in self.quote_entries():
                if rules.accept(placed):
                    yield _quote(placed.entry, self.interview)

    def answers(self) -> Iterator[Answer]:
        """Read what was said to each question, where a transcript was loaded."""
        slug = self.interview.slug
        for folder in self.folders:
            for placed in read_lines(folder / files.ANSWERS, AnswerEntry, self.mistakes):
                entry = placed.entry
                if has_source(self.interview, entry, placed.path, placed.line, self.mistakes):
                    yield Answer(slug, entry.exchange, entry.speaker, tuple(entry.sentences))

    def quote_entries(self) -> Iterator[Placed[QuoteEntry]]:
        """Read the quotes as they stand in the files, withdrawn ones among them."""
        for folder in self.folders:
            yield from read_entries(folder / files.QUOTES, "quotes", QuoteEntry, self.mistakes)
            yield from read_lines(folder / files.QUOTES_STREAMED, QuoteEntry, self.mistakes)


@dataclass
class Packs:
    """All packs there are and what is wrong with them."""

    packs: list[Pack] = field(default_factory=list[Pack])
    mistakes: Mistakes = field(default_factory=Mistakes)


def read_packs(folders: Sequence[Path]) -> Packs:
    """Read packs and what was loaded to add to them; a later folder of the same name is refused."""
    found = Packs()
    additions: dict[str, list[Path]] = {}
    for folder in folders:
        slug = _adds_to(folder)
        if slug is None:
            _add(found, folder)
        else:
            additions.setdefault(slug, []).append(folder)
    by_slug = {pack.interview.slug: pack for pack in found.packs}
    for slug, added in additions.items():
        if slug in by_slug:
            by_slug[slug].folders.extend(added)
        else:
            _miss_base(found.mistakes, added[0], slug)
    return found


def read_pack(folder: Path, mistakes: Mistakes | None = None) -> Pack | None:
    """Read one pack; None where its interview.toml cannot be understood."""
    mistakes = Mistakes() if mistakes is None else mistakes
    path = folder / files.INTERVIEW
    if not _SLUG.fullmatch(folder.name):
        mistakes.add(
            path,
            1,
            _("the folder's name {name!r} cannot stand in a button", name=folder.name),
            _("use at most 32 small letters, digits and hyphens"),
        )
        return None
    content = read_toml(path, mistakes)
    if content is None:
        return None
    text = path.read_text("utf-8-sig")
    lines = {table: entry_lines(text, table) for table in ("people", "exchanges")}
    entry = validated(InterviewEntry, content, path, 1, mistakes, lines)
    if entry is None:
        return None
    interview = _interview(folder.name, entry)
    Rules(interview, mistakes).check_interview(path, lines)
    return _with_items(folder, interview, entry, mistakes)


def _with_items(
    folder: Path, interview: Interview, entry: InterviewEntry, mistakes: Mistakes
) -> Pack:
    rules = Rules(interview, mistakes)
    facts = list(read_entries(folder / files.FACTS, "facts", FactEntry, mistakes))
    questions = list(read_entries(folder / files.TRIVIA, "questions", QuestionEntry, mistakes))
    prompts = list(read_entries(folder / files.PROMPTS, "prompts", PromptEntry, mistakes))
    rules.check_facts(facts)
    rules.check_questions(questions, {placed.entry.number for placed in facts})
    rules.check_prompts(prompts)
    kept_facts = [_fact(placed.entry, interview) for placed in facts if not placed.entry.withdrawn]
    return Pack(
        [folder],
        interview,
        _placed_among_their_kind(kept_facts),
        [_question(one.entry, interview) for one in questions if not one.entry.withdrawn],
        [
            Prompt(interview.slug, one.entry.number or 0, one.entry.text)
            for one in prompts
            if not one.entry.withdrawn
        ],
        tuple(entry.mature_words),
        mistakes,
    )


def _adds_to(folder: Path) -> str | None:
    """Give the interview to which a loaded folder adds, None for a pack of its own."""
    content = read_toml(folder / files.INTERVIEW, Mistakes()) or {}
    if "adds_to" not in content:
        return None
    entry = validated(AdditionEntry, content, folder / files.INTERVIEW, 1, Mistakes())
    return entry.adds_to if entry else ""


def _add(found: Packs, folder: Path) -> None:
    if any(pack.interview.slug == folder.name for pack in found.packs):
        found.mistakes.add(
            folder / files.INTERVIEW,
            1,
            _("there is another interview named {name!r}", name=folder.name),
            _("rename one of the two folders"),
        )
    elif pack := read_pack(folder, found.mistakes):
        found.packs.append(pack)


def _miss_base(mistakes: Mistakes, folder: Path, slug: str) -> None:
    mistakes.add(
        folder / files.INTERVIEW,
        1,
        _("adds to the interview {slug!r}, which is not there", slug=slug),
        _("put that pack back, or remove the folder"),
    )


def _interview(slug: str, entry: InterviewEntry) -> Interview:
    exchanges = sorted(map(_exchange, entry.exchanges), key=lambda exchange: exchange.number)
    return Interview(
        slug,
        entry.title,
        entry.work or entry.title,
        entry.outlet,
        entry.byline or "",
        entry.link or "",
        entry.language,
        entry.rights or "",
        tuple(map(_person, entry.people)),
        tuple(exchanges),
    )


def _person(entry: PersonEntry) -> Person:
    return Person(
        entry.key or person_key(entry.name),
        entry.name,
        tuple(entry.aliases),
        entry.role or "",
        entry.part or "",
        entry.pronoun or "",
    )


def person_key(name: str) -> str:
    """Make a key out of a name; empty where no letter of it can stand in a button."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:24].strip("-")


def _exchange(entry: ExchangeEntry) -> Exchange:
    return Exchange(
        entry.number,
        entry.title,
        entry.summary,
        tuple(entry.topics),
        spoiler_of(entry.spoiler),
        entry.link or "",
    )


def _quote(entry: QuoteEntry, interview: Interview) -> Quote:
    exchange = interview.exchanges_by_number[entry.exchange]
    return Quote(
        interview.slug,
        entry.number or 0,
        entry.exchange,
        entry.speaker,
        entry.text,
        _topics(entry.topics, exchange),
        _spoiler(entry, exchange),
        entry.mature,
        entry.drawn,
    )


def _fact(entry: FactEntry, interview: Interview) -> Fact:
    exchange = interview.exchanges_by_number.get(entry.exchange, _NOWHERE)
    return Fact(
        interview.slug,
        entry.number or 0,
        tuple(sorted(entry.people)),
        entry.exchange,
        entry.text,
        _topics(entry.topics, exchange),
        _spoiler(entry, exchange),
        entry.mature,
        entry.who or "",
        entry.false_version or "",
        entry.explanation or "",
    )


def _question(entry: QuestionEntry, interview: Interview) -> Question:
    exchange = interview.exchanges_by_number.get(entry.exchange, _NOWHERE)
    return Question(
        interview.slug,
        entry.number or 0,
        entry.exchange,
        entry.prompt,
        entry.right,
        tuple(entry.wrong),
        entry.explanation,
        entry.difficulty,
        entry.about,
        _spoiler(entry, exchange),
        entry.mature,
    )


_NOWHERE: Final = Exchange(0, "", "")


def _topics(own: Sequence[str] | None, exchange: Exchange) -> tuple[str, ...]:
    return tuple(dict.fromkeys(exchange.topics if own is None else own))


def _spoiler(entry: SourcedEntry, exchange: Exchange) -> Spoiler:
    return exchange.spoiler if entry.spoiler is None else spoiler_of(entry.spoiler)


def _placed_among_their_kind(facts: Sequence[Fact]) -> list[Fact]:
    """Count the facts about the same people, for "Fact 7 of 17 about Kylie"."""
    counts = Counter(fact.people for fact in facts)
    seen: Counter[tuple[str, ...]] = Counter()
    placed: list[Fact] = []
    for fact in facts:
        seen[fact.people] += 1
        placed.append(replace(fact, place=seen[fact.people], of=counts[fact.people]))
    return placed
