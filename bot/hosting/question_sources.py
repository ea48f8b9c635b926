"""What a trivia question is made of and where that stands, in words for an editor."""

import os.path
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from bot.interview.pack import files
from bot.interview.pack.item_lines import ItemId, ItemLine, item_lines
from bot.state.reports import Reason
from bot.text import plural, say
from bot.trivia.kinds import ITEM_KIND_OF, KIND_OF, Source
from bot.trivia.question_words import KINDS, REASONS

# As many digits as a number in a pack may have.
_MOST_DIGITS: Final = 9

Item = tuple[str, str]
"""An interview's slug, and a source with a number, as in "curated:7"."""


def question_lines(
    items: Iterable[Item], packs_dir: Path, data_dir: Path
) -> Mapping[Item, ItemLine]:
    """Find where items stand; those that are gone are left out."""
    ids = {item: item_id for item in items if (item_id := _id_of(*item))}
    lines = item_lines(files.all_folders(packs_dir, data_dir), {*ids.values()})
    return {item: lines[item_id] for item, item_id in ids.items() if item_id in lines}


def _id_of(slug: str, item: str) -> ItemId | None:
    source, _colon, number = item.partition(":")
    is_number = number.isdecimal() and len(number) <= _MOST_DIGITS
    if not is_number or source not in {*Source}:
        return None
    return ItemId(slug, ITEM_KIND_OF[Source(source)], int(number))


def place_words(item: Item, line: ItemLine | None, packs: tuple[Path, Path]) -> str:
    """Say where a question stands, from PACKS_DIR or DATA_DIR on, as an editor would open it."""
    if line is None:
        slug, name = item
        return f"{slug}, {name.replace('_', ' ').replace(':', ' ')} (no longer there)"
    for folder in packs:
        if line.path.is_relative_to(folder):
            return f"{os.path.join(folder.name, line.path.relative_to(folder))}:{line.line}"
    return f"{line.path}:{line.line}"


def kind_words(name: str) -> str:
    """Say what is made of an item, as in "True or false": one fact makes two questions."""
    source = name.partition(":")[0]
    return say(KINDS[KIND_OF[Source(source)]]) if source in {*Source} else source


def reason_words(reason: str, members: int) -> str:
    """Say what members reported as they chose it, and how many did."""
    words = say(REASONS[Reason(reason)]) if reason in {*Reason} else reason
    count = say(plural("1 member", "{count:,} members", members))
    return f"{words} ({count})"
