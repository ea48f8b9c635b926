"""Packs of many quotes, made up, and their content built before anything is measured."""

import json
from pathlib import Path

from bot.interview.library.build import ensure_content
from tests.benchmarks.rows import COMMON, RARE
from tests.benchmarks.subject import real_environment
from tests.packs import quote, write_pack

_LEAST_RARE = 6
"""So that the rare word fills a page of matches in a small pack too."""


def large_environment(folder: Path, count: int) -> dict[str, str]:
    """Write a pack of so many quotes and build it; the settings of a bot that runs on it."""
    folder = folder / f"pack-{count}"
    packs = folder / "data"
    if not packs.exists():
        write_quotes(write_pack(packs / "boat", quotes=[]) / "quotes.jsonl", count)
    ensure_content(folder / "var", packs)
    return real_environment(folder, packs)


def write_quotes(path: Path, count: int) -> None:
    every = min(100, count // _LEAST_RARE)
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, count + 1):
            word = RARE if number % every == 0 else COMMON
            text = f"That morning we baked loaf number {number} behind the {word}."
            file.write(json.dumps(quote(number, text=text)) + "\n")
