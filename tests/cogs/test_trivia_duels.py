"""Duels: the same questions for two, privately, and a result where it was asked."""

import asyncio
from pathlib import Path

import pytest

from playground import LoopbackDiscord, Message, Outcome, User
from tests.cogs.members import use
from tests.end_to_end.conftest import BOTH, complaints
from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.end_to_end.tables import Table, new_table

ENGINES = BOTH
pytestmark = pytest.mark.usefixtures("bot")
OVER = "This duel is over. The result is below."


async def challenged(table: Table, opponent: User | None = None) -> Message:
    """Let Robin challenge somebody, else Mika."""
    outcome = await table.start(table.world.robin, opponent=opponent or table.world.mika)
    assert outcome.message is not None, outcome.text
    return outcome.message


async def hand(table: Table, user: User, challenge: Message) -> Message:
    """Give the private message in which somebody plays."""
    outcome = await table.press(user, challenge, "Play")
    assert outcome.message is not None
    assert outcome.is_ephemeral
    return outcome.message


async def play(table: Table, user: User, card: Message, rounds: int = 5) -> list[str]:
    """Answer what is asked, always with the first choice; gives the questions."""
    prompts: list[str] = []
    for _n in range(rounds):
        assert card.text.startswith("-# Duel · question "), card.text
        prompts.append(card.text.split("\n", 1)[1])
        await table.discord.members.press(user, card, card.custom_ids[0])
        assert prompts[-1] in card.text, "the verdict repeats the question"
        if "Next" in card.labels:
            await table.press(user, card, "Next")
    return prompts


def pings(table: Table, message: Message) -> list[int]:
    """List who is notified of a message."""
    return sorted(int(user["id"]) for user in message.payload["mentions"])


async def edited(table: Table, message: Message, words: str) -> None:
    assert await table.discord.platform.events.until(lambda: words in message.text, 60), words


async def test_both_get_the_same_questions_and_the_channel_the_result(table: Table) -> None:
    world = table.world
    challenge = await challenged(table)
    assert challenge.text.startswith(f"### <@{world.robin.id}> challenges <@{world.mika.id}>")
    assert pings(table, challenge) == [], "she has not accepted"
    own = await table.seen_by(world.robin, "-# Duel · question 1 of 5")
    asked = await play(table, world.robin, own)
    assert "of 5 right\nI'll post the result in the channel once you're both done." in own.text
    card = await hand(table, world.mika, challenge)
    await edited(table, challenge, f"### <@{world.robin.id}> against <@{world.mika.id}>")
    assert await play(table, world.mika, card) == asked
    result = await table.until("### It's a tie")
    lines = [f"<@{user.id}> · " for user in (world.robin, world.mika)]
    assert all(line in result.text for line in lines)
    assert pings(table, result) == sorted([world.robin.id, world.mika.id])
    await edited(table, challenge, OVER)
    assert challenge.labels == []
    seen = table.discord.members.history(world.noor, table.channel)
    assert len(seen) == 2, "nobody else sees more"


async def test_a_duel_that_is_over_can_be_played_again_by_the_two(table: Table) -> None:
    world = table.world
    challenge = await challenged(table)
    asked = await play(table, world.robin, await table.seen_by(world.robin, "-# Duel · question 1"))
    await play(table, world.mika, await hand(table, world.mika, challenge))
    result = await table.until("### It's a tie")
    strange = await table.press(world.noor, result, "Rematch")
    assert strange.text.startswith("This duel is for two other players.")
    again = await table.press(world.mika, result, "Rematch")
    assert again.message is not None, again.text
    assert again.text.startswith(f"### <@{world.mika.id}> challenges <@{world.robin.id}>")
    assert pings(table, again.message) == [], "he has not accepted this one"
    refused = await table.press(world.robin, result, "Rematch")
    assert refused.text.startswith("You two already have a duel going."), "one press too many"
    own = await table.seen_by(world.mika, "-# Duel · question 1 of 5")
    assert not any(own.text.endswith(question) for question in asked), "with questions that are new"
    await table.press(world.robin, again.message, "Not now")


