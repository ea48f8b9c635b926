"""The programs that know how a file of deploy/ or .github has to look."""

import subprocess
import sys
from pathlib import Path


def faults(tool: str, *arguments: str | Path) -> str:
    """Give all that a program of the environment finds; nothing where it has no complaint."""
    command = [Path(sys.executable).with_name(tool), *arguments]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if found.returncode == 0 else f"{tool} fails: {found.stdout}{found.stderr}"
