"""What a bot of many processes, servers and answers costs, on SQLite and on PostgreSQL."""

from pathlib import Path

from tests.benchmarks import cluster_tables as tables
from tests.benchmarks.many_answers import readings
from tests.benchmarks.many_processes import answers
from tests.benchmarks.many_servers import crowds
from tests.benchmarks.measuring import IN_FLIGHT, Size
from tests.benchmarks.million import million_table
from tests.postgresql import running_server

PARTS = ("servers", "processes", "answers")


async def measure_cluster(
    folder: Path, size: Size, parts: list[str], *, is_slow: bool = False
) -> None:
    """Print tables for each part, as soon as they are known; slowly those of most answers too."""
    found = None
    if "servers" in parts:
        found = await crowds(folder, size)
        _print(tables.servers_table(found))
    with running_server(is_durable=True) as server:
        costs = read = None
        if "processes" in parts:
            costs = await answers(folder, size, server)
            for in_flight in IN_FLIGHT:
                _print(tables.processes_table(costs.samples[in_flight], in_flight))
            _print(tables.writes_table(costs.writes))
        if "answers" in parts:
            read = await readings(folder, size, server, is_slow=is_slow)
            _print(tables.readings_table(read))
    if found and costs and read:
        _print(million_table(found, costs, read))


def _print(table: str) -> None:
    print(table, end="\n\n", flush=True)
