"""/interview: read page by page."""

import pytest

from playground import LoopbackDiscord
from tests.cogs.members import enabled, use

pytestmark = pytest.mark.usefixtures("bot")


async def test_the_interview_is_read_from_the_first_to_the_last_page(
    discord: LoopbackDiscord,
) -> None:
    noor = discord.world.noor
    outcome = await use(discord, noor, "interview")
    assert outcome.message is not None
    for number in range(1, 10):
        await discord.members.press(noor, outcome.message, "Next")
        assert f"question {number} of 9" in outcome.message.text
    assert "Next" not in enabled(outcome.message)
    assert "Last" not in enabled(outcome.message)


async def test_the_interview_jumps_to_a_question(discord: LoopbackDiscord) -> None:
    robin = discord.world.robin
    opened = await use(discord, robin, "interview")
    assert opened.message is not None
    jumped = await discord.members.select(
        robin, opened.message, "interview:jump:tiny-pretty-things", ["6"]
    )
    assert jumped.status == "updated"
    assert "question 6 of 9" in opened.message.text
