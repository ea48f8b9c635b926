"""/fact: the words behind a fact, or where it is from."""

import pytest

from playground import LoopbackDiscord
from tests.cogs.members import use

pytestmark = pytest.mark.usefixtures("bot")


async def test_what_she_said_shows_the_words_behind_a_fact(discord: LoopbackDiscord) -> None:
    mika = discord.world.mika
    outcome = await use(discord, mika, "fact", person="Kylie", topic="acting")
    assert outcome.message is not None
    said = await discord.members.press(mika, outcome.message, "What she said")
    assert said.is_ephemeral
    assert "> " in said.text


async def test_a_fact_that_nobody_said_shows_where_it_is_from(discord: LoopbackDiscord) -> None:
    outcome = await use(discord, discord.world.mika, "fact", person="Kylie", topic="story")
    assert outcome.message is not None
    source = await discord.members.press(discord.world.mika, outcome.message, "Where it's from")
    assert source.is_ephemeral
    assert "Welcome to the academy" in source.text


async def test_another_fact_leads_back_to_the_one_before(discord: LoopbackDiscord) -> None:
    robin, members = discord.world.robin, discord.members
    message = (await use(discord, robin, "fact", person="Casimere")).message
    assert message is not None
    first = message.text
    await members.press(robin, message, "Another")
    assert message.text != first
    assert message.labels[:2] == ["Back", "Another"]
    await members.press(robin, message, "Back")
    assert message.text == first
    await members.press(robin, message, "Another")
    assert "Casimere" in message.text, "the filter is kept"


async def test_where_there_is_only_one_no_other_is_promised(discord: LoopbackDiscord) -> None:
    alone = await use(discord, discord.world.robin, "fact", person="Anna Maiche")
    assert "-# The only fact about Anna · " in alone.text
    assert "Another" not in alone.labels
