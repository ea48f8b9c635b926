"""What one member does in a channel leaves room for others, and what a channel has seen goes."""

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.tables import BEGUN, Table, new_table
from tests.waiting import until

ENGINES = BOTH
pytestmark = pytest.mark.usefixtures("bot")


async def test_one_member_makes_no_channel_private_and_blocks_no_game(
    discord: LoopbackDiscord,
) -> None:
    world, table = discord.world, new_table(discord)
    loud = [await table.use(world.mika, "quote") for _n in range(8)]
    assert [one.is_ephemeral for one in loud] == [False] * 3 + [True] * 5
    begun = await table.start(world.robin, rounds=2, calm=True)
    assert BEGUN in begun.text
    await table.round(1)
    assert not (await table.use(world.noor, "fact")).is_ephemeral
    sixth = await table.use(world.robin, "fact")
    assert sixth.is_ephemeral, "the channel has had its five"
    await table.stop(world.robin)


def bags(bot: BotProcess) -> set[int]:
    return {channel_id for (channel_id,) in bot.ask_state("SELECT channel_id FROM bag")}


async def test_what_a_channel_has_seen_goes_with_it(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world, platform = discord.world, discord.platform
    guild_id = world.academy.id
    kept, thread = new_table(discord), new_table(discord)
    for table in (kept, thread, Table(discord)):
        await table.use(world.mika, "quote")
    drawn_from = {kept.channel.id, thread.channel.id, world.general.id}
    await until(lambda: drawn_from <= bags(bot))
    gone = {"guild_id": str(guild_id), "parent_id": str(kept.channel.id), "type": 11}
    platform.gateway.dispatch(
        "THREAD_DELETE", {"id": str(thread.channel.id), **gone}, guild_id=guild_id
    )
    platform.gateway.dispatch("CHANNEL_DELETE", world.general.payload(), guild_id=guild_id)
    await until(lambda: thread.channel.id not in bags(bot))
    await until(lambda: world.general.id not in bags(bot))
    assert kept.channel.id in bags(bot)


async def test_after_a_kill_a_channel_has_at_most_forgotten_a_moment(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    mika, members = own_discord.world.mika, own_discord.members
    dm = own_discord.world.dm(mika)

    async def number() -> str:
        drawn = await members.use_command(mika, dm, "quote")
        return drawn.text.partition("Quote ")[2].partition(" ")[0]

    before = [await number() for _n in range(12)]
    asked = (await members.use_command(mika, dm, "trivia")).message
    assert asked is not None

    def seen() -> str:
        states = own_bot.ask_state("SELECT state FROM bag WHERE kind = 'quote'")
        return "".join(state for (state,) in states)

    await until(lambda: f'"{before[-1]}"]]' in seen())
    await members.press(mika, asked, asked.custom_ids[0])
    last = await number()
    await own_bot.kill()
    await own_bot.start()
    again = await members.press(mika, asked, asked.custom_ids[1])
    assert "You've already answered this one." in again.text
    after = [await number() for _n in range(15)]
    assert not set(after) & set(before), "there are more than thirty quotes"
    assert last not in after[1:]


async def test_what_a_channel_saw_just_before_a_stop_is_not_forgotten(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    table = new_table(own_discord)
    await table.use(own_discord.world.mika, "quote")
    assert await own_bot.stop() == 0
    assert table.channel.id in bags(own_bot)
