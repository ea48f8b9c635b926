"""A pack's own words in other languages, as they stand beside it: fr.toml, pt-BR.toml."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, cast

from bot.interview.model import Interview
from bot.interview.pack.entries import Choice, Entry
from bot.interview.pack.field_names import nearest
from bot.interview.pack.files import NAMES as NAMES_OF_FILES
from bot.interview.pack.files import language_files
from bot.interview.pack.mistakes import MAX_MISTAKES, Mistakes, Passage, Remark, Spot
from bot.interview.pack.source import validated
from bot.interview.pack.toml_files import TomlFile, read_parts
from bot.interview.pack.toml_lines import TomlPassage
from bot.interview.pack.translatable import KINDS, NAMES, SINGLE, TOPICS, Fields, Original, Place
from bot.interview.pack.translation_rules import TranslationRules
from bot.interview.words import fold
from bot.text import Text, _

_LOCALES: Final = (
    "bg cs da de el en-GB en-US es-419 es-ES fi fr hi hr hu id it ja ko lt nl no pl pt-BR ro ru"
    " sv-SE th tr uk vi zh-CN zh-TW"
)
"""The languages that a member of Discord may have chosen."""
_MOST_NAMED: Final = 12
"""Entries that are named where many are not translated."""


class _TopicNames(Entry):
    topics: dict[str, Choice]


@dataclass(frozen=True, slots=True)
class Translation:
    """What a pack says in one language: whole entries, and none whose original has changed."""

    path: Path
    language: str
    entries: Mapping[Place, Fields]
    topics: Mapping[str, str]
    passage: Passage

    def numbered(self, kind: str) -> Iterator[tuple[int, Fields]]:
        """List the entries of a kind by their numbers."""
        for (entry_kind, key), fields in self.entries.items():
            if entry_kind == kind:
                yield int(key), fields

    def interview(self, original: Interview) -> Interview:
        """Put an interview into the language, as far as it is translated."""
        people = (
            replace(person, **self.entries.get(("person", person.key), {}))
            for person in original.people
        )
        exchanges = (
            replace(exchange, **self.entries.get(("exchange", str(exchange.number)), {}))
            for exchange in original.exchanges
        )
        return replace(
            original,
            people=tuple(people),
            exchanges=tuple(exchanges),
            topic_names=tuple(self.topics.items()),
            **self.entries.get((SINGLE, ""), {}),
        )


def read_translations(
    folder: Path,
    language: str,
    originals: Mapping[Place, Original],
    mistakes: Mistakes,
    hints: Mistakes,
) -> list[Translation]:
    """Read what stands beside a pack in `language`; notes what is wrong and what is missing."""
    # Of what could not be read nobody knows what it translates.
    is_whole = not mistakes.are_in(*(folder / name for name in NAMES_OF_FILES))
    translations: list[Translation] = []
    for path in language_files(folder):
        if path.stem.casefold() == language.casefold():
            problem = _("the pack itself is in {language!r}", language=language)
            remedy = _("correct language in interview.toml, or the name of this file")
            mistakes.add(path, Spot(1), problem, remedy)
        elif (file := read_parts(path, mistakes)) is not None:
            _hint_at_language(path, hints)
            translations.append(_read(file, originals, mistakes, hints, is_whole=is_whole))
    return translations


def check_topics(
    translation: Translation, topics: Sequence[str], mistakes: Mistakes, hints: Mistakes
) -> None:
    """Hold the names of topics against those that a pack has; known when all of it was read."""
    path, passage = translation.path, translation.passage
    for topic in sorted(translation.topics.keys() - set(topics)):
        problem = _("there's no topic {topic!r} in the pack", topic=topic)
        remedy = _("write it as the pack does, or take it out")
        if (match := nearest(topic, topics)) is not None:
            remedy = _("did you mean {topic!r}?", topic=match)
        mistakes.note(path, passage, Remark(problem, remedy, [TOPICS, topic], of_key=True))
    # Members may type either name of a topic.
    by_name = {fold(topic): topic for topic in topics}
    for topic, name in translation.topics.items():
        if (other := by_name.setdefault(fold(name), topic)) != topic:
            problem = _("{topic!r} has the same name as {other!r}", topic=topic, other=other)
            remark = Remark(problem, _("give it another name"), [TOPICS, topic])
            mistakes.note(path, passage, remark)
    untranslated = [topic for topic in topics if topic not in translation.topics]
    _hint_at_missing(path, TOPICS, untranslated, hints)


def _read(
    file: TomlFile,
    originals: Mapping[Place, Original],
    mistakes: Mistakes,
    hints: Mistakes,
    *,
    is_whole: bool,
) -> Translation:
    path, content = file.path, file.content
    rules = TranslationRules(file, originals, mistakes, hints, is_whole=is_whole)
    _refuse_other_parts(file, mistakes)
    rows = dict(rows_of(content))
    entries = {place: rules.accept(place, row) for place, row in rows.items()}
    for kind in KINDS if file.whole else ():
        untranslated = [
            key
            for (entry_kind, key), original in originals.items()
            if entry_kind == kind and (entry_kind, key) not in rows and _needs_translation(original)
        ]
        _hint_at_missing(path, kind, untranslated, hints)
    row = {TOPICS: content.get(TOPICS, {})}
    passage = TomlPassage(file.lines)
    names = validated(_TopicNames, row, path, mistakes, passage)
    return Translation(
        path,
        path.stem,
        {place: fields for place, fields in entries.items() if fields},
        names.topics if names else {},
        passage,
    )


def _refuse_other_parts(file: TomlFile, mistakes: Mistakes) -> None:
    passage = TomlPassage(file.lines)
    for name in sorted(file.content.keys() - {TOPICS})[:MAX_MISTAKES]:
        if name not in KINDS or not isinstance(file.content[name], dict):
            mistakes.note(file.path, passage, Remark(*_not_translated(name), [name], of_key=True))


def rows_of(content: Mapping[str, Any]) -> Iterator[tuple[Place, object]]:
    """List the entries of a file, whatever they hold."""
    for kind, table in content.items():
        if kind == SINGLE:
            yield (kind, ""), table
        elif kind in KINDS and isinstance(table, dict):
            for key, row in cast("dict[str, object]", table).items():
                yield (kind, key), row


def _needs_translation(original: Original) -> bool:
    return not original.is_withdrawn and bool(original.fields.keys() - NAMES)


def _not_translated(name: str) -> tuple[Text, Text]:
    if name in ("quote", "quotes"):
        problem = _("quotes are never translated")
        return problem, _("take them out; they are shown as they were said")
    if name in KINDS:
        problem = _("it doesn't say which {kind} it is", kind=name)
        return problem, _("begin each entry with a header such as [{kind}.1]", kind=name)
    problem = _("there's no part {name!r} in a translation", name=name[:60])
    if (match := nearest(name, [*KINDS, TOPICS])) is not None:
        header = f"[{match}]" if match in (SINGLE, TOPICS) else f"[{match}.1]"
        return problem, _("write {header}", header=header)
    return problem, _("use one of {parts}", parts=", ".join([*KINDS, TOPICS]))


def _hint_at_language(path: Path, hints: Mistakes) -> None:
    if not any(path.stem in (locale, locale.partition("-")[0]) for locale in _LOCALES.split()):
        problem = _("no member of Discord can choose the language {name!r}", name=path.stem)
        remedy = _("name the file after one of {known}", known=_LOCALES.replace(" ", ", "))
        hints.add(path, Spot(1), problem, remedy)


def _hint_at_missing(path: Path, kind: str, keys: Sequence[str], hints: Mistakes) -> None:
    """Say what is shown in the pack's language for want of a translation."""
    if not keys:
        return
    first_keys = ", ".join(keys[:_MOST_NAMED])
    problem = _("not translated: {kind} {told}", kind=kind, told=first_keys)
    if len(keys) > _MOST_NAMED:
        problem = _("{what}, … ({count} in all)", what=problem, count=len(keys))
    hints.add(path, Spot(1), problem, _("until it is, members see it in the pack's own language"))
