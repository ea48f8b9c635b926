"""Print what the changelog says of a release: `python3 scripts/release_notes.py v1.2.3`.

It ends with 1 where the tag, the version in pyproject.toml and the changelog don't agree.
"""

import os
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def notes(tag: str) -> str:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    if tag != f"v{version}":
        sys.exit(f"The tag is {tag}, but pyproject.toml says {version}: tag v{version} instead.")
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n(.+?)(?=^## |\Z)"
    section = re.search(heading, changelog, re.MULTILINE | re.DOTALL)
    if section is None:
        sys.exit(f"CHANGELOG.md has nothing under ## [{version}] with a date: write it first.")
    return as_a_page(section[1].strip(), tag)


def as_a_page(text: str, tag: str) -> str:
    """Write what stands in a file for a page of GitHub's: it keeps line ends, and has no files."""
    files = "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/blob/".format_map(os.environ) + tag
    linked = re.sub(r"\]\((?!https?:)", f"]({files}/", text)
    return re.sub(r"(?<=\S)\n *(?=[^\s#-])", " ", linked)


if __name__ == "__main__":
    print(notes(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
