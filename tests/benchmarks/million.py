"""What a million servers would take, computed from what was measured: nobody has seen it run."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.benchmarks.engines import POSTGRESQL
from tests.benchmarks.many_answers import SUMS_EACH, Reading
from tests.benchmarks.many_processes import Costs
from tests.benchmarks.many_servers import Crowd
from tests.benchmarks.rows import Row
from tests.benchmarks.scores import ANSWERS_EACH
from tests.benchmarks.table import aligned

SERVERS, PROCESSES = 1_000_000, 100
A_DAY = {"quote": 20, "press": 30, "round": 20}
"""What members of one server do: commands, answers to questions, and those in games."""
PEAK = 3
"""How much more than on average they do in the busiest hour."""
PLAYERS = 10
"""Members of a server who play, each with sums of their own."""
# Discord's, from its documentation of the gateway, for a bot of this size.
_A_SHARD, _AT_ONCE, _IDENTIFY_SECONDS, _SESSIONS_A_SHARD = 1_000, 16, 5, 5
_CONNECTIONS = 10
_DAYS, _DAY_SECONDS = 30, 86_400
_PERIODS = 104 + 24
"""Weeks and months of two years: a member has a sum for each in which they played."""

Line = tuple[str, str, str]


def million_table(crowds: Sequence[Crowd], costs: Costs, readings: Sequence[Reading]) -> str:
    """Compute it, each row with how."""
    crowd = min(crowds, key=lambda one: abs(one.servers - SERVERS / PROCESSES))
    on_postgresql = [one for one in readings if one.engine == POSTGRESQL]
    lines = [*_processes(crowd), *_a_second(costs), *_database(costs, on_postgresql)]
    starts = aligned([["row", "amount"], *(line[:2] for line in lines)]).splitlines()
    hows = ["how", *(line[2] for line in lines)]
    texts = [f"{start}  {how}" for start, how in zip(starts, hows, strict=True)]
    return f"{SERVERS:,} servers in {PROCESSES} processes, computed\n" + "\n".join(texts)


def _processes(crowd: Crowd) -> Iterator[Line]:
    shards = SERVERS // _A_SHARD
    measured = f"measured with {crowd.servers:,} servers"
    yield "shards", f"{shards:,}", f"of {_A_SHARD:,} servers"
    yield "sessions a day", f"{shards * _SESSIONS_A_SHARD:,}", "allowed: each shard, five times"
    seconds = -(-shards // _AT_ONCE) * _IDENTIFY_SECONDS
    yield (
        "identify (s)",
        f"{seconds:.0f}",
        f"{_AT_ONCE} shards every {_IDENTIFY_SECONDS} s, if Discord allows so many",
    )
    yield "memory of a process (MB)", f"{crowd.rss_mb:.0f}", measured
    yield "memory of all (GB)", f"{crowd.rss_mb * PROCESSES / 1000:.0f}", f"{PROCESSES} times that"
    yield "start of a process (CPU s)", f"{crowd.cpu_s:.1f}", measured
    received = crowd.received_kb * 1024 * SERVERS / 1e9
    yield "servers received (GB)", f"{received:.0f}", "by a start of all, uncompressed"
    connections = f"{PROCESSES * _CONNECTIONS:,}"
    yield "connections to PostgreSQL", connections, f"at most {_CONNECTIONS} a process"


def _a_second(costs: Costs) -> Iterator[Line]:
    """Tell what a second of the busiest hour costs."""
    habits = ", ".join(f"{count} {key}" for key, count in A_DAY.items())
    samples = {row: list(of.values())[-1] for row, of in list(costs.samples.values())[-1].items()}

    def at_peak(cost: Callable[[Row], float]) -> float:
        return sum(A_DAY[row.key] * cost(row) for row in samples) * SERVERS * PEAK / _DAY_SECONDS

    how = f"{habits} a day in a server, {PEAK} times as many at the peak"
    yield "answers a second", f"{at_peak(lambda row: 1):,.0f}", how
    bots = at_peak(lambda row: samples[row].cpu_ms / 1000)
    yield "cores of the bots", f"{bots:.1f}", "CPU ms"
    database = at_peak(lambda row: samples[row].beside_ms / 1000)
    yield "cores of the database", f"{database:.1f}", "database's ms"
    commits = at_peak(lambda row: costs.writes[row].commits)
    yield "commits a second", f"{commits:,.0f}", "commits"
    log = at_peak(lambda row: costs.writes[row].log_bytes)
    yield "log (MB a second)", f"{log / 1e6:.1f}", "log bytes"
    sizes = at_peak(lambda row: costs.writes[row].received + costs.writes[row].sent)
    yield "messages (MB a second)", f"{sizes / 1e6:.1f}", "from and to Discord"


def _database(costs: Costs, readings: Sequence[Reading]) -> Iterator[Line]:
    keys: Mapping[str, float] = {row.key: of.kept_bytes for row, of in costs.writes.items()}
    month = sum(A_DAY[key] * bytes_ for key, bytes_ in keys.items()) * SERVERS * _DAYS
    yield "answers of a month (GB)", f"{month / 1e9:,.0f}", "kept for 30 days"
    few, *_between, many = readings
    members = (many.answers - few.answers) / ANSWERS_EACH
    each = (many.database_mb - few.database_mb) * 1e6 / members
    ever = each * SERVERS * PLAYERS
    yield "sums of all time (GB)", f"{ever / 1e9:,.0f}", f"{PLAYERS} players a server"
    periods = ever / SUMS_EACH * _PERIODS
    how = "if all of them played in each week of two years"
    yield "sums of weeks and months (GB)", f"{periods / 1e9:,.0f}", how
