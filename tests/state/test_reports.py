"""Reports are counted by item and reason, one a member."""

import asyncio
from time import time

import pytest

from bot.state.database import Database
from bot.state.reports import MAX_REPORTS, Reason, Report, Reports


async def test_a_member_has_one_report_of_an_item_and_the_last_one_stands(
    database: Database,
) -> None:
    times = iter(range(10))
    reports = Reports(database, lambda: next(times))
    await reports.put(1, "boat", "fact:1", Reason.SPELLING)
    await reports.put(1, "boat", "fact:1", Reason.WRONG)
    assert await reports.every() == [Report("boat", "fact:1", "wrong", 1)]


async def test_what_most_members_found_comes_first_then_what_was_found_last(
    database: Database,
) -> None:
    times = iter(range(10))
    reports = Reports(database, lambda: next(times))
    for user_id, number in ((1, 1), (1, 2), (2, 2), (1, 3)):
        await reports.put(user_id, "boat", f"fact:{number}", Reason.WRONG)
    assert [report.item for report in await reports.every()] == ["fact:2", "fact:3", "fact:1"]


@pytest.mark.usefixtures("unhurried")
async def test_there_is_room_for_so_many_reports_of_a_member(database: Database) -> None:
    reports = Reports(database, time)
    stored = await asyncio.gather(
        *(reports.put(1, "boat", f"fact:{n}", Reason.WRONG) for n in range(MAX_REPORTS + 30))
    )
    assert sum(stored) == MAX_REPORTS == len(await reports.every())
    item = (await reports.every())[0].item
    assert await reports.put(1, "boat", item, Reason.SPELLING), "it is reported already"
    assert await reports.put(2, "boat", item, Reason.WRONG), "others have room of their own"
