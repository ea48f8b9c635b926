"""The menu *Answer with a quote*: what fits a message, privately first."""

import asyncio

import pytest

from playground import LoopbackDiscord, Outcome
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.tables import new_channel
from tests.waiting import until

pytestmark = pytest.mark.usefixtures("bot")

TYPED = "My dance class is tomorrow, zqx, and I cannot sleep."


async def offered(discord: LoopbackDiscord, text: str = TYPED) -> Outcome:
    world, members = discord.world, discord.members
    message = members.post(world.mika, new_channel(discord), text)
    return await members.use_message_menu(world.robin, "Answer with a quote", message)


async def test_a_quote_that_fits_a_message_is_shown_privately(discord: LoopbackDiscord) -> None:
    outcome = await offered(discord)
    assert outcome.is_ephemeral
    assert "dance" in outcome.text
    assert outcome.labels == ["Answer here", "Context"]
    assert outcome.message is not None
    (choice,) = [one for one in outcome.message.components() if one.get("options")]
    assert all("danc" in option["label"] for option in choice["options"])
    assert "zqx" not in outcome.text


async def test_another_form_of_a_word_fits_too(discord: LoopbackDiscord) -> None:
    assert "rehearsed" in (await offered(discord, "So much rehearsal!")).text


async def test_pressed_twice_it_answers_once(discord: LoopbackDiscord) -> None:
    robin, members = discord.world.robin, discord.members
    message = (await offered(discord)).message
    assert message is not None
    presses = [members.press(robin, message, "Answer here") for _n in range(2)]
    outcomes = await asyncio.gather(*presses)
    refused = "That is posted here already. Scroll up a bit to see it."
    assert [one.text for one in outcomes].count(refused) == 1
    answers = [await one.follow_up() for one in outcomes if one.text != refused]
    seen = members.history(discord.world.noor, message.channel)
    assert seen[1:] == answers
    assert len(answers) == 1


async def test_a_message_that_nothing_fits_is_told_so(discord: LoopbackDiscord) -> None:
    outcome = await offered(discord, "zqx chicken wings")
    assert outcome.text.startswith("Nothing in the interview fits that message.")
    assert outcome.labels == ["Random quote"]
    assert (await offered(discord, "!?")).text.startswith("There are no words in that message.")


async def test_the_quote_that_is_chosen_answers_for_everybody_once(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    robin, members = discord.world.robin, discord.members
    outcome = await offered(discord)
    message = outcome.message
    assert message is not None
    choice = next(one for one in message.components() if one.get("options"))
    other = choice["options"][-1]["value"]
    await bot.restart()
    await members.select(robin, message, choice["custom_id"], [other])
    assert f"Quote {other} · " in message.text
    assert len(next(one for one in message.components() if one.get("options"))["options"]) > 1
    answer = await (await members.press(robin, message, "Answer here")).follow_up()
    await until(lambda: message.text == "Answered.")
    assert message.labels == []
    seen = members.history(discord.world.noor, message.channel)
    assert answer == seen[-1]
    assert f"Quote {other} · " in answer.text
    asked = seen[0]
    assert "answering [this message](<https://discord.com/channels/" in answer.text
    assert f"/{message.channel.id}/{asked.id}>)" in answer.text
    assert f"shared by <@{robin.id}>" in answer.text
    assert "zqx" not in answer.text
    assert len(seen) == 2


async def test_a_guest_posts_nothing(discord: LoopbackDiscord) -> None:
    robin, lounge, members = discord.world.robin, discord.world.lounge, discord.members
    message = members.post(robin, lounge, TYPED)
    outcome = await members.use_message_menu(robin, "Answer with a quote", message)
    assert outcome.labels == ["Context"]
