"""Every button answers: for whoever presses it, twice, in a race, after a restart, a year later."""

import asyncio
import re

import pytest

from playground import LoopbackDiscord, Message, Outcome, User
from tests.end_to_end.stage import BotProcess

pytestmark = pytest.mark.usefixtures("bot")


async def use(discord: LoopbackDiscord, user: User, command: str, **options: object) -> Outcome:
    """Type a command in a channel that was not flooded yet: the member's own."""
    return await discord.members.use_command(user, discord.world.dm(user), command, options)


async def post(discord: LoopbackDiscord, command: str, **options: object) -> Message:
    """Have Robin type a command in public; flooded channels do not matter to what is pressed."""
    general = discord.world.general
    outcome = await discord.members.use_command(discord.world.robin, general, command, options)
    assert outcome.message is not None
    return outcome.message


def button(message: Message, start: str) -> str:
    return next(custom_id for custom_id in message.custom_ids if custom_id.startswith(start))


EVERY_BUTTON: list[tuple[str, dict[str, object], str]] = [
    ("quote", {}, "quote:another:"),
    ("quote", {"speaker": "Kylie", "topic": "casting"}, "quote:another:"),
    ("quote", {}, "quote:context:"),
    ("quote", {"find": "the"}, "quote:found:next:"),
    ("fact", {}, "fact:another:"),
    ("fact", {"person": "Bette"}, "fact:said:"),
    ("trivia", {}, "trivia:answer:"),
    ("interview", {}, "interview:next:"),
    ("interview", {"question": 5}, "interview:first:"),
    ("interview", {"question": 5}, "interview:previous:"),
    ("interview", {"question": 5}, "interview:last:"),
]


@pytest.mark.parametrize(("command", "options", "start"), EVERY_BUTTON)
async def test_a_button_answers_before_and_after_a_restart(
    discord: LoopbackDiscord,
    bot: BotProcess,
    command: str,
    options: dict[str, object],
    start: str,
) -> None:
    robin = discord.world.robin
    outcome = await use(discord, robin, command, **options)
    assert outcome.message is not None
    pressed = button(outcome.message, start)
    before = await discord.members.press(robin, outcome.message, pressed)
    assert before.status in ("answered", "updated")
    again = await use(discord, robin, command, **options)
    assert again.message is not None
    pressed = button(again.message, start)
    await bot.restart()
    after = await discord.members.press(robin, again.message, pressed)
    assert after.status in ("answered", "updated")
    assert after.refused == []


async def test_another_turns_the_card_for_who_asked_and_opens_one_for_anybody_else(
    discord: LoopbackDiscord,
) -> None:
    message = await post(discord, "quote")
    if message.is_ephemeral:
        pytest.fail("the channel was flooded by another test")
    before = message.text
    mine = await discord.members.press(discord.world.robin, message, "Another")
    assert mine.status == "updated"
    assert message.text != before
    shown = message.text
    theirs = await discord.members.press(discord.world.mika, message, "Another")
    assert theirs.status == "answered"
    assert theirs.is_ephemeral
    assert message.text == shown


async def test_context_shows_privately_what_was_asked_and_said(discord: LoopbackDiscord) -> None:
    outcome = await use(discord, discord.world.mika, "quote", find="33")
    assert outcome.message is not None
    context = await discord.members.press(discord.world.mika, outcome.message, "Context")
    assert context.is_ephemeral
    assert "### Rivals at ballet school" in context.text
    assert "**We're speaking the truth of the dance world on the show.**" in context.text
    assert "selected quotations" in context.text


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
    source = await discord.members.press(discord.world.mika, outcome.message, "Where it is from")
    assert source.is_ephemeral
    assert "What the series is" in source.text


async def test_pages_of_matches_follow_each_other(discord: LoopbackDiscord) -> None:
    noor = discord.world.noor
    outcome = await use(discord, noor, "quote", find="the")
    assert outcome.message is not None
    seen = re.findall(r"\*\*#(\d+)\*\*", outcome.text)
    for _n in range(20):
        if "Next" not in enabled(outcome.message):
            break
        await discord.members.press(noor, outcome.message, "Next")
        seen += re.findall(r"\*\*#(\d+)\*\*", outcome.message.text)
    assert len(seen) == len(set(seen)) > 10


def enabled(message: Message) -> list[str]:
    def buttons(component: dict[str, object]) -> list[dict[str, object]]:
        inner = component.get("components", [])
        assert isinstance(inner, list)
        return [component, *(found for one in inner for found in buttons(one))]

    every = [found for one in message.payload["components"] for found in buttons(one)]
    return [str(one["label"]) for one in every if one.get("label") and not one.get("disabled")]


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


