"""A clock that is not Discord's is found out, and said once."""

import logging
from collections.abc import Mapping
from email.utils import formatdate
from time import time
from types import SimpleNamespace
from typing import Any

import pytest

from bot.process.clock import Clock
from bot.process.outages import Outages, Part


def test_a_clock_is_right_within_a_minute() -> None:
    clock = Clock(lambda: 1_000_000.0)
    assert clock.is_right, "nothing else is known"
    for seconds, is_right in ((59, True), (-59, True), (61, False), (-61, False), (0, True)):
        clock.compare(formatdate(1_000_000 + seconds, usegmt=True))
        assert clock.is_right is is_right


def test_a_clock_is_confirmed_while_it_only_goes_on() -> None:
    seconds_off = 0.0
    clock = Clock(lambda: time() + seconds_off)
    assert not clock.is_confirmed, "nobody has looked yet"
    clock.compare(formatdate(time(), usegmt=True))
    assert clock.is_confirmed
    for error in (40 * 86_400.0, -40 * 86_400.0):
        seconds_off = error
        assert not clock.is_confirmed, "it was set meanwhile"
        clock.compare(formatdate(time(), usegmt=True))
        assert not clock.is_confirmed, "and is wrong"
    seconds_off = 0.0
    assert not clock.is_confirmed, "it was set right, as nobody has said yet"
    clock.compare(formatdate(time(), usegmt=True))
    assert clock.is_confirmed


def test_what_is_no_date_says_nothing() -> None:
    clock = Clock(lambda: 1_000_000.0)
    for date in ("", "yesterday", "Thu, 99 Jan 1970 99:99:99 GMT"):
        clock.compare(date)
    assert clock.is_right
    assert clock.compared_at == float("-inf")


def test_a_wrong_clock_is_an_outage_that_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    outages = Outages()
    clock = Clock(lambda: 1_000_000.0, outages)
    for seconds, is_told in ((900, True), (901, True), (0, False), (0, False)):
        clock.compare(formatdate(1_000_000 + seconds, usegmt=True))
        assert (Part.CLOCK in outages.reasons) is is_told
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert "-900 seconds" in caplog.text


def test_a_right_clock_is_looked_at_once_a_second_and_a_wrong_one_with_each_answer() -> None:
    now = 1_000_000.0
    clock = Clock(lambda: now)
    for theirs, is_right in ((now, True), (now + 900, True), (now + 1, True)):
        clock.look(_answer(theirs))
        assert clock.is_right is is_right
    now += 2
    for theirs, is_right in ((now + 900, False), (now + 900, False), (now, True)):
        clock.look(_answer(theirs))
        assert clock.is_right is is_right


def _answer(seconds: float) -> Any:
    headers: Mapping[str, str] = {"Date": formatdate(seconds, usegmt=True)}
    return SimpleNamespace(headers=headers)
