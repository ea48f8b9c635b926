"""A start is light: what builds content, draws or serves pages is imported by who needs it."""

import sys
from pathlib import Path

import pytest

from tests.end_to_end.stage import BotProcess

SELDOM = {
    "PIL",
    "aiohttp.web",
    "asyncpg",
    "charset_normalizer",
    "lxml",
    "markdown_it",
    "prometheus_client",
    "pydantic",
    "pysubs2",
    "rapidfuzz",
    "rich",
    "segno",
    "stopwordsiso",
    "tomli",
    "tomli_w",
    "yaml",
}


async def test_a_start_that_finds_the_content_built_imports_nothing_that_is_seldom_needed(
    own_bot: BotProcess,
) -> None:
    await own_bot.start()
    await own_bot.stop()
    own_bot.log.clear()
    own_bot.extra["PYTHONPROFILEIMPORTTIME"] = "1"
    await own_bot.start()
    assert await own_bot.stop() == 0
    modules = {line.rpartition("|")[2].strip() for line in own_bot.log if "import time:" in line}
    assert {"discord", "bot.hosting.run", "cogs.quote._buttons"} <= modules
    assert modules & SELDOM == set()


@pytest.mark.skipif(
    sys.platform != "linux", reason="no other system tells what is loaded; cannot be avoided"
)
async def test_what_built_the_content_has_taken_its_libraries_with_it(own_bot: BotProcess) -> None:
    for content in own_bot.data_dir.glob("content-*"):
        content.unlink()
    await own_bot.start()
    assert any("built the content" in line for line in own_bot.log)
    assert own_bot.process is not None
    loaded = Path(f"/proc/{own_bot.process.pid}/maps").read_text()
    assert "pydantic" not in loaded
    assert "_sqlite3" in loaded
