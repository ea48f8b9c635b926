"""A pack of a million quotes streams in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packs import quote, write_lines, write_pack

ROOT = Path(__file__).parents[3]
LIMIT_MB = 200

MEASURED = r"""
import re, sys
from pathlib import Path
from bot.interview.library.build import ensure_content

ensure_content(Path(sys.argv[1], "var"), Path(sys.argv[1], "data"))
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="cannot be avoided: the peak is not in /proc"
)
def test_a_large_pack_needs_little_memory(tmp_path: Path, is_thorough: bool) -> None:
    count = 1_000_000 if is_thorough else 60_000
    folder = write_pack(tmp_path / "data" / "boat", quotes=[])
    write_lines(folder / "quotes.jsonl", (quote(n) for n in range(1, count + 1)))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert int(done.stdout) < LIMIT_MB