async def test_a_duel_is_declined_or_called_off_by_one_of_the_two(table: Table) -> None:
    world = table.world
    sentences = {world.mika: "was declined", world.robin: "was taken back"}
    for user, words in sentences.items():
        challenge = await challenged(table)
        own = await table.seen_by(world.robin, "-# Duel · question 1 of 5")
        strange = await table.press(world.noor, challenge, "Not now")
        assert strange.text.startswith("This duel is for two other players.")
        await table.press(user, challenge, "Not now")
        assert challenge.text == f"This challenge {words}. Maybe another time!"
        assert challenge.labels == []
        await table.discord.members.press(world.robin, own, own.custom_ids[0])
        assert own.text.startswith(challenge.text), "the question itself says so"
        assert own.labels == []


async def test_the_two_have_one_duel_at_a_time(table: Table) -> None:
    robin, noor = table.world.robin, table.world.noor
    challenge = await challenged(table, noor)
    # Where it stands is noted by then.
    await table.seen_by(robin, "-# Duel · question 1 of 5")
    back = await table.start(noor, opponent=robin)
    assert back.text.startswith(
        "You two already have a duel going. It's here: https://discord.com/"
    )
    assert back.text.endswith(f"/{challenge.id}")
    presses = [table.press(noor, challenge, label) for label in ("Play", "Not now")]
    outcomes = await asyncio.gather(*presses)
    words = ("This duel", "This challenge was declined")
    refused = [one for one in outcomes if one.is_ephemeral and one.text.startswith(words)]
    assert len(refused) == 1, "whichever came first"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("robin", "You can't challenge yourself."),
        ("bot", "Bots don't play."),
        ("stranger", "They're not in this server."),
    ],
)
async def test_not_everybody_can_be_challenged(table: Table, name: str, sentence: str) -> None:
    world = table.world
    somebody = {
        "robin": world.robin,
        "bot": world.bot,
        "stranger": User(1_330_000_000_000_000_001, "Stranger"),
    }[name]
    outcome = await table.start(world.robin, opponent=somebody)
    assert outcome.is_ephemeral
    assert outcome.text.startswith(sentence)


async def test_what_a_duel_does_not_have_is_said(discord: LoopbackDiscord, table: Table) -> None:
    robin, mika = table.world.robin, table.world.mika
    for options in ({"rounds": 3}, {"seconds": 20}, {"calm": True}):
        outcome = await table.start(robin, opponent=mika, **options)
        assert outcome.text.startswith("A duel has five questions and no clock.")
    alone: Outcome = await use(discord, robin, "trivia", opponent=mika)
    assert alone.text.startswith("A duel only works in a server you're both in.")


async def hide(table: Table, user: User, label: str) -> None:
    card = (await table.use(user, "privacy")).message
    assert card is not None
    await table.press(user, card, label)


@pytest.mark.parametrize("name", ["mika", "robin"])
async def test_who_hides_from_boards_ends_the_duel_for_both(table: Table, name: str) -> None:
    world = table.world
    leaver, other = (world.mika, world.robin) if name == "mika" else (world.robin, world.mika)
    challenge = await challenged(table)
    cards = {world.robin: await table.seen_by(world.robin, "-# Duel · question 1 of 5")}
    cards[world.mika] = await hand(table, world.mika, challenge)
    await play(table, other, cards[other], rounds=2)
    await hide(table, leaver, "Hide me from boards")
    try:
        told = await table.until("your duel ended early")
        assert told.text.startswith(f"<@{other.id}>, ")
        assert str(leaver.id) not in told.text
        assert pings(table, told) == [other.id]
        await edited(table, challenge, "This duel ended early, so nobody wins or loses.")
        assert challenge.labels == []
        for user, card in cards.items():
            await table.discord.members.press(user, card, card.custom_ids[0])
            assert card.text.startswith("This duel ended early")
            assert card.labels == []
        refused = await table.start(other, opponent=leaver)
        assert refused.text == "This member keeps their stats private."
        refused = await table.start(leaver, opponent=other)
        assert refused.text.startswith(
            "You're hidden from boards, and a duel would show your name."
        )
        assert refused.is_ephemeral
    finally:
        await hide(table, leaver, "Show me on boards")


