"""Which Encore this is, as its checkout says."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final

_PROJECT: Final = Path(__file__).parents[2] / "pyproject.toml"


@lru_cache(1)
def version() -> str:
    """Give the version, or "?" where the checkout isn't whole."""
    try:
        return str(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"])
    except (OSError, ValueError, LookupError, TypeError):
        return "?"
