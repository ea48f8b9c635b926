"""What is counted while the bot runs; nothing is where nobody asks for it."""

from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """How an answer was: given, refused with a sentence, or a fault of ours."""

    OK = "ok"
    REFUSED = "refused"
    FAILED = "failed"


class Metrics:
    """Counts nothing: what a bot has unless its host wants numbers."""

    def answered(self, command: str, outcome: Outcome, seconds: float) -> None:
        """Count an answer to a command or a button; `command` is one of a few names."""

    def waited(self, seconds: float) -> None:
        """Count a statement of the state database, with how long it took."""

    def connected(self) -> None:
        """Count a connection to the gateway."""


SILENT: Final = Metrics()
# Up to the three seconds after which Discord no longer takes an answer.
_ANSWER_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
# Up to the two seconds for which a statement waits for another process.
_WAIT_SECONDS: Final = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 2.0)


class PrometheusMetrics(Metrics):
    """Counts for Prometheus; no label ever holds an id."""

    def __init__(self) -> None:
        # Most bots do without it.
        from prometheus_client import (
            CollectorRegistry,
            Counter,
            Gauge,
            Histogram,
            ProcessCollector,
        )

        self.registry = CollectorRegistry()
        # Memory and more, under the names that all programs have for them; on Linux only.
        ProcessCollector(registry=self.registry)
        self._answers = Counter(
            "encore_answers",
            "Answers, by what was asked.",
            ("asked", "outcome"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "encore_answer_seconds",
            "From an interaction's arrival to its answer.",
            buckets=_ANSWER_SECONDS,
            registry=self.registry,
        )
        self._waits = Histogram(
            "encore_database_seconds",
            "What statements of the state database took.",
            buckets=_WAIT_SECONDS,
            registry=self.registry,
        )
        self._connections = Counter(
            "encore_gateway_connections", "Connections to the gateway.", registry=self.registry
        )
        self.latency = Gauge(
            "encore_gateway_latency_seconds", "To the gateway and back.", registry=self.registry
        )
        self.guilds = Gauge("encore_guilds", "Servers.", registry=self.registry)
        self.tasks = Gauge(
            "encore_tasks", "What the process is doing at once.", registry=self.registry
        )
        self.processes = Gauge(
            "encore_process_up",
            "Processes of this bot that are there, by what each of them serves.",
            ("host", "version", "place", "shards", "content"),
            registry=self.registry,
        )
        self.players = Gauge(
            "encore_players_this_week",
            "Members who answered a question this week, whichever process they met.",
            registry=self.registry,
        )
        self.due = Gauge(
            "encore_posts_due", "Daily posts due in the next 24 hours.", registry=self.registry
        )
        self.stopped = Gauge(
            "encore_posts_stopped",
            "Daily posts stopped until somebody fixes them.",
            registry=self.registry,
        )
        self.overdue = Gauge(
            "encore_posts_overdue", "Daily posts that should be out.", registry=self.registry
        )

    def answered(self, command: str, outcome: Outcome, seconds: float) -> None:
        self._answers.labels(command, outcome.value).inc()
        self._seconds.observe(seconds)

    def waited(self, seconds: float) -> None:
        self._waits.observe(seconds)

    def connected(self) -> None:
        self._connections.inc()
