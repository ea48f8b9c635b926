"""Sentences, and what tells that there is another translation of them."""

import shutil
from pathlib import Path

import pytest

from bot import text
from bot.text import LOCALES, _, catalogues_digest, say


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


def test_a_failure_of_the_machine_is_told_without_its_number() -> None:
    error = OSError(28, "No space left on device", "x.zip")
    sentence = _("No backup was made: {why}.", why=error)
    assert say(sentence) == "No backup was made: No space left on device: 'x.zip'."
