"""However many sizes of the large fonts are asked for, the drawing process stays within bounds."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.picture.__main__ import _MOST_BYTES
from bot.picture.painter import Painter
from tests.picture.posters import poster


@pytest.mark.skipif(sys.platform != "linux", reason="cannot be avoided: it has no /proc")
async def test_all_sizes_and_languages_fit_into_the_memory_that_it_may_take() -> None:
    painter = Painter()
    try:
        for count in range(1, 40):
            for language in ("ja", "ko", "zh"):
                one = replace(poster(1), text="面包" * count, language=language)
                assert (await painter.draw(one)).startswith(b"\x89PNG")
        assert painter._process is not None
        status = Path(f"/proc/{painter._process.pid}/status").read_text()
        peak = next(line for line in status.splitlines() if line.startswith("VmPeak"))
        assert int(peak.split()[1]) * 1024 < 0.9 * _MOST_BYTES
    finally:
        await painter.close()
