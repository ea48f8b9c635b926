"""Players a week and right answers by item: sums that outlive the answers, and name nobody."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.state import play_sums
from bot.state.bags import Bags
from bot.state.database import Database, Row, Statement
from bot.state.erasure import Erasure
from bot.state.play_sums import ItemSum, PlaySums, WeekSum
from bot.state.questions import Questions, StoredQuestion, Worth
from bot.state.scores import Scores
from tests.state.stage import scans

TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Club:
    """Members who answer questions about some items; choice 1 is right."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.at = TUESDAY
        self.questions = Questions(database, self.now)
        self.sums = PlaySums(database, self.now)

    def now(self) -> float:
        return self.at.timestamp()

    async def answer(self, user_id: int, item: str, choice: int, guild_id: int = 77) -> None:
        question = StoredQuestion("shown", 4, 1, "boat", "who", item, item, Worth(100, 10, 50))
        number = await self.questions.add(5, question)
        await self.questions.answer(number, user_id, choice, guild_id)
        # A second press changes nothing.
        await self.questions.answer(number, user_id, 1, guild_id)


@pytest.fixture
def club(database: Database) -> Club:
    return Club(database)


async def test_right_answers_are_counted_by_item(club: Club) -> None:
    for user_id, item, choice in ((1, "who:1", 1), (2, "who:1", 0), (1, "who:2", 1), (1, "", 1)):
        await club.answer(user_id, item, choice)
    assert await club.sums.items(30) == [
        ItemSum("boat", "who:1", 2, 1),
        ItemSum("boat", "who:2", 1, 1),
    ]
    assert (await club.sums.items(30))[0].right_share == 0.5


async def test_items_outlive_their_answers_and_whoever_gave_them(club: Club) -> None:
    await club.answer(1, "who:1", 1)
    erasure = Erasure(club.database, club.now, Bags(club.database))
    await erasure.forget_member(1)
    club.at += timedelta(days=31)
    await club.questions.forget_old()
    assert await club.sums.items(62) == [ItemSum("boat", "who:1", 1, 1)]
    assert await club.sums.items(1) == [], "it was another month"


async def test_a_member_is_counted_once_a_week_wherever_they_play(club: Club) -> None:
    for user_id, guild_id in ((1, 77), (1, 78), (1, 0), (2, 77)):
        await club.answer(user_id, f"who:{guild_id}", 1, guild_id)
    assert await club.sums.weeks(30) == [WeekSum("2026-W48", 2)]
    await club.sums.note_players()
    club.at += timedelta(days=7)
    assert await club.sums.weeks(30) == [WeekSum("2026-W48", 2), WeekSum("2026-W49", 0)]
    await club.answer(3, "who:1", 1)
    assert (await club.sums.weeks(30))[-1] == WeekSum("2026-W49", 1)


async def test_who_played_late_in_a_week_is_counted_in_the_next_one(club: Club) -> None:
    await club.answer(1, "who:1", 1)
    await club.sums.note_players()
    await club.answer(2, "who:1", 1)
    club.at += timedelta(days=7)
    await club.sums.note_players()
    assert (await club.sums.weeks(30))[0] == WeekSum("2026-W48", 2)


async def test_a_week_outlives_its_scores(club: Club) -> None:
    await club.answer(1, "who:1", 1)
    await club.sums.note_players()
    club.at += timedelta(days=390)
    await Scores(club.database, club.now).forget_old(days=300)
    await club.sums.note_players()
    await club.sums.forget_old()
    assert (await club.sums.weeks(395))[0] == WeekSum("2026-W48", 1)


async def test_what_is_older_than_four_hundred_days_goes(club: Club) -> None:
    await club.answer(1, "who:1", 1)
    await club.sums.note_players()
    club.at += timedelta(days=440)
    await club.sums.forget_old()
    assert await club.sums.items(1000) == []
    assert [week.players for week in await club.sums.weeks(1000)] == [0]


async def test_a_week_that_very_many_played_is_counted_however_long_it_takes(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[Statement] = []
    read = club.database._read

    async def note(statement: Statement) -> Sequence[Row]:
        noted.append(statement)
        return await read(statement)

    monkeypatch.setattr(club.database, "_read", note)
    await club.sums.note_players()
    assert [statement.is_long for statement in noted] == [True, True]


async def test_nobody_reads_all_scores_to_count_a_week(state_file: Database) -> None:
    assert await scans(state_file, play_sums._COUNT, week="2026-W48") == []
    assert await scans(state_file, play_sums._COUNT_SOME, week="2026-W48") == ["SCAN score_of_week"]
    assert await scans(state_file, play_sums._ITEMS, month="2026-11") == []
