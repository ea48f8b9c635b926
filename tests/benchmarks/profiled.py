"""Runs a module and profiles its main thread between two signals.

`python -m tests.benchmarks.profiled OUTPUT MODULE ARGUMENTS`: SIGUSR1 begins, SIGUSR2 ends and
writes the file.
"""

import cProfile
import runpy
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any


def main() -> None:
    _name, output, module, *arguments = sys.argv
    profile = cProfile.Profile()

    def begin(_number: int, _frame: FrameType | None) -> Any:
        profile.enable()

    def end(_number: int, _frame: FrameType | None) -> Any:
        profile.disable()
        # Under another name until it is whole.
        profile.dump_stats(f"{output}.part")
        Path(f"{output}.part").replace(output)

    signal.signal(signal.SIGUSR1, begin)
    signal.signal(signal.SIGUSR2, end)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
