"""In which words `encore health` tells of several processes."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Thread
from time import sleep

import pytest

from bot.hosting import ask_health
from bot.hosting.ask_health import process_line
from bot.hosting.presence import report_on
from bot.state.processes import ProcessNote
from tests.state.test_processes import NOTE


@pytest.mark.parametrize(
    ("note", "line"),
    [
        (NOTE, "alpha (17): place 2 of 4, 4 shards; version 0.1.0, content ab12"),
        (
            replace(NOTE, place=None, shard_ids=()),
            "alpha (17): waits for a place; version 0.1.0, content ab12",
        ),
        (
            replace(NOTE, place=None, processes=None, shard_ids=(3,)),
            "alpha (17): 1 shard; version 0.1.0, content ab12",
        ),
        (
            replace(NOTE, place=None, processes=None, shard_ids=()),
            "alpha (17): all shards; version 0.1.0, content ab12",
        ),
    ],
)
def test_a_process_is_a_line(note: ProcessNote, line: str) -> None:
    assert process_line(report_on(note)) == line


@contextmanager
def answering(*pieces: bytes) -> Iterator[int]:
    """Have somebody else at a port, who says some things, again and again the last."""

    def answer() -> None:
        with server.accept()[0] as connection:
            connection.recv(1000)
            for piece in pieces:
                connection.sendall(piece)
            with suppress(OSError):
                while pieces[-1].isspace():
                    sleep(0.05)
                    connection.sendall(pieces[-1])

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=answer)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


WELL = '{"lives": true, "is_connected": true, "servers": 1, "outages": {}, "processes": []}'


@pytest.mark.parametrize(
    "body",
    [
        "rubbish",
        "[]",
        "null",
        "[" * 100_000,
        WELL.replace("1", "1e999"),
        WELL.replace("1", "NaN"),
        WELL.replace("{}", "[1]"),
        WELL.replace("[]", "[7]"),
        WELL.replace("[]", "7"),
    ],
)
def test_whoever_else_is_at_the_port_is_a_sentence(body: str) -> None:
    with answering(b"HTTP/1.0 200 OK\r\n\r\n" + body.encode()) as port:
        is_well, words = ask_health.ask_health(port)
    assert not is_well
    assert words == f"The bot doesn't answer on port {port}: something else answers there."


@pytest.mark.parametrize("begun", [b"HTTP/1.0 200 OK\r\n\r\n", b"HTTP/1.0 200 OK\r\nX:"])
def test_who_never_comes_to_an_end_is_not_listened_to(
    begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask_health, "_WAIT_SECONDS", 0.3)
    with answering(begun, b" ") as port:
        is_well, _words = ask_health.ask_health(port)
    assert not is_well
