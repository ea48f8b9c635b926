"""What must be true of a translated entry, beside the entry that it translates."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.interview.pack.choices import choice_hints, choice_mistakes
from bot.interview.pack.mistakes import Mistakes, Remark
from bot.interview.pack.rules import false_version_mistakes
from bot.interview.pack.source import validated
from bot.interview.pack.toml_files import TomlFile
from bot.interview.pack.toml_lines import TOP, TomlPassage
from bot.interview.pack.translatable import KINDS, NAMES, Fields, Original, Place, fields_of
from bot.interview.words import fold
from bot.text import _

_TEXTS: Final = {"exchange": "title", "fact": "text", "question": "prompt", "prompt": "text"}
"""The field by which members tell the entries of a kind apart."""


class TranslationRules:
    """Checks the entries of one file."""

    def __init__(
        self,
        file: TomlFile,
        originals: Mapping[Place, Original],
        mistakes: Mistakes,
        hints: Mistakes,
        *,
        is_whole: bool,
    ) -> None:
        self._file = file
        self._path = file.path
        self._originals = originals
        self._mistakes = mistakes
        self._hints = hints
        self._is_whole = is_whole
        self._texts: dict[tuple[str, str], Place] = {}

    def accept(self, place: Place, row: object) -> Fields | None:
        """Read an entry; None, with the reason noted, where it cannot be shown."""
        original = self._originals.get(place)
        if original is None:
            return self._miss(place)
        if original.is_withdrawn:
            problem = _("{name} was withdrawn", name=name_of(place))
            return self._hint(place, Remark(problem, _("take its translation out")))
        passage = self._passage(place)
        is_whole = self._file.lines.tables.get(name_of(place)) not in self._file.partial
        entry = validated(
            KINDS[place[0]], row, self._path, self._mistakes, passage, is_whole=is_whole
        )
        if entry is None:
            return None
        fields = fields_of(entry)
        remarks = list(_unlike(fields, original)) or list(self._wrong(place, fields))
        for remark in remarks:
            self._mistakes.note(self._path, passage, remark)
        if remarks:
            return None
        if entry.source not in (None, original.fingerprint):
            problem = _("{name} has changed since, so this is not shown", name=name_of(place))
            remedy = _("check it, delete its source line, then run check --fix")
            return self._hint(place, Remark(problem, remedy, ["source"]))
        self._hint_at_choices(place, fields)
        return fields

    def _miss(self, place: Place) -> None:
        """Say that an entry translates nothing, where all of the pack could be read."""
        if not self._is_whole:
            return
        kind, key = place
        problem = _("there's no {kind} {key} in the pack", kind=kind, key=key[:60])
        remedy = _("correct the number, or take the entry out")
        if kind == "person":
            remedy = _("write the key of somebody in interview.toml, or take the entry out")
        self._mistakes.note(self._path, self._passage(place), Remark(problem, remedy))

    def _wrong(self, place: Place, fields: Fields) -> Iterator[Remark]:
        if place[0] == "question":
            yield from choice_mistakes(fields["prompt"], fields["right"], fields["wrong"])
        if place[0] == "fact":
            yield from false_version_mistakes(fields["text"], fields.get("false_version"))
        if other := self._same_text(place, fields):
            problem = _("the same text as {other}", other=name_of(other))
            yield Remark(problem, _("reword one of them"), [_TEXTS[place[0]]])

    def _same_text(self, place: Place, fields: Fields) -> Place | None:
        """Find an entry that cannot be told from this one, though in the pack it can."""
        field = _TEXTS.get(place[0])
        if field is None:
            return None
        other = self._texts.setdefault((place[0], fold(fields[field])), place)
        ours, theirs = self._originals[place].fields, self._originals[other].fields
        return other if ours[field] != theirs[field] else None

    def _hint_at_choices(self, place: Place, fields: Fields) -> None:
        if place[0] == "question":
            for remark in choice_hints(fields["right"], fields["wrong"], fields["explanation"]):
                self._hint(place, remark)

    def _hint(self, place: Place, remark: Remark) -> None:
        self._hints.note(self._path, self._passage(place), remark)

    def _passage(self, place: Place) -> TomlPassage:
        return TomlPassage(self._file.lines, TOP, [part for part in place if part])


def name_of(place: Place) -> str:
    """Name an entry as its header does."""
    kind, key = place
    return f"{kind}.{key}" if key else kind


def _unlike(fields: Fields, original: Original) -> Iterator[Remark]:
    """Say what a translation lacks, and what it has beyond the original."""
    for field in sorted(original.fields.keys() - fields.keys() - NAMES):
        problem = _("{field} is missing", field=field)
        yield Remark(problem, _("translate it too, or take the whole entry out"))
    for field in sorted(fields.keys() - original.fields.keys()):
        problem = _("the pack has no {field} there", field=field)
        remedy = _("take it out, or add it to the pack first")
        yield Remark(problem, remedy, [field], of_key=True)
