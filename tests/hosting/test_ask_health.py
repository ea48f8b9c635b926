"""In which words `encore health` tells of several processes."""

from dataclasses import replace

import pytest

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
