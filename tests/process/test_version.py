"""The version is that of the checkout."""

import tomllib
from pathlib import Path

from bot.process.version import version


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert version() == project["project"]["version"]
