"""In which file, on which line, an editor finds what a trivia question is made of."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from bot.interview.pack import files
from bot.interview.pack.item_lines import ItemId, ItemLine, item_lines
from bot.trivia.kinds import ITEM_KIND_OF, Source

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
