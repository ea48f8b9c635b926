"""What tells whether the commands have to be registered anew: another translation does, too."""

import shutil
from pathlib import Path

import pytest

from bot import text
from bot.text import LOCALES, catalogues_digest


def test_a_translation_that_changes_comes_or_goes_changes_the_digest_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = catalogues_digest()
    locales = tmp_path / "locales"
    shutil.copytree(LOCALES, locales)
    monkeypatch.setattr(text, "LOCALES", locales)
    assert catalogues_digest() == before
    french = locales / "fr" / "LC_MESSAGES" / "encore.mo"
    french.write_bytes(french.read_bytes() + b"\0")
    changed = catalogues_digest()
    shutil.copytree(locales / "fr", locales / "de")
    added = catalogues_digest()
    shutil.rmtree(locales / "es")
    assert len({before, changed, added, catalogues_digest()}) == 4
