"""Where the state of a measured bot lies: in a file, or in a PostgreSQL as a host has it."""

import os
from pathlib import Path

from tests.benchmarks.child import cpu_seconds_of
from tests.postgresql import Server

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


def server_seconds(server: Server) -> float:
    """Give the CPU seconds of all processes of a server, also of those that are gone."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    # The kernel counts who is gone to their parent, in steps of 10 ms.
    words = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    gone = sum(map(int, words[13:15])) / os.sysconf("SC_CLK_TCK")
    return gone + sum(map(cpu_seconds_of, [server.pid, *map(int, children)]))
