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


async def test_a_person_leads_to_their_quotes_and_stays(discord: LoopbackDiscord) -> None:
    mika = discord.world.mika
    outcome = await use(discord, mika, "cast", person="neveah")
    assert outcome.message is not None
    page = outcome.message.text
    drawn = await discord.members.press(mika, outcome.message, "More by Kylie")
    assert drawn.is_ephemeral
    assert "**Kylie Jefferson** (Neveah)" in drawn.text
    assert outcome.message.text == page


async def test_the_list_leads_to_a_person_and_back(discord: LoopbackDiscord) -> None:
    robin, members = discord.world.robin, discord.members
    listed = (await use(discord, robin, "cast")).message
    assert listed is not None
    people = listed.text
    custom_id = "cast:open:tiny-pretty-things"
    await members.select(robin, listed, custom_id, ["casimere-jollette"])
    assert listed.text.startswith("### Casimere Jollette\nas **Bette** · a dancer")
    assert "plays Bette" not in listed.text, "the heading has said so"
    await members.press(robin, listed, "Everyone")
    assert listed.text == people


async def test_everybody_of_the_interview_is_listed(discord: LoopbackDiscord) -> None:
    listed = await use(discord, discord.world.robin, "cast")
    assert listed.text.startswith("### Who's who in Tiny Pretty Things\n")
    assert listed.text.count("\n- **") == 3
