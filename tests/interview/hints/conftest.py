"""What is told as hints about a pack."""

from pathlib import Path

from bot.editing.check import hints_at


def hints_in(folder: Path) -> list[str]:
    """Write the hints as `file:line: sentence`."""
    return [f"{hint.path.name}:{hint.line}: {hint.sentence()}" for hint in hints_at([folder])]
