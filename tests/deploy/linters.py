"""The programs that know how a file of deploy/ or .github has to look."""

import subprocess
import sys
from pathlib import Path


def lint(tool: str, *arguments: str | Path) -> None:
    """Fail with all that a program of the environment finds."""
    command = [Path(sys.executable).with_name(tool), *arguments]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
