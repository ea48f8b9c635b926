"""The catalogues, made from the code with Babel: what there is to say, and how it is compiled."""

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
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


def compiled(catalogue: Catalog) -> bytes:
    # The same catalogue is the same file, whenever it is compiled.
    catalogue.creation_date = catalogue.revision_date = _NEVER
    whole = io.BytesIO()
    write_mo(whole, catalogue)
    return whole.getvalue()


def begin(locale: str) -> None:
    """Make an empty catalogue for a language."""
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
