"""What each page of this repository keeps to: as files, and for who cannot see it."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest

from tests.playground.page.browser import Tab

MOST_LINES: Final = 300
_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe() -> str:
    pytest.importorskip("axe_playwright_python", reason="axe-core comes with axe-playwright-python")
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


async def violations(tab: Tab, axe: str) -> list[str]:
    """Run axe over the page; each violation with the first place where it is."""
    await tab.page.evaluate(axe)
    results: dict[str, Any] = await tab.page.evaluate(
        "(tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", _TAGS
    )
    return [
        f"{rule['id']}: {rule['nodes'][0]['html']} {rule['nodes'][0]['failureSummary']}"
        for rule in results["violations"]
    ]


def check_file(path: Path) -> None:
    """Check that a file of a page is short, names no other host, and writes no HTML."""
    source = path.read_text("utf-8")
    assert source.count("\n") <= MOST_LINES
    namespace = "http://www.w3.org/2000/svg" if path.suffix == ".svg" else None
    hosts = re.findall(r"https?://[\w.-]+[^\s\"]*", source)
    assert [host for host in hosts if host != namespace] == []
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", source)
    if path.suffix == ".js":
        assert source.startswith("// @ts-check\n/**")
    if path.suffix == ".html":
        assert not re.search(r"\sstyle=|\son\w+=|<script(?! type=\"module\" src=)", source)
