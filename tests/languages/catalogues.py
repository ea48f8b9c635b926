"""The catalogues, made from the code with Babel: what there is to say, and how it is compiled."""

import ast
import io
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bot.text import DOMAIN, LOCALES

ROOT: Final = LOCALES.parent.parent
_KEYWORDS: Final = {"_": None, "plural": (1, 2)}


_HEADER: Final = """\
# What Encore says to members.
msgid ""
msgstr ""
"Language: {locale}\\n"
"Plural-Forms: {plural_forms}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Completeness:
    """How much of what there is to say a language says; the rest is in English."""

    translated: int
    total: int
    unused: int
    """Translations of what is said no more."""

    def __str__(self) -> str:
        # Rounded down, so that 100 % is all of it.
        percent = 100 * self.translated // self.total
        unused = f"; said no more: {self.unused}" if self.unused else ""
        return f"{percent} %, {self.translated} of {self.total} messages{unused}"


def languages() -> list[str]:
    return sorted(path.name for path in LOCALES.iterdir() if path.is_dir())


def po_path(locale: str) -> Path:
    return LOCALES / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def template() -> Catalog:
    """Collect what there is to say."""
    with (ROOT / "babel.cfg").open("r", encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(project="Encore", charset="utf-8")
    found = extract_from_dir(str(ROOT), methods, options, _KEYWORDS)
    for path, _line, message, _comments, _context in sorted(found, key=lambda one: one[:2]):
        catalogue.add(message, locations=[(path, 0)])
    for path in sorted((ROOT / "cogs").rglob("*.py")):
        for description in _descriptions(path):
            catalogue.add(description, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def _descriptions(path: Path) -> Iterator[str]:
    """List what Discord shows of commands and options: it stands in their docstrings."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.AsyncFunctionDef):
            continue
        marks = [ast.unparse(one) for one in node.decorator_list]
        if not any(mark.startswith("app_commands.command") for mark in marks):
            continue
        first, _args, arguments = (ast.get_docstring(node) or "").partition("Args:")
        yield first.strip()
        for line in arguments.strip().splitlines():
            name, _colon, told = line.strip().partition(": ")
            if name != "interaction":
                yield told


def read(locale: str) -> Catalog:
    with po_path(locale).open("rb") as file:
        return read_po(file, locale, DOMAIN)


def is_translated(message: Message) -> bool:
    """Say whether a message is shown in the language: all its forms are there, and are sure."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms) and not message.fuzzy


def completeness(catalogue: Catalog, source: Catalog) -> Completeness:
    """Hold a catalogue against what there is to say."""
    said = {message.id for message in source if message.id}
    translated = {message.id for message in catalogue if message.id and is_translated(message)}
    unused = len(translated - said) + len(catalogue.obsolete)
    return Completeness(len(translated & said), len(said), unused)


def compiled(catalogue: Catalog) -> bytes:
    """Compile what is translated; what is not, gettext then gives in English."""
    catalogue = deepcopy(catalogue)
    # The same catalogue is the same file, whenever it is compiled.
    catalogue.creation_date = catalogue.revision_date = _NEVER
    for message in catalogue:
        # Babel would fill in the English forms, among which the language's own rule chooses:
        # French would say "1 quote" of none, Japanese of any number.
        if message.id and not is_translated(message):
            message.string = ""
    whole = io.BytesIO()
    write_mo(whole, catalogue)
    return whole.getvalue()


def begin(locale: str) -> None:
    """Make an empty catalogue for a language, unless there is one."""
    if po_path(locale).exists():
        return
    po_path(locale).parent.mkdir(parents=True, exist_ok=True)
    _write(locale, Catalog(locale, DOMAIN, project="Encore", charset="utf-8"))


def update(locale: str) -> Catalog:
    """Add what is new to say, take out what is said no more, and compile the catalogue."""
    catalogue = read(locale)
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    _write(locale, catalogue)
    po_path(locale).with_suffix(".mo").write_bytes(compiled(catalogue))
    return catalogue


def _write(locale: str, catalogue: Catalog) -> None:
    whole = io.BytesIO()
    write_po(whole, catalogue, width=100, omit_header=True, include_lineno=False)
    header = _HEADER.format(locale=locale, plural_forms=catalogue.plural_forms)
    po_path(locale).write_bytes(header.encode() + whole.getvalue())