async def test_a_challenge_to_or_of_who_hides_ends_without_a_message(table: Table) -> None:
    world = table.world
    for user in (world.mika, world.robin):
        challenge = await challenged(table)
        await hide(table, user, "Hide me from boards")
        await edited(table, challenge, "This duel ended early, so nobody wins or loses.")
        await hide(table, user, "Show me on boards")
    assert len(table.discord.members.history(world.noor, table.channel)) == 2


async def test_who_deletes_their_data_ends_it_for_both(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    table = new_table(own_discord)
    world = table.world
    challenge = await challenged(table)
    card = await hand(table, world.mika, challenge)
    await play(table, world.mika, card, rounds=1)
    await hide(table, world.robin, "Delete everything")
    sheet = await table.seen_by(world.robin, "### Delete everything?")
    await table.press(world.robin, sheet, sheet.labels[0])
    gone = await table.press(world.mika, challenge, "Play")
    assert gone.text.startswith("I no longer have that duel.")
    await table.press(world.mika, card, card.labels[0])
    assert card.text.startswith("I no longer have that duel.")
    assert card.labels == []
    assert own_bot.errors() == []


@pytest.fixture
async def late_bot(own_discord: LoopbackDiscord, own_bot: BotProcess, tmp_path: Path) -> BotProcess:
    """Give a bot whose clock the test sets."""
    clock = tmp_path / "clock"
    clock.write_text("0")
    own_bot.module = SURROUNDED
    own_bot.extra["TEST_CLOCK"] = str(clock)
    await own_bot.start()
    return own_bot


async def test_it_survives_kill_9_and_is_over_after_a_day(
    own_discord: LoopbackDiscord, late_bot: BotProcess, tmp_path: Path
) -> None:
    table = new_table(own_discord)
    world = table.world
    challenge = await challenged(table)
    card = await hand(table, world.mika, challenge)
    await play(table, world.mika, card, rounds=2)
    await late_bot.kill()
    await late_bot.start()
    await play(table, world.mika, card, rounds=3)
    assert "I'll post the result in the channel once you're both done." in card.text
    await late_bot.kill()
    (tmp_path / "clock").write_text("86500")
    await late_bot.start()
    result = await table.until("didn't play")
    assert f"<@{world.robin.id}> · didn't play" in result.text
    await edited(table, challenge, OVER)
    late = await table.press(world.mika, card, card.labels[0]) if card.labels else None
    assert late is None
    assert complaints(own_discord) == []


async def test_a_challenge_of_which_nobody_knew_where_it_stands_is_played_all_the_same(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    table = new_table(own_discord)
    world = table.world
    challenge = await challenged(table)
    own = await table.seen_by(world.robin, "-# Duel · question 1 of 5")
    await own_bot.kill()
    own_bot.ask_state("UPDATE duel SET message_id = NULL")
    await own_bot.start()
    await play(table, world.robin, own)
    await play(table, world.mika, await hand(table, world.mika, challenge))
    await table.until("### It's a tie")
    await edited(table, challenge, OVER)
    assert own_bot.errors() == []


async def test_a_challenge_that_nobody_took_up_ends_quietly(
    own_discord: LoopbackDiscord, late_bot: BotProcess, tmp_path: Path
) -> None:
    table = new_table(own_discord)
    challenge = await challenged(table)
    (tmp_path / "clock").write_text("86500")
    await edited(table, challenge, "Nobody took up this challenge in time.")
    assert challenge.labels == []
    seen = own_discord.members.history(table.world.noor, table.channel)
    assert len(seen) == 1, "and nothing is posted"
    again = await table.start(table.world.robin, opponent=table.world.mika)
    assert again.text.startswith("### <@")
    assert late_bot.errors() == []
