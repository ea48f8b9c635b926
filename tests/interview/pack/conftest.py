"""What is told of the mistakes in a pack."""

from pathlib import Path

from bot.editing.check import check
from bot.text import printable


def mistakes_in(folder: Path) -> list[str]:
    """List them with their lines; where within a line they stand is `test_columns`' matter."""
    return [
        printable(f"{mistake.path.name}:{mistake.spot.line}: {mistake.sentence()}")
        for mistake in check([folder])
    ]
