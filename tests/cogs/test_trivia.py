"""/trivia: one question, its verdict, and what can be done with it."""

import asyncio
import re
import subprocess
import sys

import pytest

from bot.trivia.question_draw import QUESTIONS_A_DAY
from playground import LoopbackDiscord
from tests.cogs.members import answered, asked, posted, use
from tests.end_to_end.stage import ROOT, BotProcess

pytestmark = pytest.mark.usefixtures("bot")


async def test_the_first_answer_stands_also_after_a_restart(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    mika = discord.world.mika
    outcome = await use(discord, mika, "trivia", kind="curated")
    message = outcome.message
    assert message is not None
    first = await discord.members.press(mika, message, message.custom_ids[0])
    assert first.is_ephemeral
    assert first.text.startswith(("**Right:**", "**Not quite:**"))
    await bot.restart()
    second = await discord.members.press(mika, message, message.custom_ids[1])
    assert (
        second.text == f"You've already answered this one. Your first answer counts.\n{first.text}"
    )


async def test_a_race_of_answers_is_counted_once_a_member(discord: LoopbackDiscord) -> None:
    world = discord.world
    message = await posted(discord, world.robin, "trivia", kind="curated")
    presses = [
        discord.members.press(user, message, custom_id)
        for user in world.users
        for custom_id in message.custom_ids
        if custom_id.startswith("trivia:answer:")
        if not message.is_ephemeral or user is world.robin
    ]
    outcomes = await asyncio.gather(*presses)
    assert all(one.status == "answered" and one.is_ephemeral for one in outcomes)
    stood = [one for one in outcomes if not one.text.startswith("You've already answered")]
    assert len(stood) == len({one.interaction.user.id for one in outcomes})


async def test_the_count_of_answers_appears_on_a_public_question(
    discord: LoopbackDiscord, own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    world = own_discord.world
    outcome = await own_discord.members.use_command(world.robin, world.general, "trivia")
    message = outcome.message
    assert message is not None
    assert "0 answered · your answer is private" in message.text
    loop = asyncio.get_running_loop()
    began = loop.time()
    for user in world.users:
        await own_discord.members.press(user, message, message.custom_ids[0])
    assert await own_discord.platform.events.until(lambda: "3 answered" in message.text, 60)
    assert re.search(r"3 answered, \d right", message.text), "nobody can tell whose they are"
    edits = own_discord.record.find("PATCH /channels/*")
    most = 1 + (loop.time() - began) / 2
    assert 1 <= len(edits) <= most, "at most one edit every two seconds"


async def test_who_presses_again_and_again_causes_no_edits(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    mika = own_discord.world.mika
    messages = [await posted(own_discord, mika, "trivia", kind="curated") for _n in range(3)]
    pressed = [(message, message.custom_ids[0]) for message in messages]
    for _n in range(4):
        for message, custom_id in pressed:
            await own_discord.members.press(mika, message, custom_id)
    until = own_discord.platform.events.until
    assert await until(lambda: all("1 answered" in message.text for message in messages), 60)
    for message, custom_id in pressed:
        await own_discord.members.press(mika, message, custom_id)
    await asyncio.sleep(3)
    assert len(own_discord.record.find("PATCH /channels/*")) == len(messages)
    assert own_bot.errors() == []


async def test_practice_is_one_message_of_question_verdict_and_next(
    discord: LoopbackDiscord,
) -> None:
    mika, members = discord.world.mika, discord.members
    public = await asked(discord, mika)
    words = public.text
    verdict = (await answered(discord, mika, public)).message
    assert verdict is not None
    assert words.split("\n")[1] not in verdict.text, "it stands above"
    for _n in range(3):
        following = await members.press(mika, verdict, "Next")
        assert following.message is verdict, "the same message, edited"
        assert verdict.text.startswith("-# Trivia · ")
        assert "answered" not in verdict.text, "nobody else sees it"
        prompt = verdict.text.split("\n")[1]
        following = await members.press(mika, verdict, verdict.custom_ids[0])
        assert following.message is verdict
        assert verdict.is_ephemeral
        assert verdict.text.startswith(f"{prompt}\n"), "the verdict tells what was asked"
        assert "**Right:**" in verdict.text or "**Not quite:**" in verdict.text
        assert re.search(r"-# in the interview: (question \d of 9|introduction)", verdict.text)
        assert "Next" in verdict.labels


async def test_practice_goes_through_what_is_not_mastered(discord: LoopbackDiscord) -> None:
    noor, members = discord.world.noor, discord.members
    card = (await answered(discord, noor, await asked(discord, noor, is_public=False))).message
    assert card is not None
    seen: list[str] = []
    for _n in range(8):
        await members.press(noor, card, "Next")
        seen.append(card.text.split("\n### ")[1])
        await members.press(noor, card, card.custom_ids[0])
        assert "No points" not in card.text, "none comes twice where points are counted"
    assert len(set(seen)) == len(seen), "what was not answered yet comes first"


async def test_a_report_is_told_with_file_and_line(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world, members = discord.world, discord.members
    message = await asked(discord, world.robin)
    for user in (world.mika, world.robin):
        verdict = await answered(discord, user, message)
        assert verdict.message is not None
        sheet = (await members.press(user, verdict.message, "Report")).message
        assert sheet is not None
        assert sheet.is_ephemeral
        told = await members.select(user, sheet, sheet.custom_ids[0], ["spelling"])
        assert "Thank you, noted: There's a typo." in told.text
    assert any("reported: tiny-pretty-things curated" in line for line in bot.log)
    command = [sys.executable, "-m", "bot", "reports"]
    listed = await asyncio.to_thread(
        subprocess.check_output, command, cwd=ROOT, env=bot.environment(), text=True
    )
    place = r"data/tiny-pretty-things/trivia\.toml:\d+ \(Classic\)"
    assert re.fullmatch(rf"{place}: There's a typo \(2 members\)\n", listed)


async def test_a_member_is_asked_so_many_questions_a_day(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    world, members = own_discord.world, own_discord.members
    outcomes = [await use(own_discord, world.mika, "trivia") for _n in range(QUESTIONS_A_DAY + 1)]
    assert all("Trivia · " in one.text for one in outcomes[:-1])
    told = r"That's 500 questions today, the most I can ask one member\. Come back <t:\d+:R>,"
    assert re.match(told, outcomes[-1].text)
    question = (await use(own_discord, world.robin, "trivia")).message
    assert question is not None, "others are asked"
    message = outcomes[-2].message
    assert message is not None
    verdict = await members.press(world.mika, message, message.custom_ids[0])
    assert verdict.message is not None, "what was asked is answered"
    more = await members.press(world.mika, verdict.message, "Next")
    assert more.text.startswith("That's 500 questions today")


@pytest.mark.parametrize("options", [{"seconds": 30}, {"calm": True}, {"rounds": 1, "calm": False}])
async def test_a_clock_for_a_single_question_offers_a_game(
    discord: LoopbackDiscord, options: dict[str, object]
) -> None:
    world = discord.world
    outcome = await discord.members.use_command(world.mika, world.general, "trivia", options)
    assert outcome.is_ephemeral
    assert outcome.text.startswith("Only games have a clock"), "nothing is ignored without a word"
    assert outcome.message is not None
    setup = await discord.members.press(world.mika, outcome.message, "Play together")
    assert setup.message is not None
    assert "Start" in setup.message.labels


async def test_where_no_question_passes_the_filter_any_is_offered(
    discord: LoopbackDiscord,
) -> None:
    noor = discord.world.noor
    outcome = await use(discord, noor, "trivia", kind="who", difficulty="hard")
    assert outcome.text.startswith("This interview has no questions like that.")
    assert outcome.message is not None
    question = await discord.members.press(noor, outcome.message, "Any question")
    assert question.text.startswith("-# Trivia · "), question.text
