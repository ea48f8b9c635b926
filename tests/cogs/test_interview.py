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


async def test_the_interview_jumps_to_a_question(discord: LoopbackDiscord) -> None:
    robin = discord.world.robin
    opened = await use(discord, robin, "interview", question=2)
    assert opened.message is not None
    await discord.members.press(robin, opened.message, "Questions")
    assert [part["type"] for part in opened.message.payload["components"]] == [17, 1]
    jumped = await discord.members.select(
        robin, opened.message, "interview:jump:tiny-pretty-things", ["6"]
    )
    assert jumped.status == "updated"
    assert "question 6 of 9" in opened.message.text


async def test_both_speakers_answer_beside_each_other_above_one_row(
    discord: LoopbackDiscord,
) -> None:
    opened = await use(discord, discord.world.robin, "interview", question=9)
    assert opened.text.startswith("### Both on \u201cNights out in Toronto\u201d\n")
    assert opened.text.count("**Casimere Jollette**") == 1
    assert opened.text.count("**Kylie Jefferson**") == 1
    assert opened.labels == ["Previous", "Next", "Questions"]
    assert opened.message is not None
    assert [part["type"] for part in opened.message.payload["components"]] == [17, 1]
    alone = await use(discord, discord.world.robin, "interview", question=6)
    assert alone.text.startswith("### Rivals at ballet school\n")
