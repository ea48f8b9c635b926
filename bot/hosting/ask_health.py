"""Asking a running bot how it is, as a container's health check does."""

import json
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from socket import SHUT_RDWR
from threading import Timer
from typing import Any, Final

from bot.errors import OperatorError
from bot.hosting.access import LOOPBACKS
from bot.process.terminal import json_text
from bot.text import Text, _, plural, say

_WAIT_SECONDS: Final = 5.0
# A line for each of hundreds of processes; whoever else listens there may say more than anybody
# wants to hear.
_MOST_BYTES: Final = 1_000_000

NO_REPORT: Final = (
    OSError,
    HTTPException,
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    RecursionError,
)
"""What is raised where nobody answers, or somebody else."""


def ask_health(port: int | None, *, as_json: bool = False) -> tuple[bool, str]:
    """Say whether the bot on a port of this machine is well, and what it told, in words or as JSON.

    Raises OperatorError where there is no port to ask at.
    """
    if port is None:
        raise OperatorError(
            _("HEALTH_PORT isn't set."), _("Set it for the bot and for this command.")
        )
    try:
        report = health_report(port)
        lines = "\n".join(_lines(report))
        return bool(report["lives"]), json_text(report) if as_json else lines
    except NO_REPORT as error:
        sentence = say(_silence(port, error))
        return False, json_text({"lives": False, "why": sentence}) if as_json else sentence


def _silence(port: int, error: Exception) -> Text:
    if isinstance(error, ConnectionRefusedError):
        return _(
            "No bot answers on port {port}. Start one with HEALTH_PORT={port}, or set HEALTH_PORT"
            " to the port of the one that runs.",
            port=port,
        )
    return _("The bot doesn't answer on port {port}: {why}.", port=port, why=_reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError | HTTPException):
        number_free = error.strerror if isinstance(error, OSError) else None
        return number_free or str(error) or type(error).__name__
    return "something else answers there"


def health_report(port: int) -> Any:
    """Ask at the first address that answers; raises one of NO_REPORT where no bot does."""
    *others, last = LOOPBACKS
    for address in others:
        try:
            return _answer(address, port)
        except OSError:
            continue
    return _answer(last, port)


def _answer(address: str, port: int) -> Any:
    # Without a proxy, whatever the environment says: this machine is asked.
    with closing(HTTPConnection(address, port, timeout=_WAIT_SECONDS)) as connection:
        connection.connect()
        ending = Timer(_WAIT_SECONDS, connection.sock.shutdown, [SHUT_RDWR])
        # Whoever sends a little now and then would otherwise be listened to for ever.
        ending.start()
        try:
            connection.request("GET", "/health")
            report = json.loads(connection.getresponse().read(_MOST_BYTES))
        finally:
            ending.cancel()
    if not isinstance(report["outages"], dict):
        raise TypeError
    return report


def _lines(report: Any) -> Iterator[str]:
    connection = _("connected") if report["is_connected"] else _("not connected to Discord")
    servers = plural("1 server", "{count} servers", int(report["servers"]))
    fields = {"connection": connection, "servers": servers}
    if report.get("is_spare"):
        yield say(_("Healthy, and a spare: {why}", why=report["waits_for"]))
    elif starting := report.get("starting"):
        yield say(_("Healthy, and starting: {step}", step=starting))
    elif report["lives"]:
        yield say(_("Healthy: {connection}, {servers}", **fields))
    else:
        yield say(_("Not healthy: {connection}, {servers}", **fields))
    for part, reason in report["outages"].items():
        yield say(_("{part}: not working for now: {why}", part=part, why=reason))
    yield from map(process_line, report["processes"])


def process_line(process: Any) -> str:
    """Say in a line what a process has noted of itself."""
    return say(
        _(
            "{host} ({pid}): {share}; version {version}, content {content}",
            share=_share_of(process),
            **{name: process[name] for name in ("host", "pid", "version", "content")},
        )
    )


def _share_of(process: Any) -> Text:
    shards = plural("1 shard", "{count} shards", int(process["shards"]))
    if process["is_spare"]:
        return _("waits for a place")
    if process["place"] is None:
        return shards if process["shards"] else _("all shards")
    return _(
        "place {place} of {processes}, {shards}",
        place=int(process["place"]) + 1,
        processes=process["processes"],
        shards=shards,
    )
