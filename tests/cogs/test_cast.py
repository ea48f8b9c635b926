"""/cast: people, what is known about each, and what they said."""

import re

import pytest

from playground import LoopbackDiscord
from tests.cogs.members import enabled, use

pytestmark = pytest.mark.usefixtures("bot")


async def test_the_facts_about_a_person_are_read_page_by_page(discord: LoopbackDiscord) -> None:
    mika, members = discord.world.mika, discord.members
    outcome = await use(discord, mika, "cast", person="neveah")
    assert outcome.message is not None
    facts: list[str] = []
    for _n in range(20):
        facts += re.findall(r"^- (.+)$", outcome.message.text, re.MULTILINE)
        if "Next facts" not in enabled(outcome.message):
            break
        turned = await members.press(mika, outcome.message, "Next facts")
        assert turned.status == "updated"
    assert len(facts) == len(set(facts)) > 3
    assert "Previous facts" in enabled(outcome.message)


async def test_a_person_leads_to_their_quotes(discord: LoopbackDiscord) -> None:
    mika = discord.world.mika
    outcome = await use(discord, mika, "cast", person="neveah")
    assert outcome.message is not None
    drawn = await discord.members.press(mika, outcome.message, "More by Kylie")
    assert "**Kylie Jefferson** (Neveah)" in drawn.text


async def test_everybody_of_the_interview_is_listed(discord: LoopbackDiscord) -> None:
    listed = await use(discord, discord.world.robin, "cast")
    assert listed.text.startswith("### The people of Tiny Pretty Things\n")
    assert listed.text.count("\n- **") == 3