async def test_the_first_answer_stands_also_after_a_restart(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    mika = discord.world.mika
    outcome = await use(discord, mika, "trivia", kind="curated")
    message = outcome.message
    assert message is not None
    first = await discord.members.press(mika, message, message.custom_ids[0])
    assert first.is_ephemeral
    assert first.text.startswith(("**Right:**", "**Not right.**"))
    await bot.restart()
    second = await discord.members.press(mika, message, message.custom_ids[1])
    assert second.text == f"You have answered this already; your first answer stands.\n{first.text}"


async def test_a_race_of_answers_is_counted_once_a_member(discord: LoopbackDiscord) -> None:
    world = discord.world
    message = await post(discord, "trivia", kind="curated")
    presses = [
        discord.members.press(user, message, custom_id)
        for user in world.users
        for custom_id in message.custom_ids
        if not message.is_ephemeral or user is world.robin
    ]
    outcomes = await asyncio.gather(*presses)
    assert all(one.status == "answered" and one.is_ephemeral for one in outcomes)
    stood = [one for one in outcomes if not one.text.startswith("You have answered")]
    assert len(stood) == len({one.interaction.user.id for one in outcomes})


async def test_the_count_of_answers_appears_on_a_public_question(
    discord: LoopbackDiscord, own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    world = own_discord.world
    outcome = await own_discord.members.use_command(world.robin, world.general, "trivia")
    message = outcome.message
    assert message is not None
    assert "0 answered, 0 right" in message.text
    for user in world.users:
        await own_discord.members.press(user, message, message.custom_ids[0])
    assert await own_discord.platform.events.until(lambda: "3 answered" in message.text, 8)
    edits = own_discord.record.find("PATCH /channels/*")
    assert 1 <= len(edits) <= 2, "at most one edit every two seconds"


async def test_next_for_me_goes_on_privately(discord: LoopbackDiscord) -> None:
    mika = discord.world.mika
    outcome = await use(discord, mika, "trivia")
    assert outcome.message is not None
    verdict = await discord.members.press(mika, outcome.message, outcome.message.custom_ids[0])
    assert verdict.message is not None
    following = await discord.members.press(mika, verdict.message, "Next for me")
    assert following.is_ephemeral
    assert "Trivia · " in following.text


@pytest.mark.parametrize(
    "forged",
    [
        "quote:another:no-such-interview::",
        "quote:context:tiny-pretty-things:999999999",
        "fact:said:tiny-pretty-things:0",
        "trivia:answer:999999999999999999:3",
        "interview:next:tiny-pretty-things:999999",
        "quote:another:tiny-pretty-things:nobody:nothing",
        "quote:found:next:999:tiny-pretty-things:nobody:nothing:dance",
        "quote:found:next:0:tiny-pretty-things:::\u202e\u0000",
        "game:from:another:version",
        "x" * 100,
    ],
)
async def test_a_button_that_no_longer_fits_is_a_private_sentence(
    discord: LoopbackDiscord, forged: str
) -> None:
    """What a button carries comes from the network: from an older version, or from a liar."""
    mika = discord.world.mika
    outcome = await use(discord, mika, "quote", find="1")
    message = outcome.message
    assert message is not None
    message.payload["components"][-1]["components"][0]["custom_id"] = forged
    pressed = await discord.members.press(mika, message, forged)
    assert pressed.status in ("answered", "updated")
    assert "That was my fault" not in pressed.text


@pytest.mark.parametrize(
    ("command", "options", "label", "expected"),
    [
        ("quote", {"speaker": "Jollybean"}, "Casimere Jollette", "**Casimere Jollette**"),
        ("quote", {"topic": "castling moves"}, "casting", "on casting"),
        ("quote", {"find": "stduio"}, "studio", "studio"),
        ("quote", {"find": '"stduio"*'}, "studio", "studio"),
        ("fact", {"person": "Kyle Jeffson the dancer"}, "Kylie Jefferson", "Kylie"),
        ("cast", {"person": "Kyle Jeffson the dancer"}, "Kylie Jefferson", "**Kylie Jefferson**"),
    ],
)
async def test_a_near_miss_offers_what_was_meant(
    discord: LoopbackDiscord, command: str, options: dict[str, object], label: str, expected: str
) -> None:
    robin = discord.world.robin
    missed = await use(discord, robin, command, **options)
    assert missed.is_ephemeral
    assert missed.message is not None
    assert label in missed.labels[0]
    assert len(missed.labels) <= 3
    pressed = await discord.members.press(robin, missed.message, missed.custom_ids[0])
    assert pressed.refused == []
    assert expected in pressed.text


async def test_what_was_searched_for_stands_in_bold(discord: LoopbackDiscord) -> None:
    found = await use(discord, discord.world.robin, "quote", find="danc")
    assert re.search(r"\*\*danc\w*\*\*", found.text, re.IGNORECASE)


async def test_no_hidden_word_is_offered(discord: LoopbackDiscord) -> None:
    """Of what is behind a veil not even a word is told."""
    missed = await use(discord, discord.world.robin, "quote", find="leakde")
    assert "leaked" not in "".join(missed.labels)
