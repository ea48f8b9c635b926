"""What is told of the mistakes in a pack."""

from pathlib import Path

from bot.editing.check import check


def mistakes_in(folder: Path) -> list[str]:
    return [
        str(mistake).removeprefix(f"{folder}/").replace("\\", "/") for mistake in check([folder])
    ]
