"""The week in trivia: posted once, where somebody played, and naming nobody who hides."""

import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from playground import LoopbackDiscord, User
from tests.cogs.members import asked
from tests.cogs.test_schedule import Desk
from tests.end_to_end.conftest import BOTH

ENGINES = BOTH
DAY = 24 * 3600


class Weeks(Desk):
    """A desk at which it is Wednesday noon of the week that comes."""

    def __init__(self, discord: LoopbackDiscord, folder: Path, url: str | None) -> None:
        super().__init__(discord, folder, url)
        self.wednesday = (
            9 - (datetime.now(UTC) + timedelta(seconds=self._until_noon)).weekday()
        ) % 7
        self.set_clock(self.wednesday * DAY)

    def go_to(self, days: int, minutes: int = 0) -> None:
        """Let it be so many days after the Wednesday."""
        self.set_clock((self.wednesday + days) * DAY + minutes * 60)

    async def play(self, *users: User) -> None:
        """Let some be right about a question, in the server."""
        message = await asked(self.discord, self.discord.world.robin)
        newest = "SELECT right_choice FROM question ORDER BY id DESC LIMIT 1"
        ((right,),) = self.bots[0].ask_state(newest)
        for user in users:
            await self.members.press(user, message, message.custom_ids[right])


@pytest.fixture(scope="module")
async def weeks(
    discord: LoopbackDiscord,
    content: Path,
    state_url: str | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Weeks]:
    folder = tmp_path_factory.mktemp("weeks")
    (folder / "var").mkdir()
    shutil.copy(content, folder / "var")
    weeks = Weeks(discord, folder, state_url)
    bot = await weeks.start_bot()
    yield weeks
    await bot.kill()
    discord.faults.clear()
    assert bot.errors() == []


async def test_a_week_is_told_once_where_somebody_played_and_nobody_hidden_is_named(
    weeks: Weeks,
) -> None:
    world = weeks.discord.world
    told = await weeks.schedule(time="12:30", what="season", zone="UTC")
    assert "From now on, once a week at 12:30 UTC" in told.text
    weeks.go_to(5, 31)
    await weeks.stay_at(0)
    await weeks.play(world.robin, world.mika, world.noor)
    weeks.change(
        "INSERT INTO off_board (guild_id, user_id) SELECT 0, user_id FROM score"
        f" WHERE user_id = {world.noor.id} LIMIT 1"
    )
    weeks.go_to(12, 10)
    await weeks.stay_at(0)
    weeks.go_to(12, 31)
    (post,) = await weeks.until_posts(1)
    assert "### The week in trivia" in post.text
    assert f"<@{world.noor.id}>" not in post.text
    tie = re.search(r"\*\*A tie:\*\* (.+), \d+ points each", post.text)
    assert tie is not None, post.text
    assert set(tie[1].split(", ")) == {f"<@{world.robin.id}>", f"<@{world.mika.id}>"}
    assert "Play together" in post.labels
    await weeks.bots[0].kill()
    await weeks.start_again(weeks.bots[0])
    await weeks.stay_at(1)
    weeks.go_to(19, 31)
    await weeks.stay_at(1)
