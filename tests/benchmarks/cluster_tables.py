"""The measured numbers of many processes, servers and answers as tables."""

from collections.abc import Mapping, Sequence

from tests.benchmarks.engines import POSTGRESQL, SQLITE
from tests.benchmarks.fleet import SHARDS
from tests.benchmarks.many_answers import Reading
from tests.benchmarks.many_processes import FleetKey
from tests.benchmarks.many_servers import CHANNELS, ROLES, Crowd
from tests.benchmarks.measuring import Sample
from tests.benchmarks.rows import Row
from tests.benchmarks.table import aligned, compared
from tests.benchmarks.writes import Writes

SERVERS_TARGET_MB = 600.0
"""For a process in ten thousand servers."""
_TARGET_SERVERS = 10_000
_RATED = ("CPU ms", "SQLite", "ratio", "target", "verdict")
_WITH_DATABASE = ("database's ms", "ratio with it", "verdict")
_WAITS = ("p50 ms", "p99 ms")
_FLAT = 1.5
"""How much more a read may take over all the answers than over the fewest."""


def processes_table(measured: Mapping[Row, Mapping[FleetKey, Sample]], in_flight: int) -> str:
    """Compare the engines of the state, and one process with several."""
    lines = [["row", "processes", "state", *_RATED, *_WITH_DATABASE, "answers/s a core", *_WAITS]]
    for row, samples in measured.items():
        for (engine, processes), sample in samples.items():
            floor = samples[SQLITE, processes]
            target = row.cpu_target if engine == POSTGRESQL else None
            # A file's database works within the bot, so that a server's belongs to the comparison.
            whole = compared(sample.cpu_ms + sample.beside_ms, floor.cpu_ms, target)
            lines.append(
                [
                    row.title,
                    str(processes),
                    engine,
                    *compared(sample.cpu_ms, floor.cpu_ms, target),
                    f"{sample.beside_ms:.3f}",
                    whole[2],
                    whole[4],
                    f"{1000 / sample.cpu_ms:.0f}",
                    f"{sample.p50_ms:.1f}",
                    f"{sample.p99_ms:.1f}",
                ]
            )
    return f"Answers of {SHARDS} shards, {in_flight} at a time\n{aligned(lines)}"


def writes_table(measured: Mapping[Row, Writes]) -> str:
    """Tell what an answer has PostgreSQL write, and what goes over the network."""
    lines = [["row", "log bytes", "commits", "kept for 30 days", "from Discord", "to Discord"]]
    for row, found in measured.items():
        sizes = found.kept_bytes, found.received, found.sent
        cells = [
            f"{found.log_bytes:,.0f}",
            f"{found.commits:.1f}",
            *(f"{one:,.0f}" for one in sizes),
        ]
        lines.append([row.title, *cells])
    return f"What an answer writes in PostgreSQL, and sends, in bytes\n{aligned(lines)}"


def servers_table(crowds: Sequence[Crowd]) -> str:
    """Tell what each server adds to a process, from the largest number below."""
    lines = [["row", "RSS MB", "peak MB", "kB a server", "CPU s of the start", "target", "verdict"]]
    for before, crowd in zip((None, *crowds), crowds, strict=False):
        more = ""
        if before is not None:
            more = f"{(crowd.rss_mb - before.rss_mb) * 1024 / (crowd.servers - before.servers):.1f}"
        lines.append(
            [
                f"{crowd.servers:,} servers",
                f"{crowd.rss_mb:.0f}",
                f"{crowd.peak_mb:.0f}",
                more,
                f"{crowd.cpu_s:.2f}",
                *_judged(crowd),
            ]
        )
    how = f"{CHANNELS} channels and {ROLES} roles in each, {crowds[-1].received_kb:.1f} kB received"
    return f"One process in many servers ({how})\n{aligned(lines)}"


def _judged(crowd: Crowd) -> list[str]:
    if crowd.servers != _TARGET_SERVERS:
        return ["", ""]
    return [f"{SERVERS_TARGET_MB:.0f}", "ok" if crowd.rss_mb <= SERVERS_TARGET_MB else "MISS"]


def readings_table(readings: Sequence[Reading]) -> str:
    """Compare reads over many answers with those over the fewest."""
    lines = [
        ["row", "state", "answers", "database MB", "ms", "fewest", "ratio", "target", "verdict"]
    ]
    for name in readings[0].ms:
        for one in readings:
            floor = next(each for each in readings if each.engine == one.engine)
            lines.append(
                [
                    name,
                    one.engine,
                    f"{one.answers:,}",
                    f"{one.database_mb:,.1f}",
                    *compared(one.ms[name], floor.ms[name], None if one is floor else _FLAT),
                ]
            )
    return f"Reads over the sums of many answers\n{aligned(lines)}"
